import type { FieldError } from '#protocol'
import type { Answers } from '../../../desk/drafting.ts'
import type { Markup } from '../../html.ts'
import type { Visit } from '../../visit.ts'
import type { Field } from '../form/describe.ts'
import { isWithin } from '../form/pointer.ts'

/** What every input of a page is shown with. */
export interface Asking {
  visit: Visit
  answers: Answers
  /** Empty while nothing was sent. */
  errors: readonly FieldError[]
  /** Parties of this draft: key → what they are. */
  parties: readonly { key: string; label: string }[]
  /** Names of fields that this form does not ask. */
  unasked: readonly string[]
  /** The input of any field: fields hold fields. */
  input: (props: InputOf) => Markup
  /** Which goods somebody searches for: where, and by which words. */
  search?: { at: string; text: string }
}

export interface InputOf {
  at: string
  field: Field
  asking: Asking
  /** The page is about this field alone: its title is the page's. */
  isAlone?: boolean
}

export function textAt({ answers }: Asking, at: string): string {
  return answers[at]?.[0] ?? ''
}

/** What is wrong with the value at this place; `deep`: or in it. */
export function errorOf({ errors, visit }: Asking, at: string, { deep = false } = {}): string | undefined {
  const found = errors.find(({ pointer }) => (deep ? isWithin(pointer, at) : pointer === at))
  return found && visit.words(found.detail)
}
