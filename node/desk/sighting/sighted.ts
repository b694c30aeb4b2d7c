import type { Consignment } from '../../consignment.ts'
import type { NoticeView } from '../desk.ts'
import type { SightingReport } from './form.ts'

/** The notice that was matched, as far as its content is at hand. */
export type MatchedNotice = Pick<NoticeView, 'id' | 'type' | 'exercise' | 'body'>

/** What the draft of a sighting is made from. */
export interface Sighted {
  report: SightingReport
  consignment: Consignment
  notice: MatchedNotice | undefined
  /** Today, YYYY-MM-DD. */
  day: string
}
