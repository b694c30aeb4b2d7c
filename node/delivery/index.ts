import { setTimeout as wait } from 'node:timers/promises'
import type { DeliveryCounts } from '../subscription.ts'
import { Courier } from './courier.ts'
import { type DeliveryDesk, deliveryDesk } from './deliveries.ts'
import { deliveryLimits } from './limits.ts'
import { type DeliveryOptions, mayBeTold } from './options.ts'
import { Outbox } from './outbox.ts'
import { pause } from './pause.ts'
import { remind } from './reminders.ts'
import type { Room } from './room.ts'
import { type SubscriptionDesk, subscriptionDesk } from './subscriptions.ts'
import { Targets } from './target.ts'

export type { DeliveryOptions } from './options.ts'

/** Reminders are hours old, and what is tidied away days. */
const lookEveryMs = 60_000
/** After a failure of the store, which goes on by itself within seconds. */
const againAfterMs = 1000

export interface Delivery extends AsyncDisposable {
  desk: SubscriptionDesk & DeliveryDesk
  counts: () => DeliveryCounts
  /** Looks at reminders, owners and what is old now, instead of at the next turn. */
  look: () => Promise<void>
}

/** Tells the subscribers what comes in, from here on until it is disposed. */
export async function openDelivery(options: DeliveryOptions): Promise<Delivery> {
  const { subscriptions, deliveries, feed, now, onLoopError } = options
  const closing = new AbortController()
  const { signal } = closing
  const targets = new Targets({ ...options, ...(options.lookUp && { lookUp: options.lookUp }) })
  const outbox = new Outbox(options)
  let nudge = Promise.withResolvers<void>()
  const onChanged = () => {
    nudge.resolve()
    nudge = Promise.withResolvers<void>()
  }
  const courier = new Courier(options, { targets, signal, onDelivered: onChanged })
  const room: Room = { options, targets, courier, onChanged }

  async function look(): Promise<void> {
    for (const { id, target, person, paused } of subscriptions.list()) {
      if (paused === undefined && !mayBeTold(options.rolesOf(person)))
        await pause(subscriptions, id, { code: 'owner-may-not', at: now() })
      if (paused === undefined && target.kind === 'webhook' && subscriptions.secretOf(id) === undefined)
        await pause(subscriptions, id, { code: 'secret-missing', at: now() })
      await deliveries.tidy(id, now() - deliveryLimits.keptSeconds)
    }
    await remind(options)
    courier.wake()
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      const seen = feed.last()
      onChanged()
      await feed.changed(seen, signal)
    }
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      // Taken before the feed is read: what comes in between ends the wait at once.
      const nudged = nudge.promise
      try {
        await outbox.fill(() => courier.wake())
        courier.wake()
        await nudged
      } catch (error) {
        onLoopError(error)
        await wait(againAfterMs, undefined, { signal }).catch(() => {})
      }
    }
  }

  await look()
  const looking = setInterval(() => void look().catch(onLoopError), lookEveryMs).unref()
  const following = Promise.all([follow(), watch()])
  return {
    desk: { ...subscriptionDesk(room), ...deliveryDesk(room) },
    look,
    counts: () => countsOf(options),
    async [Symbol.asyncDispose]() {
      clearInterval(looking)
      closing.abort()
      onChanged()
      await following
      await courier.idle()
    },
  }
}

function countsOf({ subscriptions, deliveries, now }: DeliveryOptions): DeliveryCounts {
  const all = subscriptions.list()
  const heads = all.flatMap(({ id }) => deliveries.head(id) ?? [])
  return {
    waiting: all.reduce((sum, { id }) => sum + deliveries.waiting(id), 0),
    oldestSeconds: Math.max(0, ...heads.map(({ madeAt }) => now() - madeAt)),
    deadLetters: all.reduce((sum, { id }) => sum + deliveries.dead(id).length, 0),
    active: all.filter(({ paused }) => paused === undefined).length,
    paused: all.flatMap(({ paused, label }) => (paused ? [{ ...paused, label }] : [])),
  }
}
