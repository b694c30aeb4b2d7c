import { type Json, sha256 } from '#protocol'
import type { Vector } from './vector.ts'
import { bodyForAll, type NoticePlan, type PartPlan, write } from './writing.ts'

export const readers: PartPlan = { name: 'readers', value: ['QN'], to: 'named' }
export const namedBody: PartPlan = { ...bodyForAll, to: 'named' }
export const names: PartPlan = {
  name: 'nominal',
  value: { consignee: { name: 'Unnamed Trading' } },
  to: 'named',
  until: '2031-12-31',
}
export const threeParts = [bodyForAll, names, readers]

/** Ids to refer to. */
export const noticeIds = Array.from({ length: 24 }, (_, at) => sha256(`an earlier notice ${at + 1}`))

/** A value nested so deep. */
export function nested(depth: number): Json {
  return depth === 0 ? 'deep' : { in: nested(depth - 1) }
}

/** A notice with one thing wrong, which is refused with this code. */
export function bad(expect: string, name: string, what: string, noticePlan: NoticePlan): Vector {
  return { name, what, text: write(noticePlan).text, expect }
}
