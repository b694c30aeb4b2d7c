import type { Answers } from '../../desk/drafting.ts'
import type { MemberVisit } from '../visit.ts'
import type { Field } from './form/describe.ts'
import { numbersAt } from './form/edit.ts'
import { below } from './form/pointer.ts'
import type { PlacedField, Step } from './form/steps.ts'
import { placesOf, type Work } from './work.ts'

/** What one page of the form shows: a step, or one entry of a long list. */
export interface StepPage {
  step: Step
  fields: readonly PlacedField[]
  places: readonly string[]
  /** A list of which each entry has a page of its own. */
  list?: PlacedField & { field: Field & { kind: 'list' } }
  /** Which entry; absent where all are listed. */
  number?: number
}

/** An entry that asks more than this has a page of its own. */
const entryFieldsMost = 5

export function pageOf(work: Work, visit: MemberVisit): StepPage | undefined {
  const step = work.steps.find(({ id }) => id === visit.params.step)
  if (step === undefined) return undefined
  const [first] = step.fields
  const whole = { step, fields: step.fields, places: placesOf(step) }
  if (step.fields.length !== 1 || first?.field.kind !== 'list' || !isLong(first.field.item)) return whole
  const list = { at: first.at, field: first.field }
  const held = numbersAt(work.given, first.at)
  const asked = visit.url.searchParams.get('entry')
  const number = asked === null ? (held.length > 1 ? undefined : (held[0] ?? 0)) : Number(asked)
  if (number === undefined || !Number.isSafeInteger(number)) return { ...whole, list }
  const at = below(first.at, number)
  return { step, fields: [{ at, field: first.field.item }], places: [at], list, number }
}

function isLong(item: Field): boolean {
  return item.kind === 'group' && item.fields.length > entryFieldsMost
}

/** Where a page is found again. */
export function addressOf(work: Work, { step, number }: StepPage): string {
  return `/drafts/${work.id}/${step.id}${number === undefined ? '' : `?entry=${number}`}`
}

/** The parties, for fields that name one of them. */
export function partiesIn(answers: Answers, { words }: MemberVisit): { key: string; label: string }[] {
  return Object.entries(answers).flatMap(([name, [role = '']]) => {
    const [, key] = /^\/body\/(?:replacement\/)?parties\/([^/]+)\/role$/.exec(name) ?? []
    if (key === undefined) return []
    const called = answers[`/nominal/${key}/name`]?.[0]
    return [{ key, label: [words(role || key), called].filter(Boolean).join(' – ') }]
  })
}
