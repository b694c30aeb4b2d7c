import type { JsonObject } from '#protocol'
import type { SightingReport } from '../api/customs/sighting-form.ts'
import type { Consignment } from '../consignment.ts'

/** The notice that was matched, as far as its content is at hand. */
export interface MatchedNotice {
  id: string
  type: string
  exercise: boolean
  body: JsonObject | undefined
}

/** What the draft of a sighting is made from. */
export interface Sighted {
  report: SightingReport
  consignment: Consignment
  notice: MatchedNotice | undefined
  /** Today, YYYY-MM-DD. */
  day: string
}
