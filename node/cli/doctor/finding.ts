import type { FieldError } from '#protocol'
import { isOurs } from '../exit.ts'

/** What one check found: one line of what is so, and one of what to do where something can be done. */
export interface Finding {
  check: string
  state: 'ok' | 'warning' | 'wrong'
  what: string
  todo?: string
}

export function ok(check: string, what: string, todo?: string): Finding {
  return { check, state: 'ok', what, ...(todo !== undefined && { todo }) }
}

export function warning(check: string, what: string, todo: string): Finding {
  return { check, state: 'warning', what, todo }
}

export function wrong(check: string, what: string, todo: string): Finding {
  return { check, state: 'wrong', what, todo }
}

/** Our errors say first what happened, then what to do; one with wrong fields says which. */
export function failed(check: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const end = isOurs(error) ? message.search(/\. (?=[A-Z])/) : -1
  if (end < 0) return wrong(check, message, 'Mend this, then run "focalpoint doctor" again.')
  const fields = fieldErrorsOf(error).map(({ pointer, detail }) => ` ${pointer} ${detail}.`)
  return wrong(check, `${message.slice(0, end)}.${fields.join('')}`, message.slice(end + 2))
}

function fieldErrorsOf(error: unknown): readonly FieldError[] {
  return isOurs(error) && 'errors' in error.details ? error.details.errors : []
}
