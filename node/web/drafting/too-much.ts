import type { FieldError } from '#protocol'
import type { Answers } from '../../desk/drafting.ts'
import { draftingLimits } from '../../desk/drafting-limits.ts'
import type { MemberVisit } from '../visit.ts'
import { type Field, fieldAt, type Group } from './form/describe.ts'
import { below, stepsOf } from './form/pointer.ts'

/** Answers that are so far too long, or so many, that they are not even kept to be shortened. */
export function tooMuchIn(answers: Answers, form: Group, visit: MemberVisit): FieldError[] {
  return [...tooLongIn(answers, form, visit), ...tooManyIn(answers, form, visit)]
}

function tooLongIn(answers: Answers, form: Group, { t }: MemberVisit): FieldError[] {
  return Object.entries(answers).flatMap(([name, texts]) => {
    const most = mostOf(fieldAt(form, stepsOf(name)))
    const count = Math.max(0, ...texts.map(text => text.length))
    if (count <= most) return []
    return [{ pointer: name, code: 'too-much', detail: t('drafting.answer-too-long', { count, most }) }]
  })
}

/** Lists and records with more entries than there may be. */
function tooManyIn(answers: Answers, form: Group, { t }: MemberVisit): FieldError[] {
  const found = new Map<string, { most: number; entries: Set<string> }>()
  for (const name of Object.keys(answers)) {
    let field: Field | undefined = form
    let at = ''
    for (const step of stepsOf(name)) {
      const most = entriesMostOf(field)
      if (most !== undefined)
        found.set(at, { most, entries: (found.get(at)?.entries ?? new Set()).add(step) })
      field = field && fieldAt(field, [step])
      at = below(at, step)
    }
  }
  return [...found]
    .filter(([, { most, entries }]) => entries.size > most)
    .map(([pointer, { most }]) => ({
      pointer,
      code: 'too-much',
      detail: t('drafting.too-many-entries', { most }),
    }))
}

function entriesMostOf(field: Field | undefined): number | undefined {
  if (field?.kind === 'keyed') return draftingLimits.entriesMost
  return field?.kind === 'list' ? field.most : undefined
}

function mostOf(field: Field | undefined): number {
  const isText = field?.kind === 'text' || field?.kind === 'prose'
  if (!isText || field.most === undefined) return draftingLimits.answerCharacters
  return field.most * draftingLimits.answerTimesMost
}
