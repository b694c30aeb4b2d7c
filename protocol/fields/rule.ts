import type { z } from 'zod'

/** What a rule over several fields finds wrong: `path` from the form it is added to. */
export interface Fault {
  path: (string | number)[]
  says: string
  /** `missing` where the field would have been needed; else `rule`. */
  code?: 'missing' | 'rule'
}

/**
 * Adds a rule over the fields that it reads. It is asked whenever these are well-formed by themselves, whatever is
 * wrong elsewhere, so that a draft hears of every wrong field at once.
 */
export function addRule<Form extends z.ZodObject, Field extends keyof z.infer<Form>>(
  form: Form,
  reads: readonly Field[],
  faults: (value: Pick<z.infer<Form>, Field>) => Fault[],
): Form {
  return form.superRefine(
    (value, context) => {
      for (const { path, says, code = 'rule' } of faults(value as z.infer<Form>)) {
        context.addIssue({ code: 'custom', path, message: says, params: { code }, input: undefined })
      }
    },
    {
      when: ({ value, issues }) =>
        typeof value === 'object' &&
        value !== null &&
        !issues.some(({ path, code }) =>
          path?.length ? reads.includes(path[0] as Field) : code !== 'unrecognized_keys',
        ),
    },
  )
}

/** One fault when `wrong`, none else. */
export function faultIf(wrong: boolean, ...fault: [path: Fault['path'], says: string]): Fault[] {
  return wrong ? [{ path: fault[0], says: fault[1] }] : []
}

/** The fault of a field that the others make necessary. */
export function missingIf(missing: boolean, field: string, says: string): Fault[] {
  return missing ? [{ path: [field], says, code: 'missing' }] : []
}
