import { type AppliedCorrection, afterCorrections, type JsonObject, type NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'

/** What became of a correction; `replacedBy`: the later one that speaks of all the values that it changed. */
export type Fate = { state: 'in force' | 'not applied' } | { state: 'replaced'; replacedBy: NoticeView }

export interface CorrectedBody {
  /** As it stands after its corrections; `was`: as it was signed. */
  body: JsonObject | undefined
  was: JsonObject | undefined
  /** By the id of the correction. */
  fates: ReadonlyMap<string, Fate>
}

export function correctedBody(
  { type, body }: NoticeView,
  corrections: readonly NoticeView[],
  types: readonly NoticeType[],
): CorrectedBody {
  if (body === undefined) return { body, was: undefined, fates: new Map() }
  const { body: held, applied } = afterCorrections({ type, body }, corrections, types)
  const views = new Map(corrections.map(each => [each.id, each]))
  const fates = new Map(corrections.map(({ id }) => [id, fateOf(id, applied, views)]))
  return { body: held, was: held === body ? undefined : body, fates }
}

function fateOf(
  id: string,
  applied: readonly AppliedCorrection[],
  views: ReadonlyMap<string, NoticeView>,
): Fate {
  const at = applied.findIndex(each => each.id === id)
  const found = applied[at]
  if (found === undefined) return { state: 'not applied' }
  const later = applied.slice(at + 1)
  const isSaidAgain = (place: string) => later.some(each => each.places.some(other => meets(place, other)))
  const last = later.findLast(({ places }) =>
    found.places.some(place => places.some(other => meets(place, other))),
  )
  const replacedBy = last && views.get(last.id)
  if (replacedBy === undefined || !found.places.every(isSaidAgain)) return { state: 'in force' }
  return { state: 'replaced', replacedBy }
}

/** A place that another is, or is within. */
function meets(place: string, other: string): boolean {
  return place === other || place.startsWith(`${other}/`)
}
