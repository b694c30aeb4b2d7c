import { findNoticeType, type JsonObject, noticeTypes } from '#protocol'
import type { NoticeView } from '../../../../node/desk/desk.ts'
import type { Story } from '../../../../node/web/notices/story.ts'

/** The first example of a type, as a node would show it that holds it. */
export function viewOf(name: string, changed: Partial<NoticeView> = {}): NoticeView {
  const type = findNoticeType(name)
  const example = type?.examples[0]
  if (type === undefined || example === undefined) throw new Error(`There is no type ${name}.`)
  return {
    id: 'WFXsJ0P7fN0TQZR3kRrJ2hVtS6o8gZC6bq4vG0m1n2Y',
    issuer: 'QM',
    channel: 'torture',
    seq: 7,
    type: name,
    label: type.label,
    summary: type.summary(example.body as never),
    issuedAt: '2026-02-20T09:00:00.000Z',
    receivedAt: '2026-02-20T09:00:01.000Z',
    status: 'sent',
    standing: 'verified',
    exercise: true,
    flags: [],
    body: example.body as JsonObject,
    ...(example.nominal && { nominal: example.nominal as JsonObject }),
    parts: [{ name: 'body', to: 'channel', until: '2036-12-31', held: true, erased: false }],
    refs: [],
    referredToBy: [],
    heldBy: { count: 57, of: 60, missing: ['XD', 'XE', 'XF'] },
    cursor: 3,
    ...changed,
  }
}

export function storyOf(view: NoticeView, changed: Partial<Story> = {}): Story {
  return {
    view,
    type: findNoticeType(view.type, noticeTypes),
    body: view.body,
    was: undefined,
    fates: new Map(),
    withdrawals: [],
    corrections: [],
    answers: [],
    reply: undefined,
    moreAnswers: 0,
    refersTo: [],
    ...changed,
  }
}
