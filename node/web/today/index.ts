import { NoPassword } from '../account/no-password.ts'
import { answeredBy } from '../components/answered.ts'
import { NoticeLine } from '../components/notice-line.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { type Page, type Route, readers } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'
import { Became, becameOf } from './became.ts'
import { DraftList, waitingDrafts } from './drafts.ts'
import { Health } from './health.ts'
import { MatchList, newMatches } from './matches.ts'
import { NetworkProblems } from './network.ts'
import { UnopenedList, unopenedHere } from './unopened.ts'
import { WaitingList, waitingForUs } from './waiting.ts'

const newestShown = 6

export function todayRoutes(office: Office): Route[] {
  return [{ path: '/', access: readers, show: visit => todayPage(office, visit) }]
}

/** What a person must know when the day begins, by whose work it is. */
async function todayPage(office: Office, visit: MemberVisit): Promise<Page> {
  const { t } = visit
  const unopened = await unopenedHere(office, visit)
  const waiting = has(visit, 'officer', 'releaser', 'customs') ? await waitingForUs(office) : undefined
  const unopenedIds = new Set(unopened.items.map(({ view }) => view.id))
  const drafts = await waitingDrafts(office, visit)
  const matches = has(visit, 'customs') ? newMatches(office, visit) : []
  const draftList = html`<${DraftList} ...${{ waiting: drafts, visit, office }} />`
  return {
    title: t('today.title'),
    within: '/',
    isLive: true,
    news: t('notices.news', { count: unopened.total }),
    content: html`
      <h1>${t('today.title')}</h1>
      <${NoPassword} office=${office} visit=${visit} />
      <${Health} office=${office} visit=${visit} />
      <div id="to-release" data-live>${has(visit, 'releaser') && draftList}</div>
      <div id="became" data-live><${Became} ...${{ became: await becameOf(office, visit), visit, office }} /></div>
      <div id="waiting" data-live>
        ${waiting && html`<${WaitingList} ...${{ waiting, unopened: unopenedIds, visit, office }} />`}
      </div>
      <${MatchList} matches=${matches} visit=${visit} />
      ${has(visit, 'coordinator') && html`<${NetworkProblems} office=${office} visit=${visit} />`}
      <${UnopenedList} ...${{ unopened, visit, office }} />
      <div id="drafts" data-live>${!has(visit, 'releaser') && draftList}</div>
      ${await newest(office, visit)}
    `,
  }
}

/** What came last, opened or not. */
async function newest({ desk }: Office, visit: MemberVisit) {
  const { t } = visit
  const views = await desk.notices.list({ limit: newestShown }, { nominal: false })
  const answered = await answeredBy(views, desk)
  return html`
    <section aria-labelledby="newest-title">
      <h2 id="newest-title">${t('today.newest')}</h2>
      <ul class="plain-list rows" id="notices" data-live>
        ${views.map(
          view =>
            html`<li key=${view.id}><${NoticeLine} ...${{ view, visit, types: desk.types, answered: answered.get(view.id) }} /></li>`,
        )}
      </ul>
      <p><a href="/notices">${t('today.newest.all')}</a></p>
    </section>
  `
}
