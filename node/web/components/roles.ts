import { type Role, roles } from '../../people.ts'
import type { Visit } from '../visit.ts'
import type { Choice } from './field.ts'

/** Roles to tick, each with what it may do. */
export function roleChoices({ words, t }: Visit, offered: readonly Role[] = roles): Choice[] {
  return offered.map(role => ({ value: role, label: words(role), description: t(`people.may.${role}`) }))
}

/** Those that were ticked; what is no role is left out. */
export function rolesIn(fields: URLSearchParams): Role[] {
  return roles.filter(role => fields.getAll('roles').includes(role))
}
