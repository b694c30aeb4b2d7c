import { z } from 'zod'
import { patterns } from './patterns.ts'

/** All heads that a node holds, committed and not void: channel → issuer → [seq, id]. */
export const frontierForm = z.record(
  z.string().regex(patterns.name),
  z.record(z.string().regex(patterns.member), z.tuple([z.int().min(1), z.string().regex(patterns.digest)])),
)
export type Frontier = z.infer<typeof frontierForm>

/** A run of places that one side lacks; both ends count. */
export interface Gap {
  channel: string
  issuer: string
  from: number
  to: number
}

/** What `ours` lacks of `theirs`, shortest logs first so that many small ones are not kept waiting by a large one. */
export function gapsBetween(ours: Frontier, theirs: Frontier): Gap[] {
  const gaps: Gap[] = []
  for (const [channel, issuers] of Object.entries(theirs)) {
    for (const [issuer, [to]] of Object.entries(issuers)) {
      const from = (ours[channel]?.[issuer]?.[0] ?? 0) + 1
      if (from <= to) gaps.push({ channel, issuer, from, to })
    }
  }
  return gaps.sort((a, b) => a.to - a.from - (b.to - b.from))
}

/** Two ids at one place: a split view, the sign of a fork; a mere difference of heights is not. */
export function splitsBetween(
  ours: Frontier,
  theirs: Frontier,
): { channel: string; issuer: string; seq: number }[] {
  const splits: { channel: string; issuer: string; seq: number }[] = []
  for (const [channel, issuers] of Object.entries(theirs)) {
    for (const [issuer, [seq, id]] of Object.entries(issuers)) {
      const own = ours[channel]?.[issuer]
      if (own && own[0] === seq && own[1] !== id) splits.push({ channel, issuer, seq })
    }
  }
  return splits
}
