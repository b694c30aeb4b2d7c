import type { Goods } from '#protocol'
import { Code } from '../components/code.ts'
import { html } from '../html.ts'
import type { MemberVisit } from '../visit.ts'
import { Card, CardPart } from './card.ts'
import { spaced } from './codes.ts'
import { Control, categoryOf } from './control.ts'

/** How to recognise a good of the lists, and what to do. */
export function ProductCard({ goods, visit }: { goods: Goods; visit: MemberVisit }) {
  const { t, words, language } = visit
  const names = goods.kind === 'listed' ? goods.aliases : {}
  const told = [...new Set([language, 'en', ...Object.keys(names)])].filter(each => names[each]?.length)
  return html`
    <${Card}
      name=${words(goods.label)}
      english=${language === 'en' ? undefined : goods.label}
      kind=${html`<${Control} goods=${goods} visit=${visit} />: ${words(categoryOf(goods))}`}
      address=${`/products/${encodeURIComponent(goods.id)}`}
      visit=${visit}
    >
      ${
        goods.kind === 'watch'
          ? html`<${CardPart} title=${t('products.card.why')}><p>${words(goods.why)}</p><//>`
          : html`
              <${CardPart} title=${t('products.card.called')}>
                <ul>
                  ${told.map(
                    each =>
                      html`<li><span lang=${each} dir="auto">${names[each]?.slice(0, 6).join(' · ')}</span></li>`,
                  )}
                </ul>
              <//>
              ${goods.notes !== '' && html`<${CardPart} title=${t('products.note')}><p>${words(goods.notes)}</p><//>`}
              ${goods.excludes !== '' && html`<${CardPart} title=${t('products.not')}><p>${words(goods.excludes)}</p><//>`}
            `
      }
      ${
        ((goods.kind === 'listed' && goods.hsCodes.length > 0) || goods.casNumbers.length > 0) &&
        html`
          <${CardPart} title=${t('products.card.codes')}>
            ${
              goods.kind === 'listed' &&
              html`<p>${goods.hsCodes.map((code, at) => html`${at > 0 && visit.formats.comma}<${Code}>ex ${spaced(code)}<//>`)}</p>`
            }
            ${
              goods.casNumbers.length > 0 &&
              html`<p>CAS ${goods.casNumbers.map(({ cas }, at) => html`${at > 0 && visit.formats.comma}<${Code}>${cas}<//>`)}</p>`
            }
            <p class="quiet">${t('products.card.code')}</p>
          <//>
        `
      }
      <${CardPart} title=${t('products.card.do')}>
        <p>${t(goods.kind === 'watch' ? 'products.do.watch' : `products.do.${goods.control}`)}</p>
      <//>
    <//>
  `
}
