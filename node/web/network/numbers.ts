import type { NetworkView } from '../../desk/desk.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { isCounted } from './problems.ts'

const daySeconds = 86_400

export interface NetworkNumbers {
  upToDate: { count: number; of: number }
  heldByAll: { count: number; of: number }
  /** Of the slowest node, as it tells itself. */
  slowestMs?: number
  daysLeft: number
}

export function numbersOf({ participants, holdings, registry }: NetworkView, now: number): NetworkNumbers {
  const counted = participants.filter(isCounted)
  const delays = counted.flatMap(({ lagMs }) => lagMs ?? [])
  const ends = participants.flatMap(({ keys }) => keys.flatMap(({ until }) => until ?? []))
  const left = ends.map(until => Math.floor((Date.parse(until) / 1000 - now) / daySeconds))
  return {
    upToDate: { count: counted.filter(({ status }) => status === 'up to date').length, of: counted.length },
    heldByAll: {
      count: holdings.reduce((sum, each) => sum + lowestOf(each), 0),
      of: holdings.reduce((sum, { head }) => sum + head, 0),
    },
    ...(delays.length > 0 && { slowestMs: Math.max(...delays) }),
    daysLeft: Math.min(registry.daysLeft, ...left),
  }
}

/** Up to this place everybody holds the log; who has not told may hold nothing. */
function lowestOf({ heldBySeq, heldBy }: NetworkView['holdings'][number]): number {
  const places = Object.values(heldBySeq)
  return places.length < heldBy.of ? 0 : Math.min(...places)
}

export function Numbers({ network, visit }: { network: NetworkView; visit: Visit }) {
  const { t, formats } = visit
  const { upToDate, heldByAll, slowestMs, daysLeft } = numbersOf(network, visit.now)
  const share = ({ count, of }: { count: number; of: number }) =>
    t('network.numbers.of', { count: formats.number(count), of: formats.number(of) })
  const delay =
    slowestMs === undefined ? undefined : t('network.numbers.ms', { count: formats.number(slowestMs) })
  const shown = [
    [t('network.numbers.up-to-date'), share(upToDate)],
    [t('network.numbers.held'), share(heldByAll)],
    [t('network.numbers.delay'), delay ?? t('network.numbers.nothing')],
    [t('network.numbers.days'), formats.number(daysLeft)],
  ]
  return html`
    <dl class="numbers">
      ${shown.map(
        ([label, value]) => html`
          <div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>
        `,
      )}
    </dl>
  `
}
