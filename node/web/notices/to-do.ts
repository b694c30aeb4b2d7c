import { findNoticeType, isPast, type NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { toldBy } from '../components/notice-line.ts'
import { Day } from '../components/when.ts'
import { bodyForm, fieldAt } from '../content/form.ts'
import { html, type Markup } from '../html.ts'
import { has, type Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import type { Story } from './story.ts'

export interface ToDoOf {
  story: Story
  visit: Visit
  /** We. */
  member: string
  types: readonly NoticeType[]
}

/** What this reader does now: from what kind of notice it is, where it stands, and whose work the reader does. */
export function ToDo({ story, visit, member, types }: ToDoOf) {
  const { t } = visit
  const { reply } = story
  const advice = adviceOn({ story, visit, member })
  const dates = datesFor({ story, visit, member })
  return html`
    <h2>${t('notice.to-do')}</h2>
    <ul class="to-do">
      ${reply && html`<li><${Replied} reply=${reply} visit=${visit} types=${types} /></li>`}
      ${advice.map(key => html`<li>${t(key, { state: visit.formats.country(story.view.issuer) })}</li>`)}
      ${dates.map(each => html`<li>${each}</li>`)}
    </ul>
  `
}

/** When we answered, and what. */
function Replied({ reply, visit, types }: { reply: NoticeView } & Pick<ToDoOf, 'visit' | 'types'>) {
  const type = findNoticeType(reply.type, types)
  const told = type === undefined ? [] : toldBy(reply, visit, type)
  const said = told.length > 0 ? told : [visit.words(reply.label)]
  return html`
    ${visit.t('notice.do.answered', { day: visit.formats.day(reply.issuedAt) })}
    ${' '}<a href=${`/notices/${reply.id}`}>${visit.formats.list(said)}</a>
  `
}

/** What changes another notice and asks for an answer by a day asks no more once it was done. */
function isDone({ type, reply }: Story): boolean {
  const wasDone = reply !== undefined && reply.body?.obstacle === undefined
  return wasDone && type?.answers?.status !== undefined && type.deadlines !== undefined
}

function adviceOn({ story, visit, member }: Omit<ToDoOf, 'types'>): MessageKey[] {
  const { view, type, withdrawals } = story
  if (withdrawals.length > 0) return ['notice.do.withdrawn']
  if (view.standing === 'void') return ['notice.do.void']
  if (view.standing === 'disputed') return ['notice.do.disputed']
  if (view.standing === 'unknown key') return ['notice.do.unknown-key']
  if (view.body === undefined) return ['notice.do.nothing']
  const isOurs = view.issuer === member
  if (isOurs) return [has(visit, 'officer', 'customs') ? 'notice.do.ours' : 'notice.do.read']
  if (isDone(story)) return []
  const advice: MessageKey[] = []
  if (type?.answers?.status === 'withdrawn') advice.push('notice.do.withdrawal')
  else if (type?.answers?.status === 'corrected') advice.push('notice.do.correction')
  else if (type?.answers) advice.push('notice.do.remark')
  if (view.body.requiredAction === 'erase-personal-part') advice.push('notice.do.erase-names')
  if (type?.intelligence === 'lookout')
    advice.push(has(visit, 'customs') ? 'notice.do.watch' : 'notice.do.forward')
  if (type?.intelligence === 'seen') advice.push('notice.do.seen')
  if (view.body.consultContact !== undefined && view.body.nationalProhibition !== true) {
    advice.push(has(visit, 'customs') && !has(visit, 'officer') ? 'notice.do.stop' : 'notice.do.consult')
  }
  return advice.length > 0 ? advice : ['notice.do.read']
}

/** The days that bind this reader, with what is due and by which article. */
function datesFor({ story, visit, member }: Omit<ToDoOf, 'types'>): Markup[] {
  const { view, type, body, withdrawals } = story
  if (isDone(story)) return []
  if (type?.deadlines === undefined || body === undefined || withdrawals.length > 0) return []
  if (view.flags.includes('body-form')) return []
  const binds = view.issuer === member ? 'issuer' : 'readers'
  return type
    .deadlines(body as never)
    .filter(each => each.binds === binds)
    .map(({ day, at, article }) => {
      const title = fieldAt(bodyForm(type), at)?.title ?? ''
      const past = isPast(day, visit.now)
      return html`
        ${visit.words(title)}: <${Day} day=${day} visit=${visit} />
        ${' '}<span class="quiet">
          (${past ? visit.t('notice.past') : visit.formats.from(day, visit.now)}${article && `${visit.formats.semicolon}${article}`})
        </span>
      `
    })
}
