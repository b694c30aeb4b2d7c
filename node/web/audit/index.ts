import { acts } from '../../audit.ts'
import { Code, Written } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { Select } from '../components/field.ts'
import { Table } from '../components/table.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page, Route } from '../route.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import { aboutOf, doorOf } from './about.ts'
import { type Asked, nameOf } from './asked.ts'
import { trailCsv } from './csv.ts'
import { Verdict } from './verdict.ts'

const access = ['admin', 'coordinator'] as const
const perPage = 100

export function auditRoutes(office: Office): Route[] {
  return [
    { path: '/audit', access, show: visit => trailPage(office, visit) },
    {
      path: '/audit.csv',
      access,
      show: async visit => ({
        text: await trailCsv(office, asked(visit)),
        mediaType: 'text/csv; charset=utf-8',
        fileName: `audit-${office.desk.member}-${new Date(visit.now * 1000).toISOString().slice(0, 10)}.csv`,
      }),
    },
  ]
}

/** What the address asks for. */
function asked({ url: { searchParams } }: Visit): Asked {
  const person = searchParams.get('person')
  const act = acts.find(each => each === searchParams.get('act'))
  const before = Number(searchParams.get('before'))
  return {
    ...(person && { person }),
    ...(act && { act }),
    ...(Number.isSafeInteger(before) && before > 0 && { before }),
  }
}

async function trailPage(office: Office, visit: MemberVisit): Promise<Page> {
  const { t } = visit
  const wanted = asked(visit)
  const found = await office.audit.list({ ...wanted, limit: perPage + 1 })
  const page = found.slice(0, perPage)
  const { before: _, ...filter } = wanted
  const query = new URLSearchParams(filter)
  const older = new URLSearchParams({ ...filter, before: String(page.at(-1)?.number) })
  return {
    title: t('audit.title'),
    within: '/audit',
    content: html`
      <h1>${t('audit.title')}</h1>
      <p class="lead">${t('audit.lead')}</p>
      <${Verdict} verdict=${await verdictOf(office, visit)} visit=${visit} />
      <${Filter} office=${office} wanted=${wanted} visit=${visit} />
      ${
        page.length === 0
          ? html`<${Empty} why=${t('audit.none')}><p><a href="/audit">${t('audit.all')}</a></p><//>`
          : html`<${Trail} office=${office} page=${page} visit=${visit} />`
      }
      <div class="actions">
        ${found.length > perPage && html`<a href=${`/audit?${older}`}>${t('audit.older')}</a>`}
        <a href=${`/audit.csv?${query}`} download>${t('audit.csv')}</a>
      </div>
    `,
  }
}

/** A long trail is looked through only when somebody asks. */
const looksThroughMost = 5000

async function verdictOf({ audit }: Office, { url }: Visit) {
  const [newest] = await audit.list({ limit: 1 })
  const isShort = (newest?.number ?? 0) <= looksThroughMost
  return isShort || url.searchParams.has('check') ? audit.check() : undefined
}

function Filter({ office, wanted, visit }: { office: Office; wanted: Asked; visit: Visit }) {
  const { t } = visit
  return html`
    <form class="row-form" method="get" action="/audit">
      <${Select}
        name="person"
        label=${t('audit.person')}
        nothing=${t('audit.everybody')}
        value=${wanted.person}
        choices=${office.people.list().map(({ id, name }) => ({ value: id, label: name }))}
      />
      <${Select}
        name="act"
        label=${t('audit.act-label')}
        nothing=${t('audit.everything')}
        value=${wanted.act}
        choices=${acts.map(act => ({ value: act, label: t(`audit.act.${act}`) }))}
      />
      <button class="ds-button" type="submit" data-variant="secondary">${t('audit.show')}</button>
    </form>
  `
}

type Entries = Awaited<ReturnType<Office['audit']['list']>>

function Trail({ office, page, visit }: { office: Office; page: Entries; visit: Visit }) {
  const { t } = visit
  const rows = page.map(entry => [
    html`<${Code}>${entry.number}<//>`,
    html`<${Instant} at=${entry.at} visit=${visit} />`,
    html`<${Written}>${nameOf(entry.person, office) ?? t(entry.from ? 'audit.nobody' : 'audit.node')}<//>`,
    t(`audit.act.${entry.act}`),
    aboutOf(entry, { office, visit }),
    doorOf(entry, { office, visit }),
  ])
  const head = ['number', 'when', 'person', 'act-label', 'about', 'from'] as const
  return html`<${Table} caption=${t('audit.title')} head=${head.map(each => t(`audit.${each}`))} rows=${rows} />`
}
