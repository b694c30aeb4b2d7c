import { type FieldError, isError } from '#protocol'
import type { Answers } from '../../desk/drafting.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { ChangedByOther } from './changed-by-other.ts'
import { added, compacted, removed, saved, withoutBlanks } from './form/edit.ts'
import { addressOf, pageOf, type StepPage } from './page-of-step.ts'
import { sentAnswers } from './sent.ts'
import { getPage, openForWriting, stepPage } from './step.ts'
import { tooMuchIn } from './too-much.ts'
import { errorsAt, keep, nextStep, seenMark, type Work } from './work.ts'

/** Keeps what the page sent, right or not; then does what its button says. */
export async function submitStep(office: Office, visit: MemberVisit): Promise<Answer> {
  try {
    return await saveStep(office, visit)
  } catch (thrown) {
    if (!isError(thrown, 'draft-changed') && !isError(thrown, 'conflict')) throw thrown
    // Another save was on its way to the disk, such as what the page saves by itself: once it is there, this one
    // begins anew from what is held then.
    await office.desk.unfinished.settled()
    return saveStep(office, visit)
  }
}

async function saveStep(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openForWriting(office, visit)
  if ('to' in work) return work
  const page = getPage(work, visit)
  const act = actOf(visit, work)
  const sent = sentAnswers(visit, work.form, office)
  const answers = saved(work.given, sent, page.places)
  if (isChangedByOther(work, page, visit, answers))
    return changed(office, visit, { work, page, answers, act })
  const edited = act.kind === 'save' ? answers : editedBy(act, answers, work, visit)
  const tooMuch = errorsAt(tooMuchIn(edited, work.form, visit), page.places)
  if (tooMuch.length > 0) return unkept(office, visit, { work, page, answers: sent, act, errors: tooMuch })
  try {
    const kept = await keep(office, visit, work, tidied(act, edited, work))
    return answerTo(office, visit, { work: kept, page, act })
  } catch (thrown) {
    const detail = whyUnkept(thrown, visit)
    if (detail === undefined) throw thrown
    const errors = [{ pointer: page.places[0] ?? '', code: 'too-much', detail }]
    return unkept(office, visit, { work, page, answers: sent, act, errors })
  }
}

/** Undefined for what is no lack of room. */
function whyUnkept(thrown: unknown, { t, wordsOf }: MemberVisit): string | undefined {
  if (isError(thrown, 'body-too-large'))
    return t('drafting.draft-too-long', { most: thrown.details.limit / 1024 })
  return isError(thrown, 'quota-reached') ? wordsOf(thrown) : undefined
}

interface Act {
  kind: 'next' | 'later' | 'autosave' | 'find' | 'add' | 'remove' | 'save'
  at: string
}

function actOf({ fields }: MemberVisit, work: Work): Act {
  const [kind = 'next', at = ''] = splitOnce(fields.get('act') ?? 'next')
  const isPicked = [...fields.keys()].some(name => name.startsWith('pick:'))
  const searching = [...fields].find(([name, text]) => name.startsWith('find:') && text.trim() !== '')
  const isKnown = work.given[`${searching?.[0].slice(5)}/itemId`]?.[0]
  if (kind === 'next' && searching && !isPicked && !isKnown)
    return { kind: 'find', at: searching[0].slice('find:'.length) }
  return kinds.has(kind) ? { kind: kind as Act['kind'], at } : { kind: 'next', at: '' }
}

const kinds = new Set(['next', 'later', 'autosave', 'find', 'add', 'remove'])

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** While somebody is still writing, or has just asked for one more entry, empty ones stay. */
function tidied({ kind }: Act, answers: Answers, { form }: Work): Answers {
  if (kind === 'autosave') return answers
  return kind === 'add' ? answers : compacted(withoutBlanks(answers, form), form)
}

function editedBy({ kind, at }: Act, answers: Answers, { form }: Work, { fields }: MemberVisit): Answers {
  if (kind === 'add') return added(answers, form, at, fields.get(`new:${at}`) ?? undefined)
  return kind === 'remove' ? removed(answers, at) : answers
}

/** Somebody else answered on this page since it was shown, and otherwise. */
function isChangedByOther(
  work: Work,
  page: StepPage,
  { fields, visitor }: MemberVisit,
  answers: Answers,
): boolean {
  const seen = fields.get('seen')
  const held = seenMark(work.given, page.places)
  const isByOther = work.unfinished !== undefined && work.unfinished.by !== visitor.person.id
  return isByOther && seen !== null && seen !== held && seenMark(answers, page.places) !== held
}

interface Sent {
  work: Work
  page: StepPage
  act: Act
}

/** Nothing is kept: what was sent stays in the form, and what is held stands beside it. */
function changed(
  office: Office,
  visit: MemberVisit,
  { work, page, answers, act }: Sent & { answers: Answers },
): Answer | Promise<Answer> {
  const name = office.people.find(work.unfinished?.by ?? '')?.name ?? visit.t('drafting.somebody')
  if (act.kind === 'autosave')
    return { fragment: html`<span data-stop>${visit.t('drafting.changed-autosave', { name })}</span>` }
  const told = html`<${ChangedByOther} work=${work} page=${page} name=${name} visit=${visit} />`
  return stepPage(office, visit, {
    work: { ...work, answers: { ...work.answers, ...answers } },
    page,
    told,
    status: 412,
  })
}

/** Nothing is kept, for it is too long: what was sent stays in the form, to be shortened. */
function unkept(
  office: Office,
  visit: MemberVisit,
  { work, page, answers, act, errors }: Sent & { answers: Answers; errors: FieldError[] },
): Answer | Promise<Answer> {
  if (act.kind === 'autosave')
    return { fragment: html`<span>${visit.t('drafting.too-long-autosave')}</span>` }
  const shown = { ...work, answers: { ...work.answers, ...answers } }
  return stepPage(office, visit, { work: shown, page, errors, status: 413 })
}

function answerTo(office: Office, visit: MemberVisit, { work, page, act }: Sent): Answer | Promise<Answer> {
  const here = addressOf(work, page)
  if (act.kind === 'autosave') return savedFragment(visit, work, page)
  if (act.kind === 'later') return { to: `/drafts/${work.id}` }
  if (act.kind === 'find') return { to: findAddress(here, act.at, visit.fields.get(`find:${act.at}`) ?? '') }
  if (act.kind === 'add' && page.list?.at === act.at) return { to: entryAddress(work, page, act.at) }
  if (act.kind === 'add') return { to: here }
  if (act.kind === 'remove') return { to: `/drafts/${work.id}/${page.step.id}` }
  if ([...visit.fields.keys()].some(name => name.startsWith('pick:'))) return { to: here }
  const fresh = pageOf(work, visit) ?? page
  const errors = errorsAt(work.errors, page.places)
  if (errors.length > 0) return stepPage(office, visit, { work, page: fresh, errors, status: 422 })
  if (
    page.number !== undefined &&
    fresh.list &&
    entriesIn(work, fresh.list.at) > 1 &&
    visit.url.searchParams.has('entry')
  )
    return { to: `/drafts/${work.id}/${page.step.id}` }
  const next = nextStep(work, page.step)
  return { to: next === undefined ? `/drafts/${work.id}/check` : `/drafts/${work.id}/${next.id}` }
}

function savedFragment({ t, formats, now }: MemberVisit, { given }: Work, { places }: StepPage): Answer {
  const at = formats.time(now)
  return { fragment: html`<span data-seen=${seenMark(given, places)}>${t('drafting.saved', { at })}</span>` }
}

function findAddress(here: string, at: string, text: string): string {
  const found = new URLSearchParams({ find: at, q: text })
  return `${here}${here.includes('?') ? '&' : '?'}${found}`
}

function entriesIn(work: Work, at: string): number {
  return new Set(
    Object.keys(work.given).flatMap(name =>
      name.startsWith(`${at}/`) ? [name.slice(at.length + 1).split('/')[0]] : [],
    ),
  ).size
}

function entryAddress(work: Work, { step }: StepPage, at: string): string {
  return `/drafts/${work.id}/${step.id}?entry=${entriesIn(work, at) - 1}`
}
