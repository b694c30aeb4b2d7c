import {
  dayOf,
  type FieldError,
  FocalpointError,
  findNoticeType,
  isError,
  isObject,
  type JsonObject,
  type NoticeType,
  parseDraft,
  sha256,
} from '#protocol'
import type { Answers, StoredDraft, UnfinishedDraft } from '../../desk/drafting.ts'
import type { Office } from '../office.ts'
import type { Redirect } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'
import { answersOf, isAnswered } from './form/answers.ts'
import { formOf, type Group } from './form/describe.ts'
import { filled } from './form/filled.ts'
import { isWithin } from './form/pointer.ts'
import { type Step, stepsIn } from './form/steps.ts'

/** A draft as somebody has it before them: what was answered, what the program adds, and what is wrong with it. */
export interface Work {
  id: string
  type: NoticeType
  /** As kept. */
  given: Answers
  /** With what the program fills in. */
  answers: Answers
  form: Group
  value: JsonObject
  steps: readonly Step[]
  errors: readonly FieldError[]
  author: string
  editors: readonly string[]
  updatedAt: number
  mayWrite: boolean
  unfinished?: UnfinishedDraft
  /** Complete, and waiting for release; where `unfinished` is there, too, it is being changed. */
  draft?: StoredDraft
}

export type StepState = 'done' | 'problems' | 'todo' | 'empty'

/** Whoever drafts everything, and whoever drafts only their own. */
export function mayWrite(visit: MemberVisit, author: string): boolean {
  return has(visit, 'officer') || (has(visit, 'customs') && author === visit.visitor.person.id)
}

/** Releasers read every draft, and whoever may write at it. */
export function mayRead(visit: MemberVisit, author: string): boolean {
  return has(visit, 'releaser') || mayWrite(visit, author)
}

/** What is before this visitor, or where it went. Throws `not-found`, also for what is not theirs to see. */
export function openWork(office: Office, visit: MemberVisit): Work | Redirect {
  const id = visit.params.id ?? ''
  const { desk } = office
  const notice = desk.drafts.releasedAs(id)
  if (notice !== undefined) return { to: `/notices/${notice}` }
  const unfinished = desk.unfinished.find(id)
  const draft = desk.drafts.find(id)
  const author = unfinished?.author ?? draft?.author
  if (author === undefined || !mayRead(visit, author))
    throw new FocalpointError('not-found', 'There is no such draft, or it is not yours.', {
      what: 'draft',
      id,
    })
  return workOf(office, visit, { unfinished, draft })
}

export interface Held {
  unfinished: UnfinishedDraft | undefined
  draft: StoredDraft | undefined
}

export function workOf({ desk }: Office, visit: MemberVisit, { unfinished, draft }: Held): Work {
  const held = unfinished ?? draft
  const type = findNoticeType(unfinished?.type ?? draft?.draft.type ?? '', desk.types)
  if (held === undefined || type === undefined)
    throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id: held?.id ?? '' })
  const given = unfinished?.answers ?? answersOfDraft(draft, type, desk.types)
  const made = filled(given, { type, types: desk.types, day: dayOfVisit(visit) })
  return {
    id: held.id,
    type,
    given,
    ...made,
    steps: stepsIn(made.form, type),
    errors: [
      ...errorsIn(made.value, { types: desk.types, member: desk.member, isDrill: isDrill(made.value) }),
      ...dayErrors(type, made.value, dayOfVisit(visit)),
    ],
    author: held.author,
    editors: [...new Set([...(draft?.editors ?? []), ...(unfinished?.editors ?? [])])],
    updatedAt: held.updatedAt,
    mayWrite: mayWrite(visit, held.author),
    ...(unfinished && { unfinished }),
    ...(draft && { draft }),
  }
}

export function dayOfVisit({ now }: { now: number }): string {
  return dayOf(now)
}

function answersOfDraft(
  draft: StoredDraft | undefined,
  type: NoticeType,
  types: readonly NoticeType[],
): Answers {
  const value = draft?.draft as unknown as JsonObject | undefined
  return answersOf(value, formOf(type, value, types))
}

function isDrill({ exercise }: JsonObject): boolean {
  return exercise === true
}

function errorsIn(
  value: JsonObject,
  { types, member, isDrill }: { types: readonly NoticeType[]; member: string; isDrill: boolean },
): readonly FieldError[] {
  try {
    parseDraft(value, { types, ...(!isDrill && { member }) })
    return []
  } catch (thrown) {
    if (isError(thrown, 'draft-invalid')) return thrown.details.errors
    if (isError(thrown)) return [{ pointer: '/body/goods', code: thrown.code, detail: thrown.message }]
    throw thrown
  }
}

/** A group of a draft that may not be there yet. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const held = value[name]
  return isObject(held) ? (held as JsonObject) : {}
}

/** Also of a drill, for whoever writes it. */
export function dayErrors(type: NoticeType, { body }: JsonObject, day: string): FieldError[] {
  if (!isObject(body)) return []
  const faults = type.faultsOn?.(body as never, day) ?? []
  return faults.map(fault => ({ ...fault, pointer: `/body${fault.pointer}` }))
}

/** What is wrong on one page, or in these places of it. */
export function errorsAt(errors: readonly FieldError[], places: readonly string[]): FieldError[] {
  return errors.filter(({ pointer }) =>
    places.some(
      place =>
        isWithin(pointer, place) || (pointer !== '' && pointer !== '/body' && isWithin(place, pointer)),
    ),
  )
}

export function placesOf({ fields }: Step): string[] {
  return fields.map(({ at }) => at)
}

export function stateOf(step: Step, work: Work): StepState {
  const places = placesOf(step)
  const isGiven = places.some(place => isAnswered(withoutFirst(work.given), place))
  if (errorsAt(work.errors, places).length > 0) return isGiven ? 'problems' : 'todo'
  return step.isOptional && !isGiven ? 'empty' : 'done'
}

/** A reference is there before anybody has written anything. */
function withoutFirst({ '/body/networkRef': _, ...given }: Answers): Answers {
  return given
}

/** Where to go on: the first page that needs something. */
export function nextStep(work: Work, after?: Step): Step | undefined {
  const at = after === undefined ? -1 : work.steps.indexOf(after)
  const ordered = [...work.steps.slice(at + 1), ...work.steps.slice(0, at + 1)]
  return ordered.find(step => ['todo', 'problems'].includes(stateOf(step, work)))
}

/** What no page asks, such as a reference that is not here. */
export function errorsElsewhere(work: Work): FieldError[] {
  const shown = work.steps.flatMap(step => errorsAt(work.errors, placesOf(step)))
  return work.errors.filter(error => !shown.includes(error))
}

/** Tells whether what stands in these places is still what somebody was shown. */
export function seenMark(answers: Answers, places: readonly string[]): string {
  const here = Object.entries(answers)
    .filter(([name, texts]) => places.some(place => isWithin(name, place)) && texts.some(text => text !== ''))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return sha256(JSON.stringify(here)).slice(0, 16)
}

/** Keeps what was answered, unless it is what is held. Throws `draft-changed`. */
export async function keep(office: Office, visit: MemberVisit, work: Work, answers: Answers): Promise<Work> {
  const { desk } = office
  const { person } = visit.visitor
  if (seenMark(work.given, ['']) === seenMark(answers, [''])) {
    if (work.unfinished === undefined || sameNames(work.given, answers)) return work
  }
  const { unfinished: held, id, type } = work
  const unfinished =
    held === undefined
      ? await desk.unfinished.create({ type: type.name, answers, of: id }, person)
      : await desk.unfinished.replace(id, answers, person, { version: held.version })
  return workOf(office, visit, { unfinished, draft: work.draft })
}

/** An empty entry of a list is one more input, and nothing else. */
function sameNames(one: Answers, other: Answers): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every(name => Object.hasOwn(other, name))
}
