import { parseNotice } from '#protocol'
import { usualReaders } from '../../desk/answer-readers.ts'
import type { NoticeView } from '../../desk/desk.ts'
import type { Office } from '../office.ts'

/** Whom an answer is for: nobody in particular, unless the notice was for named readers. */
export function readersFor(view: NoticeView, { desk }: Office): string[] {
  if (view.parts.find(({ name }) => name === 'body')?.to === 'channel') return []
  const text = desk.notices.text(view.id, { nominal: false })
  const parts = text === undefined ? [] : parseNotice(text, { net: desk.registry().net }).parts
  return usualReaders({ issuer: view.issuer, parts }, desk.member)
}
