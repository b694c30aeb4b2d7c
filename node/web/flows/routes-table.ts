import type { Figure } from '../../desk/figures/hiding.ts'
import { type Cell, lowestOf, type Published } from '../../desk/figures/published.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { type Filters, figureOf, isWanted } from './filters.ts'
import { figureWords, goodsWords, place } from './words.ts'

export interface RoutesTableOf {
  published: Published
  filters: Filters
  visit: Visit
}

/** More are found by choosing. */
const linesShown = 100

export function RoutesTable({ published, filters, visit }: RoutesTableOf) {
  const { t } = visit
  const lines = linesOf({ published, filters })
  const label = t('flows.table.scroll')
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${label}>
      <table class="ds-table flows-table">
        <caption class="ds-sr-only">${label}</caption>
        <thead>
          <tr>
            <th scope="col">${t('flows.filter.goods')}</th>
            <th scope="col">${t('flows.filter.from')}</th>
            <th scope="col">${t('flows.filter.to')}</th>
            <th scope="col">${t('flows.table.sightings')}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.slice(0, linesShown).map(
            ({ cell: { goods, from, to }, figure }) => html`
              <tr>
                <th scope="row">${goodsWords(goods, visit)}</th>
                <td>${place(from, visit)}</td>
                <td>${place(to, visit)}</td>
                <td>${figureWords(figure, visit)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    ${lines.length > linesShown && html`<p class="quiet">${t('flows.table.more', { count: lines.length - linesShown })}</p>`}
  `
}

function linesOf({ published, filters }: Omit<RoutesTableOf, 'visit'>): { cell: Cell; figure: Figure }[] {
  return published
    .routes()
    .filter(cell => isWanted(cell, filters))
    .flatMap(cell => {
      const { goods, from, to } = cell
      const figure = figureOf({ goods, from, to }, filters, published)
      return figure === undefined ? [] : [{ cell, figure }]
    })
    .sort((a, b) => lowestOf(b.figure) - lowestOf(a.figure))
}
