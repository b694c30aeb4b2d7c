import type { Connection, Stream } from '@libp2p/interface'
import { isError } from '#protocol'
import { Allowance } from './allowance.ts'
import { type Asking, ask, type Round } from './ask.ts'
import { jittered, repeat, slept } from './loop.ts'
import type { NetworkLog, RegistryView } from './options.ts'
import { asError } from './streams.ts'
import { Turns } from './turns.ts'

export interface CatchingUp extends Omit<Asking, 'from' | 'channels'> {
  own: string
  /** The channels that we have joined, and of these the ones without a topic. */
  channels(): readonly string[]
  channelsWithoutTopic(): readonly string[]
  everyMs: number
  registry: RegistryView
  connected(): Map<string, Connection>
  connect(member: string): Promise<Connection | undefined>
  openStream(connection: Connection): Promise<Stream>
  onFailure(member: string, error: Error): void
  onSuccess(member: string): void
  /** Asks as often as it is told that there is more. */
  unsafeNoBudgets?: boolean | undefined
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
  signal: AbortSignal
}

const firstRetryMs = 250
const longestRetryMs = 30_000
/** A burst that leaves gaps is asked for once it is over, not once a notice; one that knows no measure, seldom. */
const settleMs = { gap: 50, beacon: 50, 'over-budget': 3_000 } as const

/** More often than this no member is asked, whatever it claims to have; each round brings the more. */
const pace = { burst: 20, perSecond: 2 }

interface UnderWay {
  running: Promise<void>
  again?: Promise<void>
}

/**
 * When to ask, and whom. A request for a member whose round runs already makes one more round after it, and all
 * requests meanwhile share that one; rounds take turns, so that many peers do not bring the same notices at once.
 */
export class CatchUp {
  readonly #options: CatchingUp
  readonly #turns = new Turns()
  readonly #underWay = new Map<string, UnderWay>()
  readonly #askedAt = new Map<string, number>()
  readonly #failures = new Map<string, number>()
  readonly #settling = new Set<string>()
  readonly #pace = new Allowance(pace)

  constructor(options: CatchingUp) {
    this.#options = options
    void repeat({ everyMs: options.everyMs, jitter: 0.2, signal: options.signal }, () => this.#regular())
  }

  /** One round with this member, or with the connected one that was asked longest ago. Never throws. */
  async request(reason: string, member = this.#choose()): Promise<void> {
    if (member === undefined || this.#options.signal.aborted) return
    const underWay = this.#underWay.get(member)
    if (!underWay) return this.#start(reason, member)
    underWay.again ??= underWay.running.then(() => this.#start(reason, member))
    return underWay.again
  }

  /** The same, for what comes in bursts: those who ask for one member before the round share it. */
  async requestSettled(reason: keyof typeof settleMs, member: string): Promise<void> {
    const key = `${reason} ${member}`
    if (this.#settling.has(key)) return
    this.#settling.add(key)
    const isDue = await slept(settleMs[reason], this.#options.signal)
    this.#settling.delete(key)
    if (isDue) await this.request(reason, member)
  }

  /** Resolves when no round is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all([...this.#underWay.values()].map(({ running }) => running))
    }
  }

  #start(reason: string, member: string): Promise<void> {
    const running = this.#round(reason, member).finally(() => {
      if (this.#underWay.get(member)?.running === running) this.#underWay.delete(member)
    })
    this.#underWay.set(member, { running })
    return running
  }

  async #round(reason: string, member: string): Promise<void> {
    const { signal, count, log, unsafeNoBudgets } = this.#options
    const waitMs = unsafeNoBudgets ? 0 : this.#pace.overdraw(member)
    if (waitMs > 0) await slept(waitMs, signal)
    using _turn = await this.#turns.take()
    if (signal.aborted) return
    this.#askedAt.set(member, performance.now())
    const { failure, ...round } = await this.#ask(member)
    count('catch_up_rounds', { reason, outcome: failure ? 'cut' : 'whole' })
    const isNews = round.admitted + round.refused > 0
    if (isNews || round.held > 0)
      log[isNews ? 'info' : 'debug']({ with: member, reason, ...round }, 'Caught up with a member')
    if (failure) this.#failed(member, failure, round)
    else this.#succeeded(member, round)
  }

  /** Our new frontier is what tells the other side that we hold it now; in a channel without beacons nothing else does. */
  #succeeded(member: string, { admitted }: { admitted: number }): void {
    this.#failures.delete(member)
    this.#options.onSuccess(member)
    if (admitted > 0) void this.request('confirm', member)
  }

  async #ask(member: string): Promise<Round> {
    const { connect, openStream, channels, registry } = this.#options
    const shared = channels().filter(channel => registry.joined(member, channel))
    try {
      const connection = await connect(member)
      if (!connection) throw new Error('No node of this member can be reached.')
      return await ask(await openStream(connection), { ...this.#options, from: member, channels: shared })
    } catch (error) {
      return { admitted: 0, held: 0, refused: 0, failure: asError(error) }
    }
  }

  /** What was admitted stays; the rest is asked for again, of another peer where there is one. */
  #failed(member: string, failure: Error, round: Omit<Round, 'failure'>): void {
    const { signal, count, log, onFailure } = this.#options
    if (signal.aborted) return
    const failures = (this.#failures.get(member) ?? 0) + 1
    this.#failures.set(member, failures)
    const code = isError(failure) ? failure.code : failure.name
    count('catch_up_failures', { code })
    // A cut line is everyday; an answer against the protocol is for somebody to look at.
    log[isError(failure) ? 'warn' : 'debug'](
      { with: member, code, error: failure.message, ...round },
      'A round of catch-up ended early',
    )
    onFailure(member, failure)
    const backOffMs = Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs)
    void this.#retry(round.admitted > 0 ? settleMs.gap : jittered(backOffMs, 0.25))
  }

  async #retry(afterMs: number): Promise<void> {
    if (await slept(afterMs, this.#options.signal)) await this.request('retry')
  }

  async #regular(): Promise<void> {
    await this.request('interval')
    await this.#askInChannelsWithoutTopic()
  }

  /** Where no gossip tells of news and no neighbour has joined, one who has is looked up. */
  async #askInChannelsWithoutTopic(): Promise<void> {
    const { own, channelsWithoutTopic, registry, connected } = this.#options
    for (const channel of channelsWithoutTopic()) {
      const joined = registry.activeMembers(channel).filter(member => member !== own)
      const near = joined.filter(member => connected().has(member))
      await this.request('interval', pick(near) ?? pick(joined))
    }
  }

  #choose(): string | undefined {
    const order = (member: string) =>
      [this.#failures.get(member) ?? 0, this.#askedAt.get(member) ?? 0] as const
    return [...this.#options.connected().keys()].sort((a, b) => {
      const [failuresOfA, askedAtA] = order(a)
      const [failuresOfB, askedAtB] = order(b)
      return failuresOfA - failuresOfB || askedAtA - askedAtB
    })[0]
  }
}

function pick(members: readonly string[]): string | undefined {
  return members[Math.floor(Math.random() * members.length)]
}
