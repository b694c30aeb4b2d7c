import type { NoticeView } from '../../desk/desk.ts'
import { type AnsweredNotices, answeredBy } from '../components/answered.ts'
import { Empty } from '../components/empty.ts'
import { NoticeLine } from '../components/notice-line.ts'
import { UrgencyTag } from '../components/urgency-tag.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import { urgencyOf } from '../today/urgency.ts'
import type { MemberVisit } from '../visit.ts'
import { FilterForm } from './filter-form.ts'
import { addressOf, type Filters, filtersOf } from './filters.ts'

/** A person reads no more of them on one page. */
const perPage = 25
/** Marks of what nobody has opened: of older ones nobody needs to be told. */
const unopenedMarked = 500

export async function listPage(office: Office, visit: MemberVisit): Promise<Page> {
  const { desk } = office
  const { t } = visit
  const filters = filtersOf(visit)
  const isWrong = filters.errors.length > 0
  const found = isWrong
    ? []
    : await desk.notices.list({ ...filters.query, limit: perPage + 1 }, { nominal: false })
  const answered = await answeredBy(found, desk)
  const { total, notices } = desk.opened.unopened({ limit: unopenedMarked })
  const unopened = new Set(notices.map(({ id }) => id))
  return {
    title: t('notices.title'),
    within: '/notices',
    isLive: true,
    news: t('notices.news', { count: total }),
    ...(isWrong && { status: 422 }),
    content: html`
      <h1>${t('notices.title')}</h1>
      <${FilterForm} filters=${filters} visit=${visit} office=${office} />
      <div id="notices" data-live>
        ${!isWrong && results(found, { filters, visit, office, unopened, answered })}
        ${filters.query.standing === undefined && html`<p class="quiet no-print">${t('notices.void-apart')} <a href="/notices?standing=void">${t('notices.void-apart.show')}</a></p>`}
      </div>
    `,
  }
}

interface Showing {
  filters: Filters
  visit: MemberVisit
  office: Office
  unopened: ReadonlySet<string>
  answered: AnsweredNotices
}

function results(
  found: readonly NoticeView[],
  { filters, visit, office, unopened, answered }: Showing,
): Markup {
  const { t } = visit
  const shown = found.slice(0, perPage)
  const hasMore = found.length > perPage
  const last = shown.at(-1)
  if (last === undefined) return none(filters, visit)
  const isFirst = filters.written.before === undefined
  const count = isFirst ? (hasMore ? 'notices.count.newest' : 'notices.count.all') : 'notices.count.older'
  return html`
    <p class="quiet">${t(count, { count: shown.length })}</p>
    <ul class="plain-list rows">
      ${shown.map(
        view => html`
          <li key=${view.id}>
            <${NoticeLine} ...${{ view, visit, types: office.desk.types, isNew: unopened.has(view.id), answered: answered.get(view.id) }}>
              <${Pressing} ...${{ view, visit, office }} />
            <//>
          </li>
        `,
      )}
    </ul>
    <p class="actions no-print">
      ${hasMore && html`<a class="ds-button" data-variant="secondary" href=${addressOf(filters.written, { before: String(last.cursor) })}>${t('notices.older')}</a>`}
      ${!isFirst && html`<a href=${addressOf(filters.written)}>${t('notices.newest')}</a>`}
    </p>
  `
}

function Pressing({ view, visit, office }: Pick<Showing, 'visit' | 'office'> & { view: NoticeView }) {
  const urgency = urgencyOf(view, office.desk.types)
  if (urgency === 'routine') return null
  return html`<p class="pressing"><${UrgencyTag} urgency=${urgency} visit=${visit} /></p>`
}

function none({ written }: Filters, { t }: MemberVisit): Markup {
  const { before, ...filters } = written
  if (Object.keys(filters).length > 0) {
    return html`
      <${Empty} why=${t(before === undefined ? 'notices.none.filtered' : 'notices.none.older')}>
        <p><a href="/notices">${t('notices.none.all')}</a></p>
      <//>
    `
  }
  return html`<${Empty} why=${t(before === undefined ? 'notices.none' : 'notices.none.older')} />`
}
