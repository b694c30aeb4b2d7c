import type { Match } from '../../consignment.ts'
import type { NoticeView } from '../../desk/desk.ts'
import type { Office } from '../office.ts'

/** More than these are told without what their notices say of consultation. */
const lookedUpMost = 300

/** The notices that were met, without the names in them: the reasons say what of these may be told. */
export async function noticesMet(
  { desk }: Office,
  matches: readonly Match[],
): Promise<ReadonlyMap<string, NoticeView>> {
  const ids = new Set(matches.flatMap(({ notice }) => notice ?? []))
  const found = new Map<string, NoticeView>()
  for (const id of [...ids].slice(0, lookedUpMost)) {
    const view = await desk.notices.find(id, { nominal: false })
    if (view !== undefined) found.set(id, view)
  }
  return found
}
