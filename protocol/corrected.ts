import { isObject, type Json, type JsonObject } from './canonical.ts'
import type { NoticeType } from './notice-type.ts'
import { findNoticeType } from './notices/index.ts'
import { partForm } from './parse-draft.ts'

/** A notice that puts another right, as it was signed. */
export interface Correction {
  id: string
  type: string
  /** Its place in the log of its issuer. */
  seq: number
  body?: JsonObject | undefined
}

/** A correction that counts, with the places (JSON Pointers) of what it changed. */
export interface AppliedCorrection {
  id: string
  places: string[]
}

/** A body after its corrections, in the order of the log; one that breaks its own form or the body's changes nothing. */
export function afterCorrections(
  { type, body }: { type: string; body: JsonObject },
  corrections: readonly Correction[],
  types: readonly NoticeType[],
): { body: JsonObject; applied: AppliedCorrection[] } {
  const applied: AppliedCorrection[] = []
  let held = body
  for (const correction of corrections.toSorted((one, other) => one.seq - other.seq)) {
    const next = correctedBy(correction, held, types)
    if (next === undefined || partForm(type, 'body', next, types).length > 0) continue
    applied.push({ id: correction.id, places: changedPlaces(held, next) })
    held = next
  }
  return { body: held, applied }
}

/** What this correction makes of a body; undefined where it cannot be read or does not fit. */
export function correctedBy(
  { type, body }: Pick<Correction, 'type' | 'body'>,
  held: JsonObject,
  types: readonly NoticeType[],
): JsonObject | undefined {
  const { corrects } = findNoticeType(type, types) ?? {}
  if (corrects === undefined || body === undefined) return undefined
  return partForm(type, 'body', body, types).length > 0 ? undefined : corrects.corrected(body as never, held)
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
