import type { z } from 'zod'
import type { FieldError } from './errors.ts'

type Issue = z.core.$ZodIssue

/** Everything wrong with this value by this form, with pointers that begin at `base`; empty when it follows it. */
export function formErrors(form: z.ZodType, value: unknown, base = ''): FieldError[] {
  return formIssues(form, value).map(({ path, code, detail }) => ({
    pointer: base + pointerOf(path),
    code,
    detail,
  }))
}

/** As formErrors, with paths: for a form inside a form. */
export function formIssues(
  form: z.ZodType,
  value: unknown,
): { path: PropertyKey[]; code: string; detail: string }[] {
  const parsed = form.safeParse(value, { reportInput: true, error: plainWords })
  return (parsed.error?.issues ?? []).flatMap(issue => {
    if (issue.code !== 'unrecognized_keys')
      return [{ path: issue.path, code: codeOf(issue), detail: issue.message }]
    return issue.keys.map(name => ({
      path: [...issue.path, name],
      code: 'unknown',
      detail: 'There is no such field here.',
    }))
  })
}

/** RFC 6901. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const codes = {
  invalid_type: 'type',
  invalid_value: 'vocabulary',
  invalid_format: 'form',
  invalid_key: 'form',
  too_big: 'too-much',
  too_small: 'too-little',
} as const

function codeOf(issue: Issue): string {
  if (isMissing(issue)) return 'missing'
  if (issue.code === 'custom') return String(issue.params?.code ?? 'rule')
  return issue.code in codes ? codes[issue.code as keyof typeof codes] : 'rule'
}

function isMissing(issue: { code: string; input?: unknown }): boolean {
  return (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined
}

/** What zod found, in the words of an officer. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (isMissing(issue)) return 'This is needed.'
  if (issue.code === 'invalid_type') return `This must be ${kinds[issue.expected] ?? issue.expected}.`
  if (issue.code === 'invalid_value') return `Use one of: ${issue.values.join(', ')}.`
  if (issue.code === 'invalid_union') return 'This has none of the forms that it may have.'
  if (issue.code === 'invalid_key') return 'This key is not written as it must be.'
  if (issue.code === 'too_big') return `This may have at most ${issue.maximum}${unitOf(issue.origin)}.`
  if (issue.code === 'too_small') return `This must have at least ${issue.minimum}${unitOf(issue.origin)}.`
  return undefined
}

const kinds: { [expected: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no (true or false)',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}
