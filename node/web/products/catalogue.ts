import { type Category, categories, type Goods, goodsList } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { Code } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { TextField } from '../components/field.ts'
import { Tag } from '../components/tag.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import { spaced } from './codes.ts'
import { Control, categoryOf } from './control.ts'
import { Alerts } from './lines.ts'
import { allGoods, searchGoods } from './search.ts'

const resultsMost = 30

export interface CatalogueOf {
  asked: string
  /** The newest that is to be looked out for. */
  lookouts: readonly NoticeView[]
  visit: Visit
  office: Office
}

/** All goods by what the law says of them, or those that were looked for. */
export function Catalogue({ asked, lookouts, visit, office }: CatalogueOf) {
  const { t } = visit
  return html`
    <h1>${t('products.title')}</h1>
    <p class="lead">${t('products.lead')}</p>
    <form class="find" role="search" aria-label=${t('products.search')} action="/products" data-search="results">
      <${TextField}
        name="q"
        label=${t('products.search')}
        description=${t('products.search.about')}
        type="search"
        value=${asked}
        input=${{ autocomplete: 'off', maxlength: 500 }}
      />
      <button class="ds-button" type="submit">${t('products.search.do')}</button>
    </form>
    <div id="results" aria-live="polite">
      ${asked.trim() === '' ? html`<${NewAlerts} lookouts=${lookouts} visit=${visit} office=${office} /><${ByCategory} visit=${visit} />` : html`<${Found} asked=${asked} visit=${visit} />`}
    </div>
    <p class="quiet">${t('products.list', { version: goodsList.version, day: visit.formats.day(goodsList.compiledOn) })}</p>
  `
}

function Found({ asked, visit }: { asked: string; visit: Visit }) {
  const { t, words } = visit
  const found = searchGoods(asked, words)
  if (found.length === 0) {
    return html`
      <${Empty} why=${t('products.none')}>
        <p><a href="/products">${t('products.all')}</a></p>
      <//>
    `
  }
  return html`
    <h2>${t('products.found', { count: found.length })}</h2>
    ${/^[\d\s.]+$/.test(asked) && html`<p>${t('products.code.warning')}</p>`}
    <${GoodsLines} goods=${found.slice(0, resultsMost)} visit=${visit} />
    <p><a href="/products">${t('products.all')}</a></p>
  `
}

function ByCategory({ visit }: { visit: Visit }) {
  return categories.map((category: Category) => {
    const goods = allGoods.filter(each => categoryOf(each) === category)
    return html`
      <section aria-labelledby=${`category-${category}`}>
        <h2 id=${`category-${category}`}>${visit.words(category)}</h2>
        <${GoodsLines} goods=${goods} visit=${visit} />
      </section>
    `
  })
}

function GoodsLines({ goods, visit }: { goods: readonly Goods[]; visit: Visit }) {
  const { words, t, language } = visit
  return html`
    <ul class="plain-list rows goods-lines">
      ${goods.map(each => {
        const names = each.kind === 'listed' ? (each.aliases[language] ?? []) : []
        return html`
          <li>
            <p class="row-title"><a href=${`/products/${encodeURIComponent(each.id)}`}>${words(each.label)}</a></p>
            <p class="quiet">
              <${Control} goods=${each} visit=${visit} />
              ${each.kind === 'listed' && each.supersededBy && html` <${Tag}>${t('products.superseded')}<//>`}
              ${names.length > 0 && html` · <span>${visit.formats.list(names.slice(0, 4))}</span>`}
              ${
                each.kind === 'listed' &&
                each.hsCodes.length > 0 &&
                html` · <${Code}>${each.hsCodes.slice(0, 3).map(spaced).join(', ')}<//>`
              }
            </p>
          </li>
        `
      })}
    </ul>
  `
}

function NewAlerts({ lookouts, visit, office }: Omit<CatalogueOf, 'asked'>) {
  if (lookouts.length === 0) return null
  return html`
    <section aria-labelledby="new-alerts">
      <h2 id="new-alerts">${visit.t('products.new')}</h2>
      <${Alerts} id="alerts" views=${lookouts} visit=${visit} office=${office} />
    </section>
  `
}
