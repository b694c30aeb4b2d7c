import { findGoods, type Goods, type GoodsItem, goodsList } from '#protocol'
import { Code } from '../components/code.ts'
import { type Fact, Facts } from '../components/facts.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { has, type MemberVisit, type Visit } from '../visit.ts'
import { Citations } from './citations.ts'
import { spaced } from './codes.ts'
import { Control, categoryOf } from './control.ts'
import { Alerts, Lines } from './lines.ts'
import type { Said } from './said.ts'

export interface ProductOf {
  goods: Goods
  said: Said
  visit: MemberVisit
  office: Office
}

/** One good: what the law says, how to recognise it, and what participants said of it. */
export function Product({ goods, said, visit, office }: ProductOf) {
  const { t, words } = visit
  const address = `/products/${encodeURIComponent(goods.id)}`
  return html`
    <p><a href="/products">${t('products.all')}</a></p>
    <h1>${words(goods.label)}</h1>
    <p class="lead"><${Control} goods=${goods} visit=${visit} />: ${words(categoryOf(goods))}</p>
    <div class="actions no-print">
      <a class="ds-button" data-variant="secondary" href=${`${address}/card`}>${t('products.card.open')}</a>
      ${has(visit, 'customs') && html`<a href="/screen">${t('screening.kept.screen')}</a>`}
    </div>
    <h2>${t('products.recognise')}</h2>
    <${Recognise} goods=${goods} visit=${visit} />
    <h2>${t('products.codes')}</h2>
    <${Codes} goods=${goods} visit=${visit} />
    <h2>${t('products.law')}</h2>
    <${Law} goods=${goods} visit=${visit} />
    <h2>${t('products.alerts')}</h2>
    <${Alerts} id="alerts" views=${said.lookouts} none=${t('products.alerts.none')} visit=${visit} office=${office} />
    <h2>${t('products.sightings')}</h2>
    <${Lines} id="sightings" views=${said.seen} none=${t('products.sightings.none')} visit=${visit} office=${office} />
    <h2>${t('products.refused')}</h2>
    <${Lines} id="refused" views=${said.others} none=${t('products.refused.none')} visit=${visit} office=${office} />
  `
}

function Recognise({ goods, visit }: { goods: Goods; visit: Visit }) {
  const { t, words } = visit
  if (goods.kind === 'watch') {
    return html`<p>${words(goods.why)}</p>${goods.note !== '' && html`<p>${words(goods.note)}</p>`}`
  }
  const facts: Fact[] = [
    ...Object.entries(goods.aliases).flatMap(([language, names]): Fact[] =>
      names.length === 0
        ? []
        : [
            [
              t('products.called', { language: visit.formats.languageName(language) }),
              html`<span lang=${language} dir="auto">${names.join(' · ')}</span>`,
            ],
          ],
    ),
    [t('products.not'), goods.excludes === '' ? undefined : words(goods.excludes)],
    [t('products.note'), goods.notes === '' ? undefined : words(goods.notes)],
  ]
  return html`<${Facts} facts=${facts} />`
}

function Codes({ goods, visit }: { goods: Goods; visit: Visit }) {
  const { t } = visit
  const codes = goods.kind === 'listed' ? goods.hsCodes : []
  return html`
    ${
      codes.length === 0
        ? html`<p>${t('products.codes.none')}</p>`
        : html`
            <ul>
              ${codes.map(code => html`<li><${Code}>ex ${spaced(code)}<//></li>`)}
            </ul>
            <p class="quiet">${t('products.ex')}</p>
          `
    }
    ${
      goods.casNumbers.length > 0 &&
      html`
        <p>${t('products.cas')} ${goods.casNumbers.map(({ cas }, at) => html`${at > 0 && visit.formats.comma}<${Code}>${cas}<//>`)}</p>
      `
    }
  `
}

function Law({ goods, visit }: { goods: Goods; visit: Visit }) {
  const { t } = visit
  return html`
    <p>${t(goods.kind === 'watch' ? 'products.law.watch' : `products.law.${goods.control}`)}</p>
    ${goods.kind === 'listed' && html`<${Listed} item=${goods} visit=${visit} />`}
    <p class="quiet">${t('products.law.about', { version: goodsList.version })}</p>
  `
}

function Listed({ item, visit }: { item: GoodsItem; visit: Visit }) {
  const newer = (item.supersededBy ?? []).flatMap(id => findGoods(id) ?? [])
  return html`
    ${
      newer.length > 0 &&
      html`
        <p>
          ${visit.t('products.superseded.by')} ${newer.map(
            each =>
              html`<a href=${`/products/${encodeURIComponent(each.id)}`}>${visit.words(each.label)}</a>`,
          )}
        </p>
      `
    }
    <${Citations} item=${item} visit=${visit} />
  `
}
