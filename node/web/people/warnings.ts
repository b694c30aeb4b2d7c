import type { Person } from '../../people.ts'
import type { MessageKey } from '../words/messages.ts'

/** What an administrator should know about the persons of this node. */
export function warningsFor(people: readonly Person[]): MessageKey[] {
  const active = people.filter(each => !each.disabled)
  const admins = active.filter(each => each.roles.includes('admin'))
  const both = active.some(({ roles }) => roles.includes('officer') && roles.includes('releaser'))
  const released = active.filter(each => each.roles.includes('releaser'))
  return [
    ...(admins.length === 1 ? (['people.warn-one-admin'] as const) : []),
    ...(released.length === 0 ? (['people.warn-no-releaser'] as const) : []),
    ...(both ? (['people.warn-both'] as const) : []),
  ]
}
