import { FocalpointError } from '#protocol'
import type { Delivery, Subscription } from '../subscription.ts'
import type { Courier } from './courier.ts'
import type { DeliveryOptions } from './options.ts'
import type { Targets } from './target.ts'

/** What the people's side of this room works with. */
export interface Room {
  options: DeliveryOptions
  targets: Targets
  courier: Courier
  /** There may be more to look at. */
  onChanged: () => void
}

/** Throws `not-found`. */
export function getSubscription({ options }: Room, id: string): Subscription {
  return options.subscriptions.find(id) ?? missing('subscription', id)
}

/** Throws `not-found`. */
export function getDelivery({ options }: Room, subscription: string, id: string): Delivery {
  return options.deliveries.find(subscription, id) ?? missing('delivery', id)
}

/** After a restore there is none. Throws `conflict`. */
export function checkSecret({ options }: Room, { id, target }: Subscription): void {
  if (target.kind === 'webhook' && options.subscriptions.secretOf(id) === undefined)
    throw conflict('Its secret is not here, as after a restore: rotate the secret first.')
}

/** Throws `cursor-malformed` for a place that this node has not given. */
export function checkCursor({ options }: Room, cursor: number): void {
  const last = options.feed.last()
  if (cursor <= last) return
  throw new FocalpointError(
    'cursor-malformed',
    `This node has not given the cursor ${cursor}: its last event is ${last}.`,
    { cursor: String(cursor) },
  )
}

export function conflict(what: string): FocalpointError<'conflict'> {
  return new FocalpointError('conflict', what, { what })
}

function missing(what: 'subscription' | 'delivery', id: string): never {
  throw new FocalpointError('not-found', `There is no such ${what}.`, { what, id })
}
