import type { NoticeType } from '../notice-type.ts'
import { acknowledgement } from './acknowledgement.ts'
import { alert } from './alert.ts'
import { correction } from './correction.ts'
import { denial } from './denial.ts'
import { followUp } from './follow-up.ts'
import { sighting } from './sighting.ts'
import { withdrawal } from './withdrawal.ts'

/** Every kind of notice, in the order of a menu: a new one is a file here and its name in this list. */
export const noticeTypes: readonly NoticeType[] = [
  denial,
  alert,
  sighting,
  followUp,
  acknowledgement,
  correction,
  withdrawal,
]

export { sighting }

/** The type of this name, or undefined for one that another version of the software knows. */
export function findNoticeType(
  name: string,
  types: readonly NoticeType[] = noticeTypes,
): NoticeType | undefined {
  return types.find(type => type.name === name)
}
