import { findNoticeType, isObject, type Json, type JsonObject, type NoticeType, partForm } from '#protocol'
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

interface Applied {
  view: NoticeView
  places: string[]
}

/** In the order in which they were issued; one that does not fit, is not at hand or breaks the form changes nothing. */
export function correctedBody(
  { type: name, body }: NoticeView,
  corrections: readonly NoticeView[],
  types: readonly NoticeType[],
): CorrectedBody {
  if (body === undefined) return { body, was: undefined, fates: new Map() }
  let held = body
  const applied: Applied[] = []
  for (const view of corrections.toSorted((one, other) => one.seq - other.seq)) {
    const next = correctedBy(view, held, types)
    if (next === undefined || partForm(name, 'body', next, types).length > 0) continue
    applied.push({ view, places: changedPlaces(held, next) })
    held = next
  }
  const fates = new Map(corrections.map(each => [each.id, fateOf(each, applied)]))
  return { body: held, was: held === body ? undefined : body, fates }
}

/** What this correction makes of a body; undefined where it cannot be read or does not fit. */
export function correctedBy(
  { type, body, flags }: NoticeView,
  held: JsonObject,
  types: readonly NoticeType[],
): JsonObject | undefined {
  if (body === undefined || flags.includes('body-form')) return undefined
  return findNoticeType(type, types)?.corrects?.corrected(body as never, held)
}

function fateOf({ id }: NoticeView, applied: readonly Applied[]): Fate {
  const at = applied.findIndex(({ view }) => view.id === id)
  const found = applied[at]
  if (found === undefined) return { state: 'not applied' }
  const later = applied.slice(at + 1)
  const isSaidAgain = (place: string) => later.some(each => each.places.some(other => meets(place, other)))
  const last = later.findLast(({ places }) =>
    found.places.some(place => places.some(other => meets(place, other))),
  )
  if (last === undefined || !found.places.every(isSaidAgain)) return { state: 'in force' }
  return { state: 'replaced', replacedBy: last.view }
}

/** A place that another is, or is within. */
function meets(place: string, other: string): boolean {
  return place === other || place.startsWith(`${other}/`)
}

/** JSON Pointers of the values that differ. */
export function changedPlaces(was: Json | undefined, now: Json | undefined, at = ''): string[] {
  if (JSON.stringify(was) === JSON.stringify(now)) return []
  if (Array.isArray(was) && Array.isArray(now)) {
    const length = Math.max(was.length, now.length)
    return Array.from({ length }, (_, place) =>
      changedPlaces(was[place], now[place], `${at}/${place}`),
    ).flat()
  }
  if (!isObject(was) || !isObject(now)) return [at]
  const names = new Set([...Object.keys(was), ...Object.keys(now)])
  return [...names].flatMap(name => changedPlaces(own(was, name), own(now, name), `${at}/${name}`))
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
