import {
  type Authority,
  authorityOf,
  type Envelope,
  FocalpointError,
  type ForkProof,
  isError,
  isGateCode,
  limits,
  type Notice,
  type NoticeType,
  type Part,
  parseGossip,
  parseNotice,
  publicKeyOf,
  type Registry,
  type Verdict,
  verdicts,
  verifyEnvelope,
} from '#protocol'
import type { KeptNotice, Road } from './admission.ts'
import { IssuerBudgets } from './budget.ts'
import { Decisions, type DecisionsOptions } from './decisions.ts'
import { EndChains } from './end-chains.ts'
import { Evidence } from './evidence.ts'
import { Forks } from './forks.ts'
import { isAmong, type Keeping, keepable } from './keepable.ts'
import { alreadyHeld, type Judged, Placer } from './place.ts'
import { placeInSlices } from './slices.ts'
import type { Operation, Store } from './store/index.ts'
import { Tips } from './tips.ts'
import { type VerifiedNotice, WaitingRoom } from './waiting.ts'

// The one gate: own notices, gossip, catch-up and import all come through here. It works in three phases.
// 1. Read: from bytes alone, by the protocol's own functions.
// 2. Judge: registry, budget, signature. The signature is the only step that waits, so many are judged at once.
// 3. Place: against the log's tip, in one synchronous step, so that nothing comes between looking and taking the
//    place. The tip runs ahead of the disk; what people are told waits for the commit.

export interface GateOptions
  extends Pick<DecisionsOptions, 'onCut' | 'onForkSettled' | 'onStop' | 'onStopSettled'> {
  member: string
  store: Store
  types: readonly NoticeType[]
  registry: () => Registry
  now: () => number
  /** An envelope by our own key that we do not hold: somebody else signs as we do, or our store was rolled back. */
  onOwnNotice: (envelope: Envelope) => void
  onFork: (proof: ForkProof) => void
  /** Every refusal: one log line and one metric, with its code. */
  onRefusal: (
    error: FocalpointError,
    at: { road: Road; from: string; envelope?: Envelope | undefined },
  ) => void
  /** Only for control runs that show what the issuers' budgets are for. */
  unsafeNoBudgets?: boolean
}

/** Whence a text came; on a page what is refused of it is counted. */
interface Source {
  road: Road
  from: string
  tally?: { refused: number }
}

export class Gate {
  readonly #options: GateOptions
  readonly #budgets = new IssuerBudgets()
  readonly #waiting = new WaitingRoom()
  readonly #tips: Tips
  readonly #forks: Forks
  readonly #ends: EndChains
  readonly #decisions: Decisions
  /** What others bring against a key. */
  readonly evidence: Evidence
  readonly #keeping: Keeping
  readonly #placer: Placer
  #pageTurn: Promise<unknown> = Promise.resolve()

  constructor(options: GateOptions) {
    const { member, store, types, now, onFork } = options
    this.#options = options
    this.#tips = new Tips(store)
    this.#forks = new Forks({ store, tips: this.#tips, registry: options.registry, now, onFork })
    this.#ends = new EndChains({ registry: options.registry, tips: this.#tips, forks: this.#forks })
    this.#decisions = new Decisions({ ...options, tips: this.#tips, forks: this.#forks, ends: this.#ends })
    this.evidence = new Evidence({
      registry: options.registry,
      tips: this.#tips,
      forks: this.#forks,
      decisions: this.#decisions,
      refuse: (error, at) => this.#refuse(error, at),
    })
    this.#keeping = { member, types, now, isErased: (id, name) => store.erasure.isErased(id, name) }
    this.#placer = new Placer({
      ...options,
      tips: this.#tips,
      forks: this.#forks,
      ends: this.#ends,
      keeping: this.#keeping,
      waiting: this.#waiting,
      settle: () => this.#decisions.settle(),
      refuse: (error, at) => void this.#refuse(error, at),
    })
  }

  /** A gossip message. The verdict may come before the commit; whether the log is behind comes with it. */
  async gossip(
    text: string,
    by: { channel: string; from: string },
  ): Promise<{ verdict: Verdict; gap: boolean; isTooMuch?: boolean }> {
    let envelope: Envelope | undefined
    try {
      const notice = parseGossip(text, { net: this.#options.registry().net, channel: by.channel })
      envelope = notice.envelope
      if (this.#isHeldWhole(envelope, notice.parts)) throw alreadyHeld(envelope)
      const authority = this.#authority(notice, { road: 'gossip', from: by.from })
      this.#checkBudget(envelope)
      const verified = await this.#verify(notice)
      this.#budgets.charge(envelope.issuer, this.#options.now())
      this.#placer
        .place({ notice: verified, authority }, { road: 'gossip', from: by.from })
        .committed.catch(() => {})
      return { verdict: 'accept', gap: false }
    } catch (error) {
      const { verdict, code } = this.#refuse(error, { road: 'gossip', from: by.from, envelope })
      const isTooMuch = code === 'over-budget'
      return { verdict, gap: code === 'gap' || isTooMuch || code === 'key-unknown', isTooMuch }
    }
  }

  /**
   * A page of catch-up, in log order; resolves when all that was admitted is on disk. Pages may overlap: the next one
   * is read and verified while this one is written, and placed after it. Throws `channel-differs` when the sender gave
   * what nobody asked for: that ends its stream.
   */
  async page(
    texts: readonly string[],
    by: { from: string; channels: readonly string[]; road?: Road },
  ): Promise<{ admitted: number; held: number; refused: number }> {
    const at = { road: by.road ?? 'sync', from: by.from, tally: { refused: 0 } } as const
    let unasked: FocalpointError | undefined
    const checkAsked = (envelope: Envelope) => {
      if (by.channels.includes(envelope.channel)) return
      unasked ??= channelNotAsked(envelope, by.channels)
      throw unasked
    }
    const judge = (text: string) => this.#judge(text, at, checkAsked)
    const place = (judged: Judged) => this.#placer.placeOrRefuse(judged, at)
    const placing = placeInSlices(texts, { judge, place, turn: this.#pageTurn })
    this.#pageTurn = placing.catch(() => {})
    const placed = await placing
    await Promise.all(placed.map(({ committed }) => committed))
    if (unasked !== undefined) throw unasked
    const admitted = placed.filter(({ isNew }) => isNew).length
    const { refused } = at.tally
    return { admitted, held: texts.length - admitted - refused, refused }
  }

  /** Our own next notice, with what must be written in the same batch. Throws whatever is wrong with it. */
  async own(text: string, extra: readonly Operation[]): Promise<KeptNotice> {
    const { registry, member, store } = this.#options
    const notice = parseNotice(text, { net: registry().net })
    const authority = authorityOf({ registry: registry(), ...notice.envelope })
    const verified = await this.#verify(notice)
    await this.#placer.place({ notice: verified, authority }, { road: 'own', from: member }, extra).committed
    const kept = store.notices.find(notice.envelope.id)
    if (kept === undefined || kept.isVoid) throw internal('an own notice was not kept')
    return kept
  }

  /** Logs to be asked for again, and the place after which: another branch of them is to be seen. */
  wanted(): ReturnType<EndChains['wanted']> {
    return [...this.#ends.wanted(), ...this.#forks.searched()]
  }

  /** A member's word that one of its keys is trusted no further; false where it says nothing new. Throws what is wrong. */
  takeStop(text: string): Promise<boolean> {
    return this.#decisions.stop(text, { isGossip: false })
  }

  /** The registry has changed: what it has decided is applied, and what waited for a key is judged again. */
  async registryChanged(): Promise<void> {
    await this.#decisions.apply()
    for (const { notice, road, from } of this.#waiting.takeUnknownKeys()) {
      try {
        const authority = this.#authority(notice, { road, from })
        await this.#placer.place({ notice: await this.#verify(notice), authority }, { road, from }).committed
      } catch (error) {
        this.#refuse(error, { road, from, envelope: notice.envelope })
      }
    }
  }

  /** Reads and judges one text of a page; what cannot be judged is told and left out. */
  async #judge(
    text: string,
    at: Source,
    checkAsked: (envelope: Envelope) => void,
  ): Promise<Judged | undefined> {
    let envelope: Envelope | undefined
    try {
      const { dropped, ...notice } = parseNotice(text, { net: this.#options.registry().net })
      envelope = notice.envelope
      checkAsked(envelope)
      for (const error of dropped) this.#options.onRefusal(error, { ...at, envelope })
      if (this.#isHeldWhole(envelope, notice.parts)) throw alreadyHeld(envelope)
      const authority = this.#authority(notice, at)
      return { notice: await this.#verify(notice), authority }
    } catch (error) {
      this.#refuse(error, { ...at, envelope })
      return undefined
    }
  }

  #authority(notice: Notice, { road, from }: Source): Authority {
    const registry = this.#options.registry()
    try {
      return authorityOf({ registry, ...notice.envelope })
    } catch (error) {
      if (isError(error, 'key-unknown') && this.#mayBringKey(notice.envelope)) {
        this.#waiting.keepUnknownKey({ notice, road, from })
      }
      throw error
    }
  }

  /** The issuer has seen a newer members document than ours: it may hold the key that we do not know. */
  #mayBringKey(envelope: Envelope | undefined): boolean {
    return envelope !== undefined && envelope.members > this.#options.registry().members.version
  }

  #checkBudget(envelope: Envelope): void {
    const { now, unsafeNoBudgets = false } = this.#options
    if (unsafeNoBudgets || this.#budgets.allows(envelope.issuer, now())) return
    throw new FocalpointError(
      'over-budget',
      `${envelope.issuer} gossips faster than ${limits.noticesPerIssuerPerMinute} a minute.`,
      {
        issuer: envelope.issuer,
      },
    )
  }

  async #verify(notice: Notice): Promise<VerifiedNotice> {
    const key = await publicKeyOf(this.#options.registry(), notice.envelope.kid)
    return { envelope: await verifyEnvelope(notice.envelope, key), parts: notice.parts }
  }

  /** Held, and nothing in these parts is new to us. */
  #isHeldWhole(envelope: Envelope, parts: readonly Part[]): boolean {
    if (this.#tips.isUnderway(envelope)) return true
    const { notices } = this.#options.store
    if (!notices.isKept(envelope)) return this.#forks.isInProof(envelope) && !this.#ends.isAwaited(envelope)
    const held = notices.find(envelope.id)?.parts
    if (held === undefined) return false
    return keepable({ envelope, parts }, held, this.#keeping).parts.every(part => isAmong(held, part))
  }

  /** An unexpected exception is never the sender's fault: ignored, told, counted. */
  #refuse(
    error: unknown,
    at: Source & { envelope?: Envelope | undefined },
  ): { verdict: Verdict; code: string } {
    if (at.tally && !isError(error, 'already-held')) at.tally.refused += 1
    const told = isError(error) ? error : internal(error instanceof Error ? error.message : String(error))
    this.#options.onRefusal(told, at)
    const verdict = isGateCode(told.code) ? verdicts[told.code] : 'ignore'
    return {
      verdict: verdict === 'hold' && !this.#mayBringKey(at.envelope) ? 'ignore' : verdict,
      code: told.code,
    }
  }
}

function channelNotAsked(
  { channel }: Envelope,
  asked: readonly string[],
): FocalpointError<'channel-differs'> {
  return new FocalpointError('channel-differs', `Nobody asked for the channel "${channel}".`, {
    channel,
    expected: asked.join(', '),
  })
}

function internal(what: string): FocalpointError<'internal'> {
  return new FocalpointError('internal', `Something went wrong inside: ${what}.`, { what })
}
