import { FocalpointError } from '#protocol'
import { type Lane, lanes } from '../../consignment.ts'
import type { KeptConsignmentView } from '../../desk/customs.ts'
import type { NoticeView } from '../../desk/desk.ts'
import { Empty } from '../components/empty.ts'
import { Facts } from '../components/facts.ts'
import { Day, When } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Route } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { customsOnly } from './access.ts'
import { consignmentCarried } from './carried.ts'
import { LaneMark, LaneRule } from './lanes.ts'
import { LinePart, titleOf } from './line.ts'
import { noticesMet } from './notices-met.ts'
import { keepDaysAsked } from './screen.ts'

const perPage = 50

/** What somebody chose to keep, to be told when something new meets it. */
export function keptRoutes(office: Office): Route[] {
  const { desk } = office
  return [
    {
      path: '/screen/keep',
      access: customsOnly,
      show: () => ({ to: '/screen' }),
      submit: visit => keep(visit, office),
    },
    { path: '/screen/kept', access: customsOnly, show: visit => listPage(visit, office) },
    { path: '/screen/kept/:id', access: customsOnly, show: visit => keptPage(visit, office) },
    {
      path: '/screen/kept/:id/delete',
      access: customsOnly,
      show: ({ params }) => ({ to: `/screen/kept/${encodeURIComponent(params.id ?? '')}` }),
      submit: async ({ params, visitor }) => {
        await desk.consignments.remove(params.id ?? '', visitor.person)
        return { to: '/screen/kept' }
      },
    },
  ]
}

async function keep({ fields, visitor }: MemberVisit, office: Office): Promise<Answer> {
  const keepDays = keepDaysAsked(fields, office) ?? office.desk.screening.keepDaysMost
  const { results } = await office.desk.screening.screen([consignmentCarried(fields)], {
    person: visitor.person,
    keepDays,
  })
  const id = results[0]?.kept?.id
  return { to: id === undefined ? '/screen/kept' : `/screen/kept/${encodeURIComponent(id)}` }
}

async function listPage(visit: MemberVisit, office: Office): Promise<Answer> {
  const { t, url } = visit
  const lane = lanes.find(each => each === url.searchParams.get('lane'))
  const before = url.searchParams.get('before') ?? undefined
  const asked = { ...(lane && { lane }), ...(before !== undefined && { before }), limit: perPage + 1 }
  const found = await office.desk.consignments.list(visit.visitor.person, asked)
  const shown = found.slice(0, perPage)
  const last = found.length > perPage ? shown.at(-1) : undefined
  const title = t('screening.kept.title')
  return {
    title,
    within: '/screen',
    isLive: true,
    content: html`
      <h1>${title}</h1>
      <p class="lead">${t('screening.kept.lead')}</p>
      <${Room} visit=${visit} office=${office} />
      <${LaneFilter} lane=${lane} visit=${visit} />
      <div id="kept" data-live>
        ${
          shown.length === 0
            ? html`
                <${Empty} why=${t(lane === undefined ? 'screening.kept.empty' : 'screening.kept.none')}>
                  <p><a href="/screen">${t('screening.kept.screen')}</a></p>
                <//>
              `
            : html`
                <ul class="plain-list rows">
                  ${shown.map(kept => html`<li key=${kept.id}><${KeptLine} kept=${kept} visit=${visit} /></li>`)}
                </ul>
              `
        }
        ${
          last &&
          html`
            <p>
              <a href=${`/screen/kept?${new URLSearchParams({ ...(lane && { lane }), before: last.id })}`}>
                ${t('screening.kept.older')}
              </a>
            </p>
          `
        }
      </div>
    `,
  }
}

function Room({ visit: { t, visitor }, office }: { visit: MemberVisit; office: Office }) {
  const { consignments, consignmentsMost, bytes, bytesMost } = office.desk.consignments.room(visitor.person)
  const room = { count: consignments, most: consignmentsMost, mib: mibOf(bytes), mibMost: mibOf(bytesMost) }
  return html`<p class="quiet">${t('screening.kept.room', room)}</p>`
}

/** With one digit behind the point, never too little. */
function mibOf(bytes: number): number {
  return Math.ceil((bytes * 10) / (1024 * 1024)) / 10
}

function LaneFilter({ lane, visit: { t } }: { lane: Lane | undefined; visit: MemberVisit }) {
  const all = [undefined, ...lanes.toReversed()]
  return html`
    <nav class="filter" aria-label=${t('screening.kept.filter')}>
      <ul>
        ${all.map(
          each => html`
            <li>
              <a href=${each === undefined ? '/screen/kept' : `/screen/kept?lane=${each}`} aria-current=${each === lane ? 'true' : undefined}>
                ${each === undefined ? t('screening.kept.all') : t(`screening.lane.${each}`)}
              </a>
            </li>
          `,
        )}
      </ul>
    </nav>
  `
}

function KeptLine({ kept, visit }: { kept: KeptConsignmentView; visit: MemberVisit }) {
  const { t } = visit
  const isChanged = kept.screenedAt > kept.keptAt
  return html`
    <p class="row-title">
      ${isChanged && html`<span class="new-mark">${t('screening.kept.changed')}</span> `}
      <a href=${`/screen/kept/${encodeURIComponent(kept.id)}`}><bdi>${titleOf(kept.consignment)}</bdi></a>
    </p>
    <p><${LaneMark} lane=${kept.lane} visit=${visit} /></p>
    <p class="quiet">
      ${t('screening.kept.matches', { count: kept.matches.length })} · ${t('screening.kept.since')}
      ${' '}<${When} at=${kept.keptAt} visit=${visit} /> · ${t('screening.kept.until')}
      ${' '}<${Day} day=${kept.keptUntil} visit=${visit} />
    </p>
  `
}

async function keptPage(visit: MemberVisit, office: Office): Promise<Answer> {
  const id = visit.params.id ?? ''
  const { person } = visit.visitor
  if (office.desk.consignments.find(id, person) === undefined) {
    throw new FocalpointError(
      'not-found',
      'You keep no such consignment; it may have been deleted on its last day.',
      {
        what: 'consignment',
        id,
      },
    )
  }
  const kept = await office.desk.consignments.get(id, person)
  const notices = await noticesMet(office, kept.matches)
  return {
    title: visit.t('screening.kept.one'),
    within: '/screen',
    isLive: true,
    content: html`<${Kept} ...${{ kept, notices, visit, office }} />`,
  }
}

interface KeptOf {
  kept: Awaited<ReturnType<Office['desk']['consignments']['get']>>
  notices: ReadonlyMap<string, NoticeView>
  visit: MemberVisit
  office: Office
}

function Kept({ kept, notices, visit, office }: KeptOf) {
  const { t } = visit
  const { consignment, exercise, id } = kept
  const context = {
    office,
    visit,
    consignment,
    isDrill: exercise,
    notices,
    consulted: new Set<string>(),
    since: kept.keptAt,
  }
  return html`
    <p><a href="/screen/kept">${t('screening.kept.title')}</a></p>
    <h1>${t('screening.kept.one')}</h1>
    <${Facts}
      facts=${[
        [t('screening.kept.since.label'), html`<${When} at=${kept.keptAt} visit=${visit} />`],
        [t('screening.kept.until.label'), html`<${Day} day=${kept.keptUntil} visit=${visit} />`],
        [
          t('screening.kept.changed.label'),
          kept.screenedAt > kept.keptAt ? html`<${When} at=${kept.screenedAt} visit=${visit} />` : undefined,
        ],
      ]}
    />
    <div id="matches" data-live>
      <h2>${t('screening.kept.found')}</h2>
      <${LinePart} consignment=${consignment} answer=${kept} context=${context} />
    </div>
    <form class="actions no-print" method="post" action=${`/screen/kept/${encodeURIComponent(id)}/delete`}>
      <button class="ds-button" data-variant="secondary" type="submit">${t('screening.kept.delete')}</button>
      <span class="quiet">${t('screening.kept.delete.about')}</span>
    </form>
    <${LaneRule} visit=${visit} />
  `
}
