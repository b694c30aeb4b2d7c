import type { GoodsItem, SourceRef } from '#protocol'
import { Tag } from '../components/tag.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

/** Where each list names the good. */
export function Citations({ item, visit }: { item: GoodsItem; visit: Visit }) {
  const { t, formats } = visit
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('products.citations')}>
      <table class="ds-table">
        <caption class="ds-sr-only">${t('products.citations')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('products.instrument')}</th>
            <th scope="col">${t('products.annex')}</th>
            <th scope="col">${t('products.item')}</th>
          </tr>
        </thead>
        <tbody>
          ${item.sourceRefs.map(
            ref => html`
              <tr>
                <th scope="row">
                  <bdi>${ref.instrument}</bdi>
                  ${ref.validTo && html` <${Tag}>${t('products.until', { day: formats.day(ref.validTo) })}<//>`}
                </th>
                <td><bdi>${placeOf(ref)}</bdi></td>
                <td>${ref.item === null ? html`<span class="quiet">${t('products.item.unseen')}</span>` : html`<bdi>${ref.item}</bdi>`}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

function placeOf({ annex, appendix }: SourceRef): string {
  return annex ?? appendix ?? '–'
}
