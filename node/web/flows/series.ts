import type { Figure } from '../../desk/figures/hiding.ts'
import { lowestOf, type Published } from '../../desk/figures/published.ts'
import { leastTold } from '../../desk/figures/working-out.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { type Filters, figureOf, monthsOf } from './filters.ts'
import { figureWords } from './words.ts'

export interface SeriesOf {
  published: Published
  filters: Filters
  visit: Visit
}

/** Two years fit; what is older is asked for by its period. */
const monthsShown = 24
const chart = { width: 720, height: 130, gap: 4, widestPitch: 120, widestBar: 40 }

/** Sightings by month: bars, and the same as a table. */
export function Series({ published, filters, visit }: SeriesOf) {
  const { t, formats } = visit
  const months = everyMonth(monthsOf(filters, published)).slice(-monthsShown)
  const figures = months.map(month => ({ month, figure: figureOf({ month }, filters, published) }))
  const [from = '', to = ''] = [months[0], months.at(-1)]
  if (from === '') return null
  const end = Math.round(pitchOf(months.length) * months.length)
  const text = t('flows.series.text', { from: formats.month(from), to: formats.month(to) })
  return html`
    <svg class="series" role="img" aria-label=${text} viewBox=${`0 0 ${chart.width} ${chart.height + 24}`}>
      <title>${text}</title>
      <path class="ground" d=${`M0 ${chart.height + 0.5}H${end}`} />
      ${barsOf(figures.map(({ figure }) => figure)).map(({ className, ...bar }) => html`<rect class=${className} ...${bar} />`)}
      <text class="first" x="0" y=${chart.height + 18}>${formats.month(from)}</text>
      ${from !== to && html`<text class="last" x=${end} y=${chart.height + 18} text-anchor="end">${formats.month(to)}</text>`}
    </svg>
    <p class="quiet">${t('flows.series.key', { least: leastTold })}</p>
    <details id="series-table">
      <summary>${t('flows.series.table')}</summary>
      <table class="ds-table">
        <caption class="ds-sr-only">${t('flows.series.scroll')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('flows.month')}</th>
            <th scope="col">${t('flows.table.sightings')}</th>
          </tr>
        </thead>
        <tbody>
          ${figures.map(
            ({ month, figure }) => html`
              <tr>
                <th scope="row">${formats.month(month)}</th>
                <td>${figureWords(figure, visit)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </details>
  `
}

function barsOf(figures: readonly (Figure | undefined)[]) {
  const highest = Math.max(leastTold, ...figures.map(figure => (figure ? lowestOf(figure) : 0)))
  const pitch = pitchOf(figures.length)
  return figures.flatMap((figure, at) => {
    if (figure === undefined) return []
    const height = Math.round((lowestOf(figure) / highest) * (chart.height - 8))
    return [
      {
        className: figure.kind === 'exact' ? 'exact' : 'inexact',
        x: Math.round(at * pitch) + 1,
        y: chart.height - height,
        width: Math.round(Math.min(pitch - chart.gap, chart.widestBar)),
        height,
      },
    ]
  })
}

function pitchOf(months: number): number {
  return Math.min(chart.width / months, chart.widestPitch)
}

/** With those between in which nothing was seen. */
export function everyMonth(months: readonly string[]): string[] {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  const found = [first]
  while ((found.at(-1) ?? last) < last) found.push(nextMonth(found.at(-1) ?? last))
  return found
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
