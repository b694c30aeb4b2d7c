import type { Json, PrivateJwk } from '#protocol'
import { bodyForAll, type PartPlan, type Written, write, writtenAt } from '../vectors/writing.ts'

export interface LogPlan {
  issuer: string
  key: PrivateJwk
  count: number
  /** The first place. */
  from?: number
  /** Id of the notice before the first. */
  prev?: string | null
  /** What it claims as its time, in seconds, by its place. */
  iat?: (seq: number) => number
  /** Further members of the payload, by its place. */
  payload?: (seq: number) => { [member: string]: Json }
  parts?: (seq: number) => readonly PartPlan[]
}

/** A run of one member's log in `torture`, signed. */
export function logOf(plan: LogPlan): Written[] {
  const { issuer, key, count, from = 1, iat = () => writtenAt } = plan
  const log: Written[] = []
  let prev = plan.prev ?? null
  for (let seq = from; seq < from + count; seq++) {
    const payload = { iss: issuer, seq, prev, iat: iat(seq), ...plan.payload?.(seq) }
    const text = { en: `Notice ${seq} of ${issuer}, ${iat(seq)}.` }
    const parts = plan.parts?.(seq) ?? [{ ...bodyForAll, value: { text } }]
    // Parts for named readers do not travel by gossip.
    const carried = (disclosures: readonly string[]) =>
      disclosures.filter((_, part) => (parts[part]?.to ?? 'channel') === 'channel')
    const written = write({ key, payload, parts, carried })
    log.push(written)
    prev = written.id
  }
  return log
}

/** The same in another order, chosen by these numbers. */
export function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  const all = [...values]
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const [a, b] = [all[at], all[other]]
    if (a === undefined || b === undefined) continue
    all[at] = b
    all[other] = a
  }
  return all
}
