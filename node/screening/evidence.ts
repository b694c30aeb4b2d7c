import type { Reason } from '../consignment.ts'
import type { points } from './rule.ts'

/** One thing that agrees, or speaks against it. */
export interface Evidence {
  kind: keyof typeof points
  points: number
  reason: Reason
}

/** Of each kind the strongest; their points together, at most 100 and at least 0. */
export function weighed(all: readonly Evidence[]): {
  score: number
  reasons: Reason[]
  strongest: Evidence[]
} {
  const byKind = Map.groupBy(all, ({ kind }) => kind)
  const strongest = [...byKind.values()].map(found =>
    found.reduce((most, each) => (Math.abs(each.points) > Math.abs(most.points) ? each : most)),
  )
  strongest.sort((a, b) => b.points - a.points)
  const sum = strongest.reduce((total, { points }) => total + points, 0)
  return {
    score: Math.max(0, Math.min(100, Math.round(sum))),
    reasons: strongest.map(({ reason }) => reason),
    strongest,
  }
}

export function has(all: readonly Evidence[], ...kinds: Evidence['kind'][]): boolean {
  return all.some(({ kind }) => kinds.includes(kind))
}
