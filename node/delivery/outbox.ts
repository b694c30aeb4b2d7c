import type { FeedEntry } from '../admission.ts'
import { readsNominal } from '../people.ts'
import type { NoticeFacts, Reached, Subscription, Telling } from '../subscription.ts'
import { deliveryId } from './event.ts'
import { meets } from './filter.ts'
import { deliveryLimits } from './limits.ts'
import { type DeliveryOptions, mayBeTold } from './options.ts'

// From the feed into the outbox, in two phases for each subscription by itself.
// 1. Read: a page of the feed after its own cursor, and what of it is to be told.
// 2. Write: these deliveries and the new cursor in one batch. A crash before it leaves nothing, and the page is read
//    again; a crash after it leaves both.
// What waits is bounded: beyond that the cursor stays where it is, and the feed keeps what comes after it.

type Facts = (id: string) => NoticeFacts | undefined

interface Looking {
  subscription: Subscription
  facts: Facts
  /** Deliveries about a notice, those of this page included. */
  told: (notice: string) => boolean
  /** What was told already is told again, with the ids that it had. */
  isReplay: boolean
}

export class Outbox {
  readonly #options: DeliveryOptions
  readonly #waitingMost: number
  readonly #pageEntries: number

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#waitingMost = options.waitingMost ?? deliveryLimits.waitingMost
    this.#pageEntries = Math.ceil(this.#waitingMost * deliveryLimits.pageShare)
  }

  /** Goes on until every subscription has come to the end of the feed, or has enough waiting. */
  async fill(onFilled: () => void): Promise<void> {
    for (;;) {
      const facts = remembered(this.#options.notices.facts)
      const active = this.#options.subscriptions.list().filter(({ paused }) => paused === undefined)
      const filled = await Promise.all(active.map(each => this.#fillOne(each, facts)))
      if (!filled.includes(true)) return
      onFilled()
    }
  }

  /** Whether there was anything to look at. */
  async #fillOne(subscription: Subscription, facts: Facts): Promise<boolean> {
    const { deliveries, subscriptions, rolesOf, now } = this.#options
    const { id, person, target } = subscription
    const reached = subscriptions.reached(id)
    const isFull = deliveries.waiting(id) + this.#pageEntries > this.#waitingMost
    if (isFull || reached === undefined || !mayBeTold(rolesOf(person))) return false
    const { page, next } = this.#pageOf(reached)
    if (next === undefined) return false
    const fresh = new Set<string>()
    const looking = {
      subscription,
      facts,
      told: (notice: string) => fresh.has(notice) || deliveries.told(id, notice).length > 0,
      isReplay: reached.replay !== undefined,
    }
    const tellings = page.flatMap(entry => {
      const found = this.#tellingsOf(entry, looking)
      for (const { subject } of found) fresh.add(subject)
      return found
    })
    const state = target.kind === 'feed' ? 'listed' : 'waiting'
    await deliveries.add(id, tellings, { now: now(), state, reached: next })
    return true
  }

  #pageOf({ cursor, replay }: Reached): { page: FeedEntry[]; next: Omit<Reached, 'turn'> | undefined } {
    const { feed } = this.#options
    const limit = this.#pageEntries
    if (replay === undefined) {
      const page = feed.after(cursor, limit)
      const last = page.at(-1)
      return { page, next: last && { cursor: last.cursor } }
    }
    const page = feed.after(replay.after, limit).filter(entry => entry.cursor <= replay.until)
    const last = page.at(-1)
    const isOver = last === undefined || last.cursor === replay.until
    return { page, next: isOver ? { cursor } : { cursor, replay: { ...replay, after: last.cursor } } }
  }

  #tellingsOf(entry: FeedEntry, looking: Looking): Telling[] {
    // Another kind of entry, of a newer node that wrote into this store, is nothing that anybody asked for.
    return this.#byKind[entry.kind]?.(entry, looking) ?? []
  }

  /** What each kind of entry means to a subscription. */
  readonly #byKind: Record<string, (entry: FeedEntry, looking: Looking) => Telling[]> = {
    notice: (entry, looking) => this.#arrival(entry, looking),
    // Parts come later: they add to what was told, or show only now that it is wanted.
    parts: (entry, looking) =>
      looking.told(entry.id) ? [this.#change(entry, looking)] : this.#arrival(entry, looking),
    erased: (entry, looking) => (looking.told(entry.id) ? [this.#change(entry, looking)] : []),
    voided: (entry, looking) => (looking.told(entry.id) ? [this.#change(entry, looking)] : []),
    forked: (entry, looking) =>
      this.#options.notices
        .disputedWith(entry.id)
        .filter(looking.told)
        .map(id => this.#change({ ...entry, id }, looking)),
    matched: (entry, { subscription }) => {
      const isWanted = subscription.matches && this.#options.keepsConsignment(subscription.person, entry.id)
      return isWanted ? [this.#change(entry, { subscription })] : []
    },
  }

  #arrival({ id, at }: FeedEntry, { subscription, facts, told, isReplay }: Looking): Telling[] {
    const found = facts(id)
    if (found === undefined || found.isVoid || (told(id) && !isReplay)) return []
    const about = this.#answeredBy(found, { subscription, told })
    if (about === undefined && !this.#isWanted(found, subscription)) return []
    const telling = { kind: 'notice', subject: id } as const
    return [
      { ...telling, id: deliveryId(subscription.id, telling), at, ...(about !== undefined && { about }) },
    ]
  }

  /** The notice told before that this one corrects, withdraws or remarks on, whatever the filter says. */
  #answeredBy(
    { type, refs }: NoticeFacts,
    { subscription, told }: Pick<Looking, 'subscription' | 'told'>,
  ): string | undefined {
    const answer = this.#options.notices.answerOf(type)
    if (answer === undefined || !(answer.isChange || subscription.remarks)) return undefined
    return refs.find(({ id, rel }) => rel === answer.rel && told(id))?.id
  }

  #isWanted(facts: NoticeFacts, { filter, person }: Subscription): boolean {
    const { comparing, rolesOf } = this.#options
    const names = readsNominal(rolesOf(person) ?? []) ? facts.names : []
    return meets(filter, { ...facts, names }, comparing)
  }

  #change(
    { kind, id: subject, cursor, at }: FeedEntry,
    { subscription }: Pick<Looking, 'subscription'>,
  ): Telling {
    return { id: deliveryId(subscription.id, { kind, subject, cursor }), kind, subject, at }
  }
}

/** Several subscriptions look at the same notice. */
function remembered(facts: Facts): Facts {
  const known = new Map<string, NoticeFacts | undefined>()
  return id => {
    if (!known.has(id)) known.set(id, facts(id))
    return known.get(id)
  }
}
