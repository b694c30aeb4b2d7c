import { findNoticeType } from '#protocol'
import type { NoticeView, StoredDraft } from '../../desk/desk.ts'
import type { Returned, UnseenRelease } from '../../desk/drafting.ts'
import { Written } from '../components/code.ts'
import { summaryOf, summaryOfDraft } from '../components/notice-line.ts'
import { When } from '../components/when.ts'
import { mayWrite } from '../drafting/work.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'

/** A few lines above the rest of the day; whoever drafted by program has many. */
const shownMost = 3
/** What was released longer ago is no news. */
const newsDays = 14
const daySeconds = 86_400

/** What became of what this person has drafted. */
export interface BecameOf {
  /** Newest first. */
  returned: readonly (StoredDraft & { returned: Returned })[]
  released: readonly (UnseenRelease & { view: NoticeView })[]
  /** Released ones beyond those. */
  more: number
}

export async function becameOf({ desk }: Office, visit: MemberVisit): Promise<BecameOf> {
  const { visitor, now } = visit
  const { id } = visitor.person
  const drafts = await desk.drafts.list()
  const unseen = desk.drafts.unseenReleases(id).filter(({ at }) => now - at <= newsDays * daySeconds)
  const released = await Promise.all(
    unseen.slice(0, shownMost).map(async each => {
      const view = await desk.notices.find(each.notice, { nominal: false })
      return view === undefined ? [] : [{ ...each, view }]
    }),
  )
  return {
    returned: drafts
      .flatMap(({ returned, ...draft }) =>
        returned && draft.author === id && mayWrite(visit, id) ? [{ ...draft, returned }] : [],
      )
      .toSorted((one, other) => other.returned.at - one.returned.at),
    released: released.flat(),
    more: Math.max(0, unseen.length - shownMost),
  }
}

interface Showing {
  visit: MemberVisit
  office: Office
}

/** What was sent back comes first: it waits for this person. */
export function Became({
  became: { returned, released, more },
  visit,
  office,
}: Showing & { became: BecameOf }): Markup {
  if (returned.length + released.length === 0) return null
  const { t } = visit
  return html`
    <section aria-labelledby="became-title">
      <h2 id="became-title">${t('today.became')}</h2>
      <ul class="plain-list rows">
        ${returned.map(draft => html`<li key=${draft.id}><${ReturnedLine} ...${{ draft, visit, office }} /></li>`)}
        ${released.map(
          each => html`
            <li key=${each.notice}>
              <p class="row-title">
                <a href=${`/notices/${each.notice}`}>${summaryOf(each.view, visit, office.desk.types)}</a>
              </p>
              <p class="quiet">
                ${visit.words(each.view.label)} · ${t('today.became.released', { name: nameOf(each.by, { visit, office }) })}${' '}
                <${When} at=${each.at} visit=${visit} />
              </p>
            </li>
          `,
        )}
      </ul>
      ${more > 0 && html`<p><a href=${`/notices?issuer=${office.desk.member}`}>${t('today.became.more', { count: more })}</a></p>`}
    </section>
  `
}

function ReturnedLine({
  draft: { id, draft, returned },
  visit,
  office,
}: Showing & { draft: BecameOf['returned'][number] }) {
  const { t, words } = visit
  const type = findNoticeType(draft.type, office.desk.types)
  return html`
    <p class="row-title"><a href=${`/drafts/${id}`}>${words(type?.label ?? draft.type)}</a></p>
    <p>${summaryOfDraft(draft, visit, office.desk.types)}</p>
    <p class="quiet">
      ${t('drafting.returned-by', { name: nameOf(returned.by, { visit, office }) })}${' '}
      <${When} at=${returned.at} visit=${visit} />
    </p>
    <p class="prose"><${Written}>${returned.reason}<//></p>
    <p><a href=${`/drafts/${id}`}>${t('today.became.go-on')}</a></p>
  `
}

function nameOf(id: string | undefined, { visit, office }: Showing): string {
  return office.people.find(id ?? '')?.name ?? visit.t('today.drafts.somebody')
}
