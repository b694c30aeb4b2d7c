import { createHash, randomUUID } from 'node:crypto'
import { dayOf, type FieldError, FocalpointError, findGoods, isError } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import type { NoticeView } from '../../desk/desk.ts'
import { draftSighting } from '../../desk/sighting/report.ts'
import type { Once } from '../../people.ts'
import { countryCode } from '../components/countries.ts'
import { Empty } from '../components/empty.ts'
import type { WrongField } from '../components/error-summary.ts'
import { summaryOf } from '../components/notice-line.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page, Route } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { customsOnly } from './access.ts'
import { membersOf } from './ask.ts'
import { consignmentCarried } from './carried.ts'
import { usualCodes } from './report-codes.ts'
import { aboutIn, fieldOfError, reportOf } from './report-fields.ts'
import { ReportForm } from './report-form.ts'

/** From a match to the draft of a sighting; the consignment travels in the form. */
export function reportRoutes(office: Office): Route[] {
  return [
    {
      path: '/screen/report',
      access: customsOnly,
      show: visit => nothingToReport(visit),
      submit: visit => (visit.fields.get('do') === 'draft' ? draft(visit, office) : formPage(visit, office)),
    },
    { path: '/screen/reported/:id', access: customsOnly, show: visit => reportedPage(visit, office) },
  ]
}

function nothingToReport({ t }: MemberVisit): Page {
  return {
    title: t('report.title'),
    within: '/screen',
    content: html`
      <h1>${t('report.title')}</h1>
      <${Empty} why=${t('report.empty')}><p><a href="/screen">${t('screening.kept.screen')}</a></p><//>
    `,
  }
}

async function formPage(
  visit: MemberVisit,
  office: Office,
  errors: readonly WrongField[] = [],
): Promise<Page> {
  const consignment = consignmentCarried(visit.fields)
  const about = aboutIn(visit.fields.get('about') ?? '')
  const notice =
    about && 'notice' in about ? await office.desk.notices.find(about.notice, { nominal: false }) : undefined
  const form = errors.length > 0 ? visit.fields : firstFields(visit, consignment)
  const isWrong = errors.length > 0
  return {
    title: visit.t('report.title'),
    within: '/screen',
    ...(isWrong && { status: 422 }),
    content: html`
      <${ReportForm}
        ...${{ consignment, form, errors, visit, office }}
        codes=${usualCodes(about, notice)}
        about=${aboutWords(about, notice, { visit, office })}
      />
    `,
  }
}

/** What is known already. */
function firstFields({ fields, now, language }: MemberVisit, { hs, quantity }: Consignment): URLSearchParams {
  const form = new URLSearchParams({
    about: fields.get('about') ?? '',
    observedAt: dayOf(now),
    lang: language,
    key: randomUUID(),
  })
  if (hs !== undefined) form.set('consignment.hs.code', hs.code)
  if (quantity !== undefined) form.set('found.quantity.value', String(quantity.value))
  if (quantity?.unit !== undefined) form.set('found.quantity.rec20', quantity.unit)
  return form
}

function aboutWords(
  about: ReturnType<typeof aboutIn>,
  notice: NoticeView | undefined,
  { visit, office }: { visit: MemberVisit; office: Office },
): Markup {
  if (notice !== undefined) {
    return html`<a href=${`/notices/${encodeURIComponent(notice.id)}`}>${summaryOf(notice, visit, office.desk.types)}</a>`
  }
  const item = about && 'item' in about ? findGoods(about.item) : undefined
  if (item === undefined) return undefined
  return html`<a href=${`/products/${encodeURIComponent(item.id)}`}>${visit.words(item.label)}</a>`
}

async function draft(visit: MemberVisit, office: Office): Promise<Answer> {
  const { fields, visitor, now } = visit
  const members = membersOf(office)
  const report = reportOf(fields, consignmentCarried(fields), text => countryCode(text, visit, members))
  const once = onceOf(visit)
  const make = async () => {
    const origin = { desk: office.desk, person: visitor.person, day: dayOf(now) }
    return (await draftSighting(report, { ...origin, ...(once && { once }) })).id
  }
  try {
    const id = once === undefined ? await make() : await office.desk.repeats.make(once, make)
    return { to: `/screen/reported/${encodeURIComponent(id)}` }
  } catch (error) {
    if (!isError(error, 'request-malformed')) throw error
    const errors = error.details.errors.map(each => wrongField(each, visit))
    return formPage(visit, office, errors)
  }
}

function wrongField(error: FieldError, { t, words }: MemberVisit): WrongField {
  const { name, label } = fieldOfError(error)
  if (name === 'names.to' && error.code === 'missing') return { name, message: t('report.names.missing') }
  const isEmpty = error.code === 'missing' && error.pointer.split('/').length === 2
  const message = isEmpty
    ? t('screening.fault.missing', { label: t(label) })
    : `${t(label)}: ${words(error.detail)}`
  return { name, message }
}

/** Sent twice, it is drafted once. */
function onceOf({ fields, visitor }: MemberVisit): Once | undefined {
  const key = fields.get('key') ?? ''
  if (!/^[0-9a-f-]{36}$/.test(key)) return undefined
  const digest = createHash('sha256').update(String(fields)).digest('base64url')
  return { person: visitor.person.id, key, digest }
}

function reportedPage({ params, t }: MemberVisit, { desk }: Office): Page {
  const id = params.id ?? ''
  if (desk.drafts.find(id) === undefined) {
    throw new FocalpointError('not-found', 'This draft is no longer there: it was released or thrown away.', {
      what: 'draft',
      id,
    })
  }
  return {
    title: t('report.done.title'),
    within: '/screen',
    content: html`
      <h1>${t('report.done.title')}</h1>
      <p class="lead">${t('report.done.lead')}</p>
      <p>${t('report.done.next')}</p>
      <div class="actions">
        <a class="ds-button" href=${`/drafts/${encodeURIComponent(id)}`}>${t('report.done.read')}</a>
        <a href="/screen">${t('screening.results.again')}</a>
      </div>
    `,
  }
}
