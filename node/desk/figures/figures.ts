import type { NoticeType } from '#protocol'
import { isCounted } from '../counted.ts'
import type { NoticeView } from '../desk.ts'

export type Counts = { [name: string]: number }

export interface NoticeFigures {
  total: number
  byType: Counts
  byIssuer: Counts
  /** YYYY-MM of issue. */
  byMonth: Counts
  byStatus: Counts
  byGoods: Counts
}

export function emptyFigures(): NoticeFigures {
  return { total: 0, byType: none(), byIssuer: none(), byMonth: none(), byStatus: none(), byGoods: none() }
}

/** Without what every object has: the names of types are their issuers' words. */
function none(): Counts {
  return Object.create(null)
}

/** Adds these notices, the real ones and the drills apart. */
export function countNotices(
  views: readonly NoticeView[],
  types: readonly NoticeType[],
  { real, drills }: { real: NoticeFigures; drills: NoticeFigures },
): void {
  for (const view of views.filter(isCounted)) {
    const figures = view.exercise ? drills : real
    figures.total += 1
    add(figures.byType, view.type)
    add(figures.byIssuer, view.issuer)
    add(figures.byMonth, view.issuedAt.slice(0, 7))
    add(figures.byStatus, view.status)
    for (const item of goodsOf(view, types)) add(figures.byGoods, item)
  }
}

function goodsOf({ type, body }: NoticeView, types: readonly NoticeType[]): string[] {
  const known = types.find(each => each.name === type)
  if (!known || !body) return []
  try {
    // A false alarm is no sighting of the goods that it was taken for.
    if (known.tradeFlow?.(body)?.goods.length === 0) return []
    return [...new Set(known.keys(body).goods)]
  } catch {
    return [] // a body that does not follow its form is kept, and names no goods that we could count
  }
}

function add(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
