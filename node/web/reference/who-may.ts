import type { Visit } from '../visit.ts'
import { type Operation, rolesOf } from './description.ts'

/** In the reader's language. */
export function whoMay(operation: Operation, { t, words, formats }: Visit): string {
  const roles = rolesOf(operation)
  if (roles === undefined) return t('reference.anyone')
  return roles.length === 0 ? t('reference.every-role') : formats.list(roles.map(words))
}
