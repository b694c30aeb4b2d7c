import { findNoticeType, isPast, type NoticeType } from '#protocol'
import type { NoticeView, StoredDraft } from '../../desk/desk.ts'
import { summaryOfDraft } from '../components/notice-line.ts'
import { Tag } from '../components/tag.ts'
import { When } from '../components/when.ts'
import { bodyForm, fieldAt } from '../content/form.ts'
import { AnswersLine, answeredByBody } from '../drafting/answers-line.ts'
import { mayRead } from '../drafting/work.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { has, type MemberVisit } from '../visit.ts'
import { DueOn } from './unopened.ts'
import type { Due } from './urgency.ts'

interface Waiting {
  draft: StoredDraft
  type: NoticeType | undefined
  label: string
  due: Due | undefined
  answered: NoticeView | undefined
}

const shownMost = 10

/** Drafts that wait for a second person and may be read by this visitor, the nearest deadline first. */
export async function waitingDrafts({ desk }: Office, visit: MemberVisit): Promise<Waiting[]> {
  const drafts = await desk.drafts.list()
  const waiting = drafts
    .filter(({ author, returned }) => returned === undefined && mayRead(visit, author))
    .map(draft => {
      const type = findNoticeType(draft.draft.type, desk.types)
      return {
        draft,
        type,
        label: type?.label ?? draft.draft.type,
        due: dueOn(draft, desk.types),
      }
    })
    .toSorted(
      (one, other) =>
        (one.due?.day ?? '9999').localeCompare(other.due?.day ?? '9999') ||
        one.draft.createdAt - other.draft.createdAt,
    )
  return Promise.all(
    waiting.map(async (each, at) => ({
      ...each,
      answered: at < shownMost ? await answeredByBody(each.type, each.draft.draft.body, desk) : undefined,
    })),
  )
}

/** The day by which it must be out: "thirty days after the decision (ATR 23(1))". */
function dueOn({ draft }: StoredDraft, types: Office['desk']['types']): Due | undefined {
  const type = findNoticeType(draft.type, types)
  const found = type?.deadlines?.(draft.body as never).find(({ binds }) => binds === 'release')
  if (type === undefined || found === undefined) return undefined
  const { day, at, article } = found
  return { day, title: fieldAt(bodyForm(type), at)?.title ?? '', ...(article !== undefined && { article }) }
}

export function DraftList({
  waiting,
  visit,
  office,
}: {
  waiting: Waiting[]
  visit: MemberVisit
  office: Office
}) {
  if (waiting.length === 0) return null
  const { t, words, now } = visit
  const { types } = office.desk
  const title = has(visit, 'releaser') ? 'today.drafts.to-release' : 'today.drafts'
  return html`
    <section aria-labelledby="drafts-title">
      <h2 id="drafts-title">${t(title)}</h2>
      <ul class="plain-list rows">
        ${waiting.slice(0, shownMost).map(({ draft, type, label, due, answered }) => {
          const isLate = due !== undefined && isPast(due.day, now)
          return html`
            <li key=${draft.id}>
              <p class="row-title">
                <a href=${`/drafts/${draft.id}`}>${words(label)}</a>
                ${isLate && html` <${Tag} tone="danger">${t('today.drafts.late')}<//>`}
              </p>
              ${!(answered && type?.corrects) && html`<p>${summaryOfDraft(draft.draft, visit, types)}</p>`}
              ${answered && type && html`<${AnswersLine} ...${{ type, body: draft.draft.body, answered, visit, types }} />`}
              <p class="quiet">${writtenBy(draft, { visit, office })} · <${When} at=${draft.createdAt} visit=${visit} /></p>
              ${due && html`<p class="pressing"><${DueOn} due=${due} visit=${visit} /></p>`}
            </li>
          `
        })}
      </ul>
      ${waiting.length > shownMost && html`<p><a href="/drafts">${t('today.drafts.more', { count: waiting.length - shownMost })}</a></p>`}
    </section>
  `
}

/** By whom, and who may release it: never whoever wrote at it. */
function writtenBy(
  { author, editors }: StoredDraft,
  { visit, office }: { visit: MemberVisit; office: Office },
): string {
  const { t, formats, visitor } = visit
  const name = office.people.find(author)?.name ?? t('today.drafts.somebody')
  if (editors.includes(visitor.person.id)) {
    const others = office.people
      .list()
      .filter(each => !each.disabled && each.roles.includes('releaser') && !editors.includes(each.id))
      .map(each => each.name)
    if (others.length === 0) return t('today.drafts.nobody')
    return t('today.drafts.yours', { names: formats.list(others.slice(0, 3)) })
  }
  return t('today.drafts.by', { name })
}
