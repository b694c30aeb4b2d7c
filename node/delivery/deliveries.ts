import { randomUUID } from 'node:crypto'
import { FocalpointError } from '#protocol'
import type {
  Delivery,
  DeliveryState,
  DeliveryView,
  FeedView,
  Replay,
  SubscriptionView,
  Telling,
} from '../subscription.ts'
import { deliveryId } from './event.ts'
import { feedOf } from './feed.ts'
import { deliveryLimits } from './limits.ts'
import { cursorBefore } from './replay.ts'
import { checkCursor, checkSecret, conflict, getDelivery, getSubscription, type Room } from './room.ts'
import { subscriptionView } from './subscriptions.ts'

/** What people do with what was told. */
export interface DeliveryDesk {
  test: (subscription: string) => Promise<DeliveryView>
  replay: (subscription: string, replay: Replay) => Promise<SubscriptionView>
  deliveries: (
    subscription: string,
    o: { before?: number; limit: number; state?: DeliveryState },
  ) => Promise<DeliveryView[]>
  delivery: (subscription: string, id: string) => Promise<DeliveryView | undefined>
  opened: (subscription: string, id: string) => Promise<DeliveryView>
  feed: (link: string) => Promise<FeedView | undefined>
}

export function deliveryDesk(room: Room): DeliveryDesk {
  const { deliveries, now } = room.options
  const viewOf = async (delivery: Delivery): Promise<DeliveryView> => ({
    ...delivery,
    tried: await deliveries.attempts(delivery.subscription, delivery.id),
  })
  return {
    test: async subscription => viewOf(await sendTest(room, subscription)),
    replay: (subscription, replay) => replayTo(room, subscription, replay),
    deliveries: async (subscription, asked) =>
      Promise.all((await deliveries.page(subscription, asked)).map(viewOf)),
    async delivery(subscription, id) {
      const found = deliveries.find(subscription, id)
      return found && viewOf(found)
    },
    async opened(subscription, id) {
      const { reminderOf } = getDelivery(room, subscription, id)
      for (const each of [id, ...(reminderOf === undefined ? [] : [reminderOf])])
        await deliveries.change(subscription, each, held => ({ ...held, openedAt: held.openedAt ?? now() }))
      return viewOf(getDelivery(room, subscription, id))
    },
    feed: link => feedOf(link, room.options),
  }
}

async function sendTest(room: Room, id: string): Promise<Delivery> {
  const { subscriptions, deliveries, now } = room.options
  const subscription = getSubscription(room, id)
  if (subscription.target.kind === 'feed')
    throw conflict('A feed is read and not sent: open its link to see what is in it.')
  checkSecret(room, subscription)
  const secret = subscriptions.secretOf(id)
  const at = now()
  const test = deliveryId(id, { kind: 'test', subject: randomUUID() })
  if (room.courier.isBusy(id)) throw busy()
  await deliveries.add(id, [{ id: test, kind: 'test', subject: id, at }], { now: at, state: 'failed' })
  if (room.courier.isBusy(id) || secret === undefined) throw busy()
  await room.courier.sendOnce(subscription, getDelivery(room, id, test), secret)
  return getDelivery(room, id, test)
}

/** With the ids that they had: a receiver that has them takes none twice. */
async function replayTo(room: Room, id: string, replay: Replay): Promise<SubscriptionView> {
  const { subscriptions, deliveries, feed, now } = room.options
  const subscription = getSubscription(room, id)
  if (subscription.target.kind === 'feed')
    throw conflict('A feed shows what was told: there is nothing to send again.')
  if ('after' in replay || 'since' in replay) {
    const after = 'after' in replay ? replay.after : cursorBefore(feed, replay.since)
    checkCursor(room, after)
    await subscriptions.replay(id, { after, until: subscriptions.reached(id)?.cursor ?? 0 })
  } else {
    const wanted = 'delivery' in replay ? [getDelivery(room, id, replay.delivery)] : deliveries.dead(id)
    await deliveries.add(id, wanted.map(tellingOf), { now: now(), state: 'waiting' })
  }
  room.courier.wake()
  room.onChanged()
  return subscriptionView(room, getSubscription(room, id))
}

function tellingOf({ id, kind, subject, about, at, reminderOf }: Delivery): Telling {
  const told = { id, kind, subject, at }
  return {
    ...told,
    ...(about !== undefined && { about }),
    ...(reminderOf !== undefined && { reminderOf }),
  }
}

function busy(): FocalpointError<'too-many-requests'> {
  const retryAfterSeconds = deliveryLimits.exchangeMs / 1000
  return new FocalpointError(
    'too-many-requests',
    `Something is just being sent to this receiver: try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  )
}
