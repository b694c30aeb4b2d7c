import { type FieldError, FocalpointError, findGoods } from '#protocol'
import type { Answers } from '../../desk/drafting.ts'
import { CountryList } from '../components/countries.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { type Audience, audienceOfWork } from './audience.ts'
import { isAnswered } from './form/answers.ts'
import type { Field } from './form/describe.ts'
import { numbersAt } from './form/edit.ts'
import { below } from './form/pointer.ts'
import type { Asking } from './inputs/asking.ts'
import { AudienceInputs } from './inputs/audience.ts'
import { fileHashField } from './inputs/file-hash.ts'
import { Input } from './inputs/input.ts'
import { Inputs } from './inputs/inputs.ts'
import { PartiesInputs } from './inputs/parties.ts'
import { labelledFault } from './labelled-fault.ts'
import { addressOf, pageOf, partiesIn, type StepPage } from './page-of-step.ts'
import { proposedAudience } from './proposed-audience.ts'
import { SimilarNotices, similarTo } from './similar.ts'
import { stepTitle } from './step-title.ts'
import { errorsAt, openWork, seenMark, type Work } from './work.ts'

export interface ShownStep {
  work: Work
  page: StepPage
  errors?: readonly FieldError[]
  status?: number
  /** What is told above the form. */
  told?: Markup
}

export async function showStep(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openForWriting(office, visit)
  if ('to' in work) return work
  const page = getPage(work, visit)
  const isTold = visit.url.searchParams.has('problems')
  return stepPage(office, visit, {
    work,
    page,
    ...(isTold && { errors: errorsAt(work.errors, page.places) }),
  })
}

/** Throws `forbidden` for whoever may read it only. */
export function openForWriting(office: Office, visit: MemberVisit): ReturnType<typeof openWork> {
  const work = openWork(office, visit)
  if ('to' in work || work.mayWrite) return work
  throw new FocalpointError('forbidden', 'You may read this draft, and not change it.', {
    needs: ['officer'],
  })
}

export function getPage(work: Work, visit: MemberVisit): StepPage {
  const page = pageOf(work, visit)
  if (page !== undefined) return page
  throw new FocalpointError('not-found', 'This draft has no such part.', {
    what: 'part',
    id: visit.params.step ?? '',
  })
}

/** Beside these an officer wants to know what others said. */
const besides = ['goods', 'parties', 'country']

export async function stepPage(office: Office, visit: MemberVisit, shown: ShownStep): Promise<Page> {
  const { work, page, errors = [], status = 200, told } = shown
  const { t, words } = visit
  const proposed = await proposedFor(office, shown)
  const asking = askingOf(office, visit, shown, proposed)
  const title = titleOf(page, visit)
  const [only] = page.fields
  const audience = page.step.kind === 'audience' ? await audienceOfWork(office, work) : undefined
  const isAlone = page.fields.length === 1
  const similar = besides.some(name => page.step.id.includes(name))
    ? await similarTo(office, visit, work)
    : []
  return {
    title,
    within: '/new',
    status,
    content: html`
      <p class="quiet"><a href=${`/drafts/${work.id}`}>${words(work.type.label)}: ${t('drafting.all-parts')}</a></p>
      <${ErrorSummary}
        errors=${firstAtEach(errors).map(error => ({ name: nearest(error.pointer, page), message: labelledFault(error, work.form, visit) }))}
        visit=${visit}
      />
      <div class=${similar?.length === 0 ? '' : 'columns'}>
        <form
          method="post"
          action=${addressOf(work, page)}
          enctype=${holds(page, isFileHash) ? 'multipart/form-data' : undefined}
          data-autosave
          class="step"
        >
          <button class="ds-sr-only" name="act" value="next" tabindex="-1" aria-hidden="true"></button>
          <input type="hidden" name="seen" value=${seenMark(work.given, page.places)} />
          <h1>${title}</h1>
          ${isAlone && only && page.step.kind === 'fields' && html`<p class="lead">${words(only.field.description)}</p>`}
          ${told}
          ${Object.keys(proposed).length > 0 && html`<p class="note">${t('drafting.proposed')}</p>`}
          <${Content} office=${office} page=${page} asking=${asking} work=${work} audience=${audience} />
          <div class="actions">
            <button class="ds-button" name="act" value="next">${t('drafting.save-next')}</button>
            <button class="ds-button" data-variant="tertiary" name="act" value="later">${t('drafting.save-later')}</button>
            <span id="saved" class="quiet" role="status"></span>
          </div>
          ${holds(page, isCountry) && html`<${CountryList} visit=${visit} members=${membersOf(office)} />`}
        </form>
        ${similar?.length !== 0 && html`<${SimilarNotices} work=${work} found=${similar} visit=${visit} office=${office} />`}
      </div>
    `,
  }
}

/** Shown until somebody has chosen: nothing of it is kept before. */
async function proposedFor(office: Office, { work, page }: ShownStep): Promise<Answers> {
  const isAsked = page.step.kind === 'audience' && !isAnswered(work.answers, '/parts/body/to')
  const id = isAsked ? work.answers['/refs/0/id']?.[0] : undefined
  if (id === undefined) return {}
  return proposedAudience(work.type, await office.desk.notices.find(id, { nominal: false }), office)
}

function askingOf(
  { desk }: Office,
  visit: MemberVisit,
  { work, errors = [] }: ShownStep,
  proposed: Answers,
): Asking {
  const at = visit.url.searchParams.get('find')
  const text = visit.url.searchParams.get('q') ?? ''
  return {
    visit,
    answers: { ...work.answers, ...proposed },
    errors,
    parties: partiesIn(work.answers, visit),
    unasked: desk.types.flatMap(type =>
      type.name === work.type.name && type.answers ? [type.answers.field] : [],
    ),
    input: Input,
    ...(at !== null && { search: { at, text } }),
  }
}

interface ContentOf {
  office: Office
  work: Work
  page: StepPage
  asking: Asking
  audience: Audience | undefined
}

function Content({ office, work, page, asking, audience }: ContentOf) {
  if (audience !== undefined)
    return html`<${AudienceInputs} audience=${audience} asking=${asking} office=${office} />`
  if (page.step.kind === 'parties') return html`<${PartiesInputs} step=${page.step} asking=${asking} />`
  if (page.list !== undefined && page.number === undefined)
    return html`<${Entries} work=${work} page=${page} asking=${asking} />`
  return html`
    <${Inputs} fields=${page.fields} asking=${asking} />
    ${
      page.list !== undefined &&
      html`<button class="ds-button" data-variant="secondary" name="act" value=${`add:${page.list.at}`}>
        ${asking.visit.t('drafting.add', { what: asking.visit.words(page.list.field.item.title) })}
      </button>`
    }
  `
}

/** A long list: each entry by its name, with what can be done with it. */
function Entries({ work, page: { list, step }, asking }: Omit<ContentOf, 'office' | 'audience'>) {
  if (list === undefined) return null
  const { t, words } = asking.visit
  const item = words(list.field.item.title)
  return html`
    <ol class="plain-list rows">
      ${numbersAt(work.answers, list.at).map((number, index) => {
        const at = below(list.at, number)
        const wrong = errorsAt(work.errors, [at]).length > 0
        const id = work.answers[`${at}/itemId`]?.[0] || work.answers[`${at}/watchId`]?.[0] || ''
        const label = findGoods(id)?.label
        const what =
          label === undefined ? t('drafting.entry', { what: item, number: index + 1 }) : words(label)
        return html`
          <li key=${at}>
            <p class="row-title">${what}</p>
            <p>
              ${wrong && html`<span>${t('drafting.step-problems')} · </span>`}
              <a href=${`/drafts/${work.id}/${step.id}?entry=${number}`}>
                ${t('drafting.change')}<span class="ds-sr-only"> ${what}</span>
              </a>
            </p>
            <button class="ds-button" data-variant="tertiary" name="act" value=${`remove:${at}`}>
              ${t('drafting.remove', { what })}
            </button>
          </li>
        `
      })}
    </ol>
    <button class="ds-button" data-variant="secondary" name="act" value=${`add:${list.at}`}>
      ${t('drafting.add', { what: item })}
    </button>
  `
}

function titleOf({ step, list, number }: StepPage, visit: MemberVisit): string {
  if (list === undefined || number === undefined) return stepTitle(step, visit)
  return visit.t('drafting.entry', { what: visit.words(list.field.item.title), number: number + 1 })
}

function membersOf({ desk }: Office): string[] {
  return desk.registry().members.members.map(({ id }) => id)
}

function holds({ fields }: StepPage, is: (field: Field) => boolean): boolean {
  const within = (field: Field): boolean => {
    if (field.kind === 'group') return field.fields.some(within)
    return field.kind === 'list' || field.kind === 'keyed' ? within(field.item) : is(field)
  }
  return fields.some(({ field }) => within(field))
}

function isCountry({ kind }: Field): boolean {
  return kind === 'country'
}

function isFileHash({ name }: Field): boolean {
  return name === fileHashField
}

/** One thing at a time for each field. */
function firstAtEach(errors: readonly FieldError[]): FieldError[] {
  return [...new Map(errors.toReversed().map(error => [error.pointer, error])).values()].toReversed()
}

/** The input that an error is at, or the nearest around it. */
function nearest(pointer: string, { fields }: StepPage): string {
  const place = fields.find(({ at }) => pointer === at || pointer.startsWith(`${at}/`))
  return place === undefined ? pointer : pointer.replace(/\/(readers|grounds|legitimateUse)\/\d+$/, '/$1')
}
