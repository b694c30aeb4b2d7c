import { isError } from '#protocol'
import { readsNominal } from '../people.ts'
import type { Attempt, Delivery, Subscription, WebhookSecret } from '../subscription.ts'
import { backOffMs } from './back-off.ts'
import { eventMediaType, eventOf, isAboutNotice } from './event.ts'
import { type Answered, exchange } from './exchange.ts'
import { deliveryLimits } from './limits.ts'
import { type DeliveryOptions, mayBeTold } from './options.ts'
import { pause } from './pause.ts'
import { pointerOr } from './pointer.ts'
import { signedHeaders } from './secret.ts'
import type { Targets } from './target.ts'

// One subscription's deliveries go one after the other: the next begins when the one before was delivered. What failed
// stays the head, and all that follows waits with it. Several subscriptions go side by side, up to a bound; those whose
// receiver was not quick the last time up to a lower one.
// What became of an attempt is written after the exchange. A crash in between sends the same id once more, and the
// receiver, who has it, takes it for what it is.

/** What an attempt came to: an answer, or an address to which nothing is sent. */
type Outcome = Omit<Answered, 'outcome'> & { outcome: string }

/** After a damaged store was set aside, until another member has given it again. */
const notHeld: Outcome = { outcome: 'not-held', detail: 'The notice is not here: it is asked for.' }

export class Courier {
  readonly #options: DeliveryOptions
  readonly #targets: Targets
  readonly #signal: AbortSignal
  readonly #onDelivered: () => void
  readonly #busy = new Map<string, Promise<void>>()
  /** Subscriptions whose head failed and waits for its next attempt. */
  readonly #resting = new Map<string, NodeJS.Timeout>()
  /** In the order in which they were served last. */
  readonly #served = new Set<string>()
  /** Whose receiver took the last delivery, and at once. */
  readonly #quick = new Set<string>()

  constructor(
    options: DeliveryOptions,
    { targets, signal, onDelivered }: { targets: Targets; signal: AbortSignal; onDelivered: () => void },
  ) {
    this.#options = options
    this.#targets = targets
    this.#signal = signal
    this.#onDelivered = onDelivered
    signal.addEventListener('abort', () => this.#resting.forEach(timer => void clearTimeout(timer)))
    const { subscriptions, deliveries, now } = options
    for (const { id } of subscriptions.list()) {
      const { nextAt = 0 } = deliveries.head(id) ?? {}
      if (nextAt > now()) this.#rest(id, (nextAt - now()) * 1000)
    }
  }

  /** Begins with everything that can be sent now. */
  wake(): void {
    if (this.#signal.aborted) return
    for (const subscription of this.#ready()) {
      if (this.#busy.size >= deliveryLimits.exchangesAtOnce) return
      if (!this.#quick.has(subscription.id) && this.#unproven() >= deliveryLimits.unprovenAtOnce) continue
      this.#occupy(subscription.id, () => this.#sendHead(subscription))
    }
  }

  /** The next attempt is made at once. */
  hurry(id: string): void {
    clearTimeout(this.#resting.get(id))
    this.#resting.delete(id)
    this.wake()
  }

  isBusy(id: string): boolean {
    return this.#busy.has(id)
  }

  /** Sends this one now, out of the order, and only once. Nothing else is sent to this receiver meanwhile. */
  async sendOnce(subscription: Subscription, delivery: Delivery, secret: WebhookSecret): Promise<void> {
    const sent = Promise.withResolvers<void>()
    this.#occupy(subscription.id, async () => {
      const { attempt, outcome } = await this.#attempt(subscription, { delivery, secret })
      const isDelivered = outcome.outcome === 'delivered'
      const change = (held: Delivery): Delivery => ({
        ...held,
        attempts: attempt.number,
        state: isDelivered ? 'delivered' : 'failed',
        ...(isDelivered && { deliveredAt: attempt.at }),
      })
      await this.#options.deliveries.change(subscription.id, delivery.id, change, attempt)
    })
    this.#busy.get(subscription.id)?.then(sent.resolve, sent.reject)
    return sent.promise
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#busy.values())
  }

  #ready(): Subscription[] {
    const { subscriptions, deliveries } = this.#options
    const order = [...this.#served]
    return subscriptions
      .list()
      .filter(
        ({ id, target, paused }) =>
          target.kind === 'webhook' &&
          paused === undefined &&
          !this.#busy.has(id) &&
          !this.#resting.has(id) &&
          deliveries.waiting(id) > 0,
      )
      .sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
  }

  #unproven(): number {
    return [...this.#busy.keys()].filter(id => !this.#quick.has(id)).length
  }

  #occupy(id: string, work: () => Promise<void>): void {
    this.#served.delete(id)
    this.#served.add(id)
    const done = work()
      .catch(error => {
        this.#options.onLoopError(error)
        this.#rest(id, deliveryLimits.retryFirstMs)
      })
      .finally(() => {
        this.#busy.delete(id)
        this.wake()
      })
    this.#busy.set(id, done)
  }

  async #sendHead(subscription: Subscription): Promise<void> {
    const { subscriptions, deliveries, rolesOf, now } = this.#options
    const { id, person } = subscription
    const delivery = deliveries.head(id)
    if (delivery === undefined) return
    if (!mayBeTold(rolesOf(person))) return pause(subscriptions, id, { code: 'owner-may-not', at: now() })
    const secret = subscriptions.secretOf(id)
    if (secret === undefined) return pause(subscriptions, id, { code: 'secret-missing', at: now() })
    const { attempt, outcome } = await this.#attempt(subscription, { delivery, secret })
    // Cut off because the node closes: that says nothing of the receiver.
    if (this.#signal.aborted) return
    this.#options.count('delivery_attempts', { outcome: kindOf(outcome) })
    if (outcome.outcome === 'delivered') await this.#delivered(delivery, attempt)
    else await this.#failed(delivery, { attempt, outcome })
  }

  async #attempt(
    subscription: Subscription,
    { delivery, secret }: { delivery: Delivery; secret: WebhookSecret },
  ): Promise<{ attempt: Attempt; outcome: Outcome }> {
    const at = this.#options.now()
    const began = performance.now()
    const outcome = await this.#outcomeOf(subscription, { delivery, secret, at })
    const { retryAfterMs: _, ...told } = outcome
    const tookMs = Math.round(performance.now() - began)
    const isQuick = outcome.outcome === 'delivered' && tookMs < deliveryLimits.quickMs
    this.#quick[isQuick ? 'add' : 'delete'](subscription.id)
    return { outcome, attempt: { number: delivery.attempts + 1, at, tookMs, ...told } }
  }

  async #outcomeOf(
    { target, person }: Subscription,
    { delivery, secret, at }: { delivery: Delivery; secret: WebhookSecret; at: number },
  ): Promise<Outcome> {
    const { member, software, notices, rolesOf } = this.#options
    const may = { nominal: readsNominal(rolesOf(person) ?? []) }
    const view = await notices.view(delivery.subject, may)
    const notice = view && pointerOr(view, notices)
    if (notice === undefined && isAboutNotice(delivery.kind)) return notHeld
    const body = JSON.stringify(eventOf(delivery, { member, notice }))
    const headers = {
      'content-type': eventMediaType,
      'user-agent': `focalpoint/${software}`,
      ...signedHeaders(secret, { id: delivery.id, body, now: at }),
    }
    try {
      const road = await this.#targets.roadTo(target.kind === 'webhook' ? target.url : '', this.#signal)
      return await exchange(road, { headers, body, now: at, signal: this.#signal })
    } catch (error) {
      if (!isError(error) || !error.code.startsWith('target-')) throw error
      return { outcome: error.code, detail: error.message }
    }
  }

  async #delivered({ subscription, id, kind, subject, reminderOf }: Delivery, attempt: Attempt) {
    const isFlash = kind === 'notice' && this.#options.notices.facts(subject)?.urgency === 'flash'
    const remindAt = attempt.at + deliveryLimits.remindAfterSeconds
    const change = ({ failing: _, nextAt: __, ...held }: Delivery): Delivery => ({
      ...held,
      state: 'delivered',
      attempts: attempt.number,
      deliveredAt: attempt.at,
      ...(isFlash && reminderOf === undefined && held.openedAt === undefined && { remindAt }),
    })
    await this.#options.deliveries.change(subscription, id, change, attempt)
    this.#onDelivered()
  }

  async #failed(
    { subscription, id, failing = { since: 0, times: 0 } }: Delivery,
    { attempt, outcome }: { attempt: Attempt; outcome: Outcome },
  ): Promise<void> {
    const { subscriptions, deliveries, now, log } = this.#options
    const times = failing.times + 1
    const since = times === 1 ? attempt.at : failing.since
    const failure = failureOf(outcome, { since, now: now() })
    log.info(
      { subscription, delivery: id, outcome: outcome.outcome, status: outcome.status },
      'not delivered',
    )
    const wait = this.#options.backOffMs ?? backOffMs
    const waitMs = Math.max(wait(times), outcome.retryAfterMs ?? 0)
    // Paused first: after a crash in between nothing overtakes what was given up.
    if (failure) await pause(subscriptions, subscription, { ...failure, at: now() })
    const change = ({ nextAt: _, ...held }: Delivery): Delivery => ({
      ...held,
      attempts: attempt.number,
      failing: { since, times },
      ...(failure === undefined && { nextAt: now() + waitMs / 1000 }),
      ...(failure?.code === 'gave-up' && { state: 'dead' }),
    })
    await deliveries.change(subscription, id, change, attempt)
    if (failure === undefined) this.#rest(subscription, waitMs)
  }

  #rest(id: string, ms: number): void {
    if (this.#signal.aborted) return
    clearTimeout(this.#resting.get(id))
    this.#resting.set(
      id,
      setTimeout(() => this.hurry(id), ms),
    )
  }
}

/** What ends the attempts, and why. */
function failureOf(
  { outcome, status, detail = '' }: Outcome,
  { since, now }: { since: number; now: number },
): { code: 'gone' | 'target-refused' | 'gave-up'; what: string } | undefined {
  if (status === 410) return { code: 'gone', what: detail }
  // A name that leads nowhere may lead somewhere tomorrow; what is forbidden stays so until people change it.
  if (outcome.startsWith('target-') && outcome !== 'target-unresolved')
    return { code: 'target-refused', what: detail }
  if (now - since < deliveryLimits.giveUpAfterSeconds) return undefined
  return { code: 'gave-up', what: `${detail} So it has been since ${new Date(since * 1000).toISOString()}.` }
}

/** Few values for the metrics. */
function kindOf({ outcome }: Outcome): string {
  return outcome.startsWith('target-') ? 'target-refused' : outcome
}
