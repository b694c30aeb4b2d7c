import { isPast, type NoticeType } from '#protocol'
import type { Desk, NoticeView } from '../../desk/desk.ts'
import { type AnsweredNotices, answeredBy, isReplyBy } from '../components/answered.ts'
import { NoticeLine } from '../components/notice-line.ts'
import { Tag } from '../components/tag.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import { DueOn } from './unopened.ts'
import { type Due, dueIn } from './urgency.ts'

/** Of each kind that asks for an answer: what is older was answered, or never will be. */
const newestRead = 200
const shownMost = 8

export interface Waiting {
  view: NoticeView
  due: Due
}

export interface AllWaiting {
  items: readonly Waiting[]
  answered: AnsweredNotices
}

interface Held extends AllWaiting {
  cursor: number
}

const heldOf = new WeakMap<Desk, Held>()

/** What changes another notice and asks us for an answer by a day, the nearest day first; read anew when something has come. */
export async function waitingForUs({ desk }: Office): Promise<AllWaiting> {
  const cursor = desk.feed.last()
  const held = heldOf.get(desk)
  if (held?.cursor === cursor) return held
  const asking = desk.types.filter(({ answers, deadlines }) => answers?.status && deadlines)
  const views = await Promise.all(
    asking.map(({ name }) => desk.notices.list({ type: name, limit: newestRead }, { nominal: false })),
  )
  const items = views
    .flat()
    .flatMap(view => waitingOn(view, desk))
    .toSorted((one, other) => one.due.day.localeCompare(other.due.day))
  const shown = items.slice(0, newestRead).map(({ view }) => view)
  const found = { cursor, items, answered: await answeredBy(shown, desk) }
  heldOf.set(desk, found)
  return found
}

/** Empty once we have answered, and for what is our own or does not count. */
export function waitingOn(
  view: NoticeView,
  { types, member }: { types: readonly NoticeType[]; member: string },
): Waiting[] {
  const isSound = view.standing !== 'void' && view.standing !== 'disputed'
  const isAnswered = view.referredToBy.some(each => isReplyBy(member, each, types))
  if (!isSound || view.issuer === member || isAnswered) return []
  return dueIn(view, { types, member })
    .slice(0, 1)
    .map(due => ({ view, due }))
}

interface WaitingListOf {
  waiting: AllWaiting
  /** What stands in the list of what nobody has opened. */
  unopened: ReadonlySet<string>
  visit: Visit
  office: Office
}

export function WaitingList({ waiting: { items, answered }, unopened, visit, office }: WaitingListOf) {
  const { t } = visit
  const opened = items.filter(({ view }) => !unopened.has(view.id))
  const more = opened.length - shownMost
  if (opened.length === 0) return null
  return html`
    <section aria-labelledby="waiting-title">
      <h2 id="waiting-title">${t('today.waiting')}</h2>
      <p class="quiet">${t('today.waiting.about')}</p>
      <ul class="plain-list rows">
        ${opened.slice(0, shownMost).map(
          ({ view, due }) => html`
            <li key=${view.id}>
              <${NoticeLine} ...${{ view, visit, types: office.desk.types, answered: answered.get(view.id) }}>
                <p class="pressing"><${DueOrOverdue} due=${due} visit=${visit} /></p>
              <//>
            </li>
          `,
        )}
      </ul>
      ${more > 0 && html`<p class="quiet">${t('today.waiting.more', { count: more })}</p>`}
    </section>
  `
}

function DueOrOverdue({ due, visit }: { due: Due; visit: Visit }) {
  if (!isPast(due.day, visit.now)) return html`<${DueOn} due=${due} visit=${visit} />`
  const { t, formats } = visit
  return html`<${Tag} tone="danger">${t('today.waiting.overdue', { day: formats.day(due.day) })}<//>`
}
