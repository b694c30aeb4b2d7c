import { randomBytes, randomUUID } from 'node:crypto'
import { FocalpointError, sha256 } from '#protocol'
import type {
  Delivery,
  NewSubscription,
  Shown,
  Subscription,
  SubscriptionChange,
  SubscriptionView,
} from '../subscription.ts'
import { deliveryLimits } from './limits.ts'
import { pause, resumed } from './pause.ts'
import { checkCursor, checkSecret, conflict, getSubscription, type Room } from './room.ts'
import { newSecret, rotated } from './secret.ts'

/** What people do with subscriptions; whose they are, the API has asked before. */
export interface SubscriptionDesk {
  /** How many one person may have. */
  mostPerPerson: number
  list: () => SubscriptionView[]
  find: (id: string) => SubscriptionView | undefined
  create: (person: string, wanted: NewSubscription) => Promise<Shown>
  change: (id: string, change: SubscriptionChange, o: { version?: number }) => Promise<SubscriptionView>
  remove: (id: string, o: { version?: number }) => Promise<void>
  pause: (id: string) => Promise<SubscriptionView>
  resume: (id: string, o: { skipDeadLetters: boolean }) => Promise<SubscriptionView>
  rotateSecret: (id: string) => Promise<Shown>
}

export function subscriptionDesk(room: Room): SubscriptionDesk {
  const { subscriptions, now } = room.options
  /** One after the other: what one makes the next one counts. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn: InTurn = work => {
    const done = turn.then(work)
    turn = done.catch(() => {})
    return done
  }
  const viewOf = (id: string) => subscriptionView(room, getSubscription(room, id))
  return {
    mostPerPerson: deliveryLimits.subscriptionsPerPerson,
    list: () => subscriptions.list().map(each => subscriptionView(room, each)),
    find: id => (subscriptions.find(id) ? viewOf(id) : undefined),
    create: (person, wanted) => create(room, { person, wanted, inTurn }),

    async change(id, { url, ...change }, asked) {
      const { target } = getSubscription(room, id)
      if (url !== undefined && target.kind === 'feed') throw conflict('A feed has no address to send to.')
      if (url !== undefined) await room.targets.roadTo(url)
      await subscriptions.change(id, held => {
        checkVersion(held, asked)
        const to = url === undefined ? held.target : ({ kind: 'webhook', url } as const)
        return { ...held, ...change, target: to, version: held.version + 1 }
      })
      return viewOf(id)
    },

    async remove(id, asked) {
      checkVersion(getSubscription(room, id), asked)
      await subscriptions.remove(id)
    },

    async pause(id) {
      await pause(subscriptions, id, { code: 'by-person', at: now() })
      return viewOf(id)
    },

    async resume(id, { skipDeadLetters }) {
      checkSecret(room, getSubscription(room, id))
      await tryAgain(room, id, { skipDeadLetters })
      await subscriptions.change(id, resumed)
      room.courier.hurry(id)
      room.onChanged()
      return viewOf(id)
    },

    async rotateSecret(id) {
      if (getSubscription(room, id).target.kind === 'webhook') {
        const secret = rotated(subscriptions.secretOf(id), now())
        await subscriptions.putSecret(id, secret)
        return { subscription: viewOf(id), secret: secret.current }
      }
      const link = newLink()
      const target = { kind: 'feed', hash: sha256(link) } as const
      await subscriptions.change(id, held => ({ ...held, target, version: held.version + 1 }))
      return { subscription: viewOf(id), secret: link }
    },
  }
}

export function subscriptionView({ options }: Room, subscription: Subscription): SubscriptionView {
  const { subscriptions, deliveries } = options
  const { id } = subscription
  const failing = deliveries.head(id)?.failing
  return {
    ...subscription,
    ...(failing && { failingSince: failing.since }),
    cursor: subscriptions.reached(id)?.cursor ?? 0,
    waiting: deliveries.waiting(id),
    deadLetters: deliveries.dead(id).length,
  }
}

type InTurn = (work: () => Promise<void>) => Promise<void>

async function create(
  room: Room,
  { person, wanted, inTurn }: { person: string; wanted: NewSubscription; inTurn: InTurn },
): Promise<Shown> {
  const { subscriptions, feed, now } = room.options
  const { target, after = feed.last(), ...rest } = wanted
  checkCursor(room, after)
  if (target.kind === 'webhook') await room.targets.roadTo(target.url)
  const secret = newSecret()
  const link = newLink()
  const isWebhook = target.kind === 'webhook'
  const subscription: Subscription = {
    ...rest,
    id: randomUUID(),
    person,
    target: isWebhook ? target : { kind: 'feed', hash: sha256(link) },
    createdAt: now(),
    version: 1,
  }
  await inTurn(async () => {
    checkQuota(room, person)
    await subscriptions.create(subscription, { cursor: after, ...(isWebhook && { secret }) })
  })
  room.onChanged()
  return {
    subscription: subscriptionView(room, subscription),
    secret: isWebhook ? secret.current : link,
  }
}

/** Throws `quota-reached`. */
function checkQuota({ options: { subscriptions } }: Room, person: string): void {
  const own = subscriptions.list().filter(each => each.person === person)
  const most = deliveryLimits.subscriptionsPerPerson
  if (own.length < most) return
  throw new FocalpointError(
    'quota-reached',
    `You have ${own.length} subscriptions, and one person has at most ${most}. Remove subscriptions that you no longer need.`,
    { what: 'subscriptions', most },
  )
}

/** What was given up is tried again first, in its place in the order, unless it is left aside. */
async function tryAgain(
  { options: { deliveries } }: Room,
  id: string,
  { skipDeadLetters }: { skipDeadLetters: boolean },
): Promise<void> {
  const again = ({ failing: _, nextAt: __, ...held }: Delivery): Delivery => ({ ...held, state: 'waiting' })
  for (const dead of skipDeadLetters ? [] : deliveries.dead(id)) await deliveries.change(id, dead.id, again)
  const head = deliveries.head(id)
  if (head) await deliveries.change(id, head.id, again)
}

/** RFC 9110, section 13.1.1. */
function checkVersion({ id, version }: Subscription, asked: { version?: number }): void {
  if (asked.version === undefined || asked.version === version) return
  throw new FocalpointError(
    'subscription-changed',
    'It was changed meanwhile: read it again, then make your change.',
    { subscription: id },
  )
}

/** 256 bits. */
function newLink(): string {
  return randomBytes(32).toString('base64url')
}
