import type { NoticeView } from '../../desk/desk.ts'
import { answeredBy } from '../components/answered.ts'
import { Empty } from '../components/empty.ts'
import { NoticeLine } from '../components/notice-line.ts'
import { UrgencyTag } from '../components/urgency-tag.ts'
import { Day } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import { byUrgency, type Due, dueOf, urgencyOf } from './urgency.ts'

/** The newest of them are weighed against each other; the others are a click away. */
const weighed = 40
const shownMost = 12

export interface Unopened {
  total: number
  items: {
    view: NoticeView
    urgency: ReturnType<typeof urgencyOf>
    due: Due | undefined
    answered: NoticeView | undefined
  }[]
}

/** What nobody in this office has opened, most pressing first. */
export async function unopenedHere({ desk }: Office, { now }: Visit): Promise<Unopened> {
  const { types, member } = desk
  const { total, notices } = desk.opened.unopened({ limit: weighed })
  const views = await Promise.all(notices.map(({ id }) => desk.notices.find(id, { nominal: false })))
  const items = views.flatMap(view =>
    view === undefined || view.standing === 'void'
      ? []
      : [{ view, urgency: urgencyOf(view, types), due: dueOf(view, { types, member, now }) }],
  )
  const shown = byUrgency(items).slice(0, shownMost)
  const answered = await answeredBy(
    shown.map(({ view }) => view),
    desk,
  )
  return { total, items: shown.map(each => ({ ...each, answered: answered.get(each.view.id) })) }
}

export function UnopenedList({
  unopened,
  visit,
  office,
}: {
  unopened: Unopened
  visit: MemberVisit
  office: Office
}) {
  const { t } = visit
  const { total, items } = unopened
  return html`
    <section aria-labelledby="unopened-title" id="unopened" data-live>
      <h2 id="unopened-title">${t('today.unopened')}</h2>
      ${items.length === 0 && html`<${Empty} why=${t('today.unopened.none')} />`}
      <ul class="plain-list rows">
        ${items.map(({ view, urgency, due, answered }) => {
          const isPressing = urgency !== 'routine'
          return html`
            <li key=${view.id}>
              <${NoticeLine} ...${{ view, visit, types: office.desk.types, isNew: true, answered }}>
                ${
                  (isPressing || due) &&
                  html`<p class="pressing">
                  ${isPressing && html`<${UrgencyTag} urgency=${urgency} visit=${visit} /> `}
                  ${due && html`<${DueOn} due=${due} visit=${visit} />`}
                </p>`
                }
              <//>
            </li>
          `
        })}
      </ul>
      ${total > items.length && html`<p><a href="/notices">${t('today.unopened.more', { count: total - items.length })}</a></p>`}
    </section>
  `
}

export function DueOn({ due: { day, title, article }, visit }: { due: Due; visit: Visit }) {
  const { words, formats, now } = visit
  return html`
    <span>${words(title)}: <${Day} day=${day} visit=${visit} /></span>
    ${' '}<span class="quiet">(${formats.from(day, now)}${article && `${formats.semicolon}${article}`})</span>
  `
}
