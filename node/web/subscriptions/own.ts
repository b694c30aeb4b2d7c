import { FocalpointError } from '#protocol'
import type { Desk } from '../../desk/desk.ts'
import type { SubscriptionView } from '../../subscription.ts'
import { has, type MemberVisit } from '../visit.ts'

/** The one at this address. Somebody else's is not there, for whoever asks: as in the API. Throws `not-found`. */
export function ownSubscription(
  { subscriptions }: Pick<Desk, 'subscriptions'>,
  visit: MemberVisit,
  { isForAdmin = false } = {},
): SubscriptionView {
  const id = visit.params.id ?? ''
  const found = subscriptions.find(id)
  if (found && (isOwn(found, visit) || (isForAdmin && has(visit, 'admin')))) return found
  throw new FocalpointError('not-found', 'You have no such subscription.', { what: 'subscription', id })
}

export function isOwn({ person }: Pick<SubscriptionView, 'person'>, { visitor }: MemberVisit): boolean {
  return person === visitor.person.id
}
