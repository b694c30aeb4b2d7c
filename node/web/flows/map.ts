import { untold } from '../../desk/figures/flows.ts'
import type { Figure } from '../../desk/figures/hiding.ts'
import { lowestOf, type Published } from '../../desk/figures/published.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { coastlines, mapSize, pointOf } from './coastlines.ts'
import { type Filters, figureOf, isWanted } from './filters.ts'
import { positionOf } from './places.ts'
import { countryWords, figureWords } from './words.ts'

export interface RouteMapOf {
  published: Published
  filters: Filters
  visit: Visit
  isDrill: boolean
}

/** A drawing with more lines than that is read by nobody. */
const routesShown = 150

type Point = readonly [x: number, y: number]

interface Way {
  from: string
  to: string
  figure: Figure
  start: Point
  end: Point
}

export function RouteMap({ published, filters, visit, isDrill }: RouteMapOf) {
  const { t } = visit
  const ways = waysOf({ published, filters, isDrill })
  if (ways.length === 0) return html`<p class="quiet">${t('flows.map.none')}</p>`
  const points = new Map(
    ways.flatMap(
      ({ from, to, start, end }) =>
        [
          [from, start],
          [to, end],
        ] as const,
    ),
  )
  const text = t('flows.map.text', { count: ways.length })
  return html`
    <svg class="map" role="img" aria-label=${text} viewBox=${`0 0 ${mapSize.width} ${mapSize.height}`}>
      <title>${text}</title>
      <path class="land" d=${coastlines} />
      ${ways.map(way => html`<${Arc} way=${way} visit=${visit} />`)}
      ${[...points].map(
        ([code, [x, y]]) => html`
          <circle cx=${x} cy=${y} r="3.5" />
          <text x=${x} y=${y - 7} text-anchor="middle">${code}</text>
        `,
      )}
    </svg>
    <p class="quiet">${t('flows.map.about')} ${isDrill && t('flows.map.fictional')}</p>
  `
}

function waysOf({ published, filters, isDrill }: Omit<RouteMapOf, 'visit'>): Way[] {
  const pairs = new Map(
    published
      .routes()
      .filter(cell => isWanted(cell, filters) && cell.from !== untold && cell.to !== untold)
      .map(({ from, to }) => [`${from} ${to}`, { from, to }]),
  )
  const ways = [...pairs.values()].flatMap(({ from, to }) => {
    const figure = figureOf({ from, to }, filters, published)
    const [start, end] = [from, to].map(code => positionOf(code, { isDrill }))
    return figure && start && end ? [{ from, to, figure, start: pointOf(start), end: pointOf(end) }] : []
  })
  return ways.sort((a, b) => lowestOf(b.figure) - lowestOf(a.figure)).slice(0, routesShown)
}

/** Bent to its left, so that there and back are two lines. */
function Arc({ way: { from, to, figure, start, end }, visit }: { way: Way; visit: Visit }) {
  const [x1, y1] = start
  const [x2, y2] = end
  const bend: Point = [Math.round((x1 + x2) / 2 + (y2 - y1) / 5), Math.round((y1 + y2) / 2 - (x2 - x1) / 5)]
  const values = {
    from: countryWords(from, visit),
    to: countryWords(to, visit),
    figure: figureWords(figure, visit),
  }
  return html`
    <path
      class=${figure.kind === 'exact' ? 'arc' : 'arc inexact'}
      d=${`M${x1} ${y1}Q${bend.join(' ')} ${x2} ${y2}`}
      stroke-width=${widthOf(figure)}
    >
      <title>${visit.t('flows.map.route', values)}</title>
    </path>
  `
}

function widthOf(figure: Figure): number {
  return Math.min(6, 1.5 + Math.round(Math.log2(lowestOf(figure))) / 2)
}
