import { FocalpointError, sha256 } from '#protocol'
import type { SubscriptionDesk } from '../../../node/desk/subscriptions.ts'
import type { DeliveryView, FeedView, SubscriptionView } from '../../../node/subscription.ts'

const start = 1_790_000_000

/** Subscriptions in memory: nothing is sent, and what was told is what a test puts in. */
export interface MemorySubscriptions extends SubscriptionDesk {
  told: Map<string, DeliveryView[]>
  /** What each link of a feed opens. */
  feeds: Map<string, FeedView>
  /** What the desk was asked to do, in words. */
  asked: unknown[]
}

export function memorySubscriptions(): MemorySubscriptions {
  const held = new Map<string, SubscriptionView>()
  const get = (id: string): SubscriptionView => held.get(id) ?? missing('subscription', id)
  const put = (view: SubscriptionView): SubscriptionView => {
    held.set(view.id, view)
    return view
  }
  const desk: MemorySubscriptions = {
    told: new Map(),
    feeds: new Map(),
    asked: [],
    mostPerPerson: 100,
    list: () => [...held.values()],
    find: id => held.get(id),
    create: async (person, { target, after = 0, ...rest }) => {
      if (target.kind === 'webhook' && target.url.includes('127.0.0.1'))
        throw new FocalpointError('target-loopback', 'Not there.', { host: '127.0.0.1' })
      const id = `subscription-${held.size + 1}`
      const isWebhook = target.kind === 'webhook'
      const subscription = put({
        ...rest,
        id,
        person,
        target: isWebhook ? target : { kind: 'feed', hash: sha256(id) },
        createdAt: start,
        version: 1,
        cursor: after,
        waiting: 0,
        deadLetters: 0,
      })
      return { subscription, secret: isWebhook ? 'whsec_c2VjcmV0' : 'link' }
    },
    change: async (id, { url, ...change }, { version }) => {
      const before = get(id)
      if (version !== undefined && version !== before.version)
        throw new FocalpointError('subscription-changed', 'It has changed.', { subscription: id })
      const target = url === undefined ? before.target : ({ kind: 'webhook', url } as const)
      return put({ ...before, ...change, target, version: before.version + 1 })
    },
    remove: async (id, { version }) => {
      if (version !== undefined && version !== get(id).version)
        throw new FocalpointError('subscription-changed', 'It has changed.', { subscription: id })
      held.delete(get(id).id)
    },
    pause: async id =>
      put({ ...get(id), paused: { code: 'by-person', reason: 'Somebody paused it.', at: start } }),
    resume: async (id, how) => {
      desk.asked.push(how)
      const { paused: _, ...view } = get(id)
      return put(view)
    },
    rotateSecret: async id => ({ subscription: get(id), secret: 'whsec_bmV3' }),
    test: async id => deliveryOf(get(id).id, { kind: 'test', state: 'delivered' }),
    replay: async (id, replay) => {
      desk.asked.push(replay)
      return get(id)
    },
    deliveries: async (id, { before = Number.POSITIVE_INFINITY, limit, state }) =>
      (desk.told.get(id) ?? [])
        .filter(each => each.turn < before && (state === undefined || each.state === state))
        .slice(0, limit),
    delivery: async (id, delivery) => desk.told.get(id)?.find(each => each.id === delivery),
    opened: async (id, delivery) => {
      const found = desk.told.get(id)?.find(each => each.id === delivery) ?? missing('delivery', delivery)
      return { ...found, openedAt: start }
    },
    feed: async link => desk.feeds.get(link),
  }
  return desk
}

/** One that was told at once. */
export function deliveryOf(subscription: string, wanted: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: 'msg_1',
    subscription,
    turn: 1,
    kind: 'notice',
    subject: sha256('a notice'),
    at: start,
    madeAt: start,
    state: 'delivered',
    attempts: 1,
    tried: [{ number: 1, at: start, tookMs: 3, outcome: 'delivered', status: 204 }],
    ...wanted,
  }
}

function missing(what: string, id: string): never {
  throw new FocalpointError('not-found', `There is no such ${what}.`, { what, id })
}
