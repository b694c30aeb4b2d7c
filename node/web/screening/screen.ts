import { type FieldError, FocalpointError, isError } from '#protocol'
import { type ReadFile, readList } from '../../desk/consignments/read-lines.ts'
import { Seats } from '../../desk/seats.ts'
import { countryCode } from '../components/countries.ts'
import type { WrongField } from '../components/error-summary.ts'
import { html } from '../html.ts'
import { webLimits } from '../limits.ts'
import type { Office } from '../office.ts'
import type { Page, Route } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { customsOnly } from './access.ts'
import { Ask, membersOf } from './ask.ts'
import { readFields } from './consignment-fields.ts'
import { fieldLabels } from './field-labels.ts'
import { namedColumns, readGiven } from './list.ts'
import { noticesMet } from './notices-met.ts'
import { Results } from './results.ts'
import { screenList } from './screen-list.ts'

/** Asking, and the answer on the page itself: nothing of it is in an address, and nothing is stored unless asked for. */
export function screenRoutes(office: Office): Route[] {
  const seats = new Seats({
    most: webLimits.screeningsMost,
    mostPerPerson: webLimits.screeningsMostPerPerson,
    says: {
      all: 'Other lists are being screened: try again in a moment.',
      own: 'A list of yours is being screened: try again when its answer is there.',
    },
    retryAfterSeconds: 10,
  })
  const answerList = async (visit: MemberVisit) => {
    using _seat = { [Symbol.dispose]: seats.take(visit.visitor.person.id) }
    return await screenMany(visit, office)
  }
  return [
    {
      path: '/screen',
      access: customsOnly,
      bodyBytes: webLimits.uploadFormBytes,
      show: visit => askPage(visit, office),
      submit: visit => (visit.fields.get('how') === 'one' ? screenOne(visit, office) : answerList(visit)),
    },
  ]
}

function askPage(visit: MemberVisit, office: Office, errors: readonly WrongField[] = []): Page {
  return {
    title: visit.t('screening.title'),
    within: '/screen',
    ...(errors.length > 0 && { status: 422 }),
    content: html`<${Ask} office=${office} visit=${visit} form=${visit.fields} errors=${errors} />`,
  }
}

async function screenOne(visit: MemberVisit, office: Office): Promise<Page> {
  const members = membersOf(office)
  const read = readFields(visit.fields, text => countryCode(text, visit, members))
  if (read.consignment === undefined) {
    const errors = read.faults.map(({ name, error }) => ({ name, message: faultWords(name, error, visit) }))
    return askPage(visit, office, errors)
  }
  return resultsPage(readList([read.consignment]), { visit, office, isSingle: true })
}

async function screenMany(visit: MemberVisit, office: Office): Promise<Page> {
  const file = visit.files.file
  const pasted = visit.fields.get('lines') ?? ''
  if (file === undefined && pasted.trim() === '')
    return askPage(visit, office, [{ name: 'lines', message: visit.t('screening.many.empty') }])
  const field = file === undefined ? 'lines' : 'file'
  const columns = visit.fields.get('columns') ?? namedColumns
  try {
    const given = await readGiven(file?.bytes ?? Buffer.from(pasted), {
      columns,
      columnMaps: office.desk.columnMaps,
    })
    return await resultsPage(given, { visit, office, isSingle: false })
  } catch (error) {
    return askPage(visit, office, unreadable(error, field, visit))
  }
}

async function resultsPage(
  given: ReadFile,
  { visit, office, isSingle }: { visit: MemberVisit; office: Office; isSingle: boolean },
): Promise<Page> {
  const { t, fields } = visit
  const keepDays = keepDaysAsked(fields, office)
  const list = await screenList(given, {
    desk: office.desk.screening,
    person: visit.visitor.person,
    exercise: fields.get('exercise') === 'yes',
    ...(keepDays !== undefined && { keepDays }),
  })
  const notices = await noticesMet(
    office,
    [...list.shown, ...(isSingle ? list.green : [])].flatMap(({ answer }) => answer.matches),
  )
  const title = t('screening.results.title')
  return {
    title,
    within: '/screen',
    content: html`
      <h1>${title}</h1>
      <p class="quiet">${t(keepDays === undefined ? 'screening.results.unkept' : 'screening.results.kept')}</p>
      <${Results} ...${{ list, isSingle, office, visit, notices }} />
      <div class="actions no-print">
        <a class="ds-button" data-variant="secondary" href="/screen">${t('screening.results.again')}</a>
      </div>
    `,
  }
}

/** Undefined: not kept. Throws `request-malformed` for what no choice of the form gives. */
export function keepDaysAsked(fields: URLSearchParams, { desk }: Office): number | undefined {
  const text = fields.get('keepDays') ?? ''
  if (text === '') return undefined
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= desk.screening.keepDaysMost) return days
  const detail = `This node keeps consignments for 1 to ${desk.screening.keepDaysMost} days.`
  throw new FocalpointError('request-malformed', detail, {
    errors: [{ pointer: '/keepDays', code: 'too-much', detail }],
  })
}

function faultWords(name: string, { code, detail }: FieldError, { t, words }: MemberVisit): string {
  const label = t(fieldLabels[name] ?? 'screening.party')
  return code === 'missing' ? t('screening.fault.missing', { label }) : `${label}: ${words(detail)}`
}

/** What is wrong with a whole list. Throws what is no fault of the list. */
function unreadable(error: unknown, name: string, { words, wordsOf }: MemberVisit): WrongField[] {
  if (isError(error, 'request-malformed'))
    return error.details.errors.map(({ detail }) => ({ name, message: words(detail) }))
  if (isError(error, 'body-malformed')) return [{ name, message: wordsOf(error), error }]
  throw error
}
