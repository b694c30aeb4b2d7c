import { FocalpointError, findNoticeType } from '#protocol'
import type { Office } from '../office.ts'
import { type Answer, type Route, readers } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { draftAnswer } from './answer-draft.ts'
import { answersTo } from './answering.ts'
import { listPage } from './list.ts'
import { noticePage, storyOf } from './one.ts'
import { fileNameOf, signedText } from './verify.ts'

export function noticeRoutes(office: Office): Route[] {
  return [
    { path: '/notices', access: readers, show: visit => listPage(office, visit) },
    { path: '/notices/:id', access: readers, show: visit => noticePage(office, visit) },
    { path: '/notices/:id/text', access: readers, show: visit => download(office, visit) },
    {
      path: '/notices/:id/answers/:type',
      access: ['officer', 'customs'],
      show: ({ params }: MemberVisit) => ({ to: `/notices/${encodeURIComponent(params.id ?? '')}` }),
      submit: (visit: MemberVisit) => answer(office, visit),
    },
  ]
}

async function download(office: Office, visit: MemberVisit): Promise<Answer> {
  const story = await storyOf(office, visit)
  return {
    text: signedText({ story, visit, office }),
    mediaType: 'application/sd-jwt',
    fileName: fileNameOf(story),
  }
}

async function answer(office: Office, visit: MemberVisit): Promise<Answer> {
  const story = await storyOf(office, visit)
  const type = findNoticeType(visit.params.type ?? '', answersTo(story, visit, office))
  if (type === undefined) {
    throw new FocalpointError('conflict', 'This notice cannot be answered in this way from here.', {
      what: 'answer',
    })
  }
  const made = await draftAnswer({ story, type, visit, office })
  if ('draft' in made) return { to: `/drafts/${made.draft}/audience` }
  return noticePage(office, visit, { wrong: { type: type.name, errors: made.errors } })
}
