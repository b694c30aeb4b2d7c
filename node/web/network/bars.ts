import type { NetworkHourView } from '../../desk/desk.ts'
import type { PeerStatus } from '../../desk/peer-status.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

const hoursShown = 48
const hourSeconds = 3600

type Mark = 'fine' | 'behind' | 'silent' | 'unknown'

/** What each status word looks like: as high as it is well. */
const marks: Record<PeerStatus, Mark> = {
  'up to date': 'fine',
  'catching up': 'behind',
  'not heard': 'silent',
  'refusing us': 'silent',
  'refused by us': 'silent',
  suspended: 'unknown',
}
const shapes: Record<Mark, { top: number; height: number }> = {
  fine: { top: 1, height: 18 },
  behind: { top: 10, height: 9 },
  silent: { top: 15, height: 4 },
  unknown: { top: 9, height: 2 },
}
const pitch = 4

/** How a member's node was in each of the last hours, the newest last. */
export function marksOf(member: string, history: readonly NetworkHourView[], now: number): Mark[] {
  const words = new Map(
    history.map(({ from, members }) => [hourOf(Date.parse(from) / 1000), members[member]?.status]),
  )
  const last = hourOf(now)
  return Array.from({ length: hoursShown }, (_, at) => {
    const status = words.get(last - hoursShown + 1 + at)
    return status === undefined ? 'unknown' : marks[status]
  })
}

export interface BarsOf {
  member: string
  history: readonly NetworkHourView[]
  visit: Visit
}

/** One bar an hour; a screen reader is told the sums. */
export function Bars({ member, history, visit: { t, now } }: BarsOf) {
  const shown = marksOf(member, history, now)
  const hoursOf = (mark: Mark) => shown.filter(each => each === mark).length
  const [fine, behind, silent, unknown] = [
    hoursOf('fine'),
    hoursOf('behind'),
    hoursOf('silent'),
    hoursOf('unknown'),
  ]
  const text = t('network.bars.text', { fine, behind, silent, unknown })
  return html`
    <svg class="bars" role="img" aria-label=${text} viewBox=${`0 0 ${hoursShown * pitch} 20`}>
      <title>${text}</title>
      ${(Object.keys(shapes) as Mark[]).map(mark => html`<path class=${mark} d=${pathOf(mark, shown)} />`)}
    </svg>
  `
}

function pathOf(mark: Mark, shown: readonly Mark[]): string {
  const { top, height } = shapes[mark]
  return shown.map((each, at) => (each === mark ? `M${at * pitch} ${top}h3v${height}h-3z` : '')).join('')
}

function hourOf(seconds: number): number {
  return Math.floor(seconds / hourSeconds)
}
