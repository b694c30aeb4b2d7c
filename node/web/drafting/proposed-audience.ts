import { type NoticeType, parseNotice } from '#protocol'
import { usualReaders } from '../../desk/answer-readers.ts'
import type { NoticeView } from '../../desk/desk.ts'
import type { Answers } from '../../desk/drafting.ts'
import type { Office } from '../office.ts'

/** For whom the notice was, an answer to it is meant to be, and it is kept as long; whoever writes it confirms that. */
export function proposedAudience(
  type: NoticeType,
  answered: NoticeView | undefined,
  office: Office,
): Answers {
  if (type.answers === undefined || answered === undefined) return {}
  const part = answered.parts.find(({ name }) => name === 'body')
  const readers = readersOf(answered, office)
  return {
    '/parts/body/to': [readers.length > 0 ? 'named' : 'channel'],
    ...(part?.until !== undefined && { '/parts/body/until': [part.until] }),
    ...Object.fromEntries(readers.map((id, at) => [`/readers/${at}`, [id]])),
  }
}

function readersOf({ id, parts, issuer }: NoticeView, { desk }: Office): string[] {
  if (parts.find(({ name }) => name === 'body')?.to === 'channel') return []
  const text = issuer === desk.member ? desk.notices.text(id, { nominal: false }) : undefined
  const held = text === undefined ? [] : parseNotice(text, { net: desk.registry().net }).parts
  return usualReaders({ issuer, parts: held }, desk.member)
}
