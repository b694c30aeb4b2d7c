import { isObject, type JsonObject, type NoticeType } from '#protocol'
import type { Desk, NoticeView } from '../../desk/desk.ts'
import { changedTitles } from '../components/answered.ts'
import { summaryOf } from '../components/notice-line.ts'
import { html } from '../html.ts'
import { relationOf } from '../notices/history.ts'
import type { Visit } from '../visit.ts'

/** The notice that a draft answers, where it answers one that is held here. */
export async function answeredByBody(
  type: NoticeType | undefined,
  body: unknown,
  { notices }: Desk,
): Promise<NoticeView | undefined> {
  const id = type?.answers !== undefined && isObject(body) ? body[type.answers.field] : undefined
  return typeof id === 'string' && id !== '' ? notices.find(id, { nominal: false }) : undefined
}

interface AnswersLineOf {
  type: NoticeType
  body: JsonObject
  answered: NoticeView
  visit: Visit
  types: readonly NoticeType[]
}

/** How a draft in a list refers to the notice that it answers, and which fields of it change. */
export function AnswersLine({ type, body, answered, visit, types }: AnswersLineOf) {
  const titles = changedTitles({ type: type.name, body }, answered, { visit, types })
  return html`
    <p>
      <span class="quiet">${visit.t(relationOf(type.answers?.rel ?? '').to)}</span>
      ${' '}<a href=${`/notices/${answered.id}`}>${summaryOf(answered, visit, types)}</a>
      ${titles.length > 0 && html` (<bdi>${visit.formats.list(titles)}</bdi>)`}
    </p>
  `
}
