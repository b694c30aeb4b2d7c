import { type Consignment, type Lane, lanes, type Match, type Screened } from '../consignment.ts'
import { goodsCoded, goodsNamedIn, listedMatch } from './goods/listed-goods.ts'
import { matchNotices } from './match-notices.ts'
import type { NoticeIndex } from './notice-index.ts'

export interface ScreeningAgainst {
  index: NoticeIndex
  /** YYYY-MM-DD. */
  today: string
  /** Whether this member takes part in the channel of such goods. */
  isJoined: (category: string) => boolean
  /** False for a notice that is void or disputed now. */
  isInForce: (id: string) => boolean
  /** Without the goods list. */
  onlyNotices?: boolean
}

/** A person reads no more. */
const matchesMost = 20

/** One consignment against all that is known. */
export function screenOne(consignment: Consignment, against: ScreeningAgainst): Screened {
  const goods = goodsNamedIn(consignment)
  const notices = matchNotices(consignment, goods, against)
  const listed = against.onlyNotices ? [] : goods.map(named => listedMatch(named, against))
  const coded = against.onlyNotices || listed.length > 0 ? undefined : goodsCoded(consignment)
  const all = [...notices, ...listed, ...(coded ? [coded] : [])].filter(
    ({ notice }) => notice === undefined || against.isInForce(notice),
  )
  const exercise = consignment.exercise === true
  const counts = (match: Match) => exercise || !match.exercise
  all.sort((a, b) => weightOf(b, counts) - weightOf(a, counts))
  return {
    ...(consignment.reference !== undefined && { reference: consignment.reference }),
    lane: highest(all.filter(counts)),
    exercise,
    matches: all.slice(0, matchesMost),
  }
}

/** What makes the lane comes first, by its lane and then its score; what does not count comes last. */
function weightOf(match: Match, counts: (match: Match) => boolean): number {
  return (counts(match) ? 1000 : 0) + lanes.indexOf(match.lane) * 200 + match.score
}

function highest(matches: readonly Match[]): Lane {
  const places = matches.map(({ lane }) => lanes.indexOf(lane))
  return lanes[Math.max(0, ...places)] ?? 'green'
}
