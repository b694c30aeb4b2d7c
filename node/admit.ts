import {
  type Authority,
  authorityOf,
  checkFollows,
  type Envelope,
  FocalpointError,
  type ForkProof,
  forkBetween,
  forkProofText,
  type Head,
  isError,
  isForChannel,
  isGateCode,
  isHeld,
  isPast,
  isVoid,
  limits,
  type Notice,
  type NoticeType,
  type Part,
  parseForkProof,
  parseGossip,
  parseNotice,
  partNames,
  publicKeyOf,
  type Registry,
  type Verdict,
  verdicts,
  verifyEnvelope,
} from '#protocol'
import type { Admission, Flag, KeptNotice, Road } from './admission.ts'
import { IssuerBudgets } from './budget.ts'
import { findingsOf, noKeys } from './content.ts'
import type { Operation, Store } from './store/index.ts'
import { type VerifiedNotice, type Waiting, WaitingRoom } from './waiting.ts'

// The one gate: own notices, gossip, catch-up and import all come through here. It works in three phases.
// 1. Read: from bytes alone, by the protocol's own functions.
// 2. Judge: registry, budget, signature. The signature is the only step that waits, so many are judged at once.
// 3. Place: against the log's tip, in one synchronous step, so that nothing comes between looking and taking the
//    place. The tip runs ahead of the disk; what people are told waits for the commit.

export interface GateOptions {
  member: string
  store: Store
  types: readonly NoticeType[]
  registry: () => Registry
  now: () => number
  /** An envelope by our own key that we do not hold: somebody else signs as we do, or our store was rolled back. */
  onOwnNotice: (envelope: Envelope) => void
  onFork: (proof: ForkProof) => void
  /** Every refusal: one log line and one metric, with its code. */
  onRefusal: (error: FocalpointError, at: { road: Road; from: string; envelope?: Envelope | undefined }) => void
}

interface Tip extends Head {
  iat: number
}

export class Gate {
  readonly #options: GateOptions
  readonly #budgets = new IssuerBudgets()
  readonly #waiting = new WaitingRoom()
  /** Heads that run ahead of the disk; a log not in here has its head in the store. */
  readonly #tips = new Map<string, Tip>()
  /** Admitted and not yet on disk. */
  readonly #underway = new Set<string>()
  #pageTurn: Promise<unknown> = Promise.resolve()

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** A gossip message. The verdict may come before the commit; whether the log is behind comes with it. */
  async gossip(text: string, by: { channel: string; from: string }): Promise<{ verdict: Verdict; gap: boolean }> {
    let envelope: Envelope | undefined
    try {
      const notice = parseGossip(text, { net: this.#options.registry().net, channel: by.channel })
      envelope = notice.envelope
      if (this.#isHeldWhole(envelope, notice.parts)) throw alreadyHeld(envelope)
      const authority = this.#authority(notice, { road: 'gossip', from: by.from })
      this.#checkBudget(envelope)
      const verified = await this.#verify(notice)
      this.#budgets.charge(envelope.issuer, this.#options.now())
      this.#place(verified, authority, { road: 'gossip', from: by.from }).committed.catch(() => {})
      return { verdict: 'accept', gap: false }
    } catch (error) {
      const { verdict, code } = this.#refuse(error, { road: 'gossip', from: by.from, envelope })
      return { verdict, gap: code === 'gap' || code === 'over-budget' || code === 'key-unknown' }
    }
  }

  /**
   * A page of catch-up, in log order; resolves when all that was admitted is on disk. Pages may overlap: the next one
   * is read and verified while this one is written, and placed after it.
   */
  async page(
    texts: readonly string[],
    by: { from: string; channels: readonly string[]; road?: Road },
  ): Promise<{ admitted: number; refused: number }> {
    const at = { road: by.road ?? 'sync', from: by.from } as const
    const judging = texts.map(text => this.#judge(text, by.channels, at))
    const before = this.#pageTurn
    const placing = Promise.all([Promise.all(judging), before]).then(([judged]) => {
      const commits: Promise<void>[] = []
      let admitted = 0
      for (const item of judged) {
        if (item === undefined) continue
        try {
          const { committed, isNew } = this.#place(item.notice, item.authority, at)
          commits.push(committed)
          if (isNew) admitted += 1
        } catch (error) {
          this.#refuse(error, { ...at, envelope: item.notice.envelope })
        }
      }
      return { admitted, commits }
    })
    this.#pageTurn = placing.catch(() => {})
    const { admitted, commits } = await placing
    await Promise.all(commits)
    return { admitted, refused: texts.length - admitted }
  }

  /** Our own next notice, with what must be written in the same batch. Throws whatever is wrong with it. */
  async own(text: string, extra: readonly Operation[]): Promise<KeptNotice> {
    const { registry, member, store } = this.#options
    const notice = parseNotice(text, { net: registry().net })
    const authority = authorityOf({ registry: registry(), ...askOf(notice.envelope) })
    const verified = await this.#verify(notice)
    const { committed } = this.#place(verified, authority, { road: 'own', from: member }, extra)
    await committed
    const kept = store.notices.find(notice.envelope.id)
    if (kept === undefined || kept.isVoid) throw internal('an own notice was not kept')
    return kept
  }

  /** A proof of a fork from a peer, or one that we made ourselves. */
  async evidence(text: string, by: { from: string }): Promise<Verdict> {
    const { registry, store } = this.#options
    try {
      const proof = parseForkProof(text, { net: registry().net })
      const held = store.evidence.forkOf(proof.channel, proof.issuer)
      if (held !== undefined && held.seq <= proof.seq) return 'ignore'
      for (const envelope of [proof.a, proof.b]) {
        const authority = authorityOf({ registry: registry(), ...askOf(envelope) })
        await this.#verify({ envelope, parts: [] })
        if (this.#isVoid(envelope, authority)) return 'ignore'
      }
      await this.#keepFork(proof)
      return 'accept'
    } catch (error) {
      if (isError(error, 'proof-invalid')) return 'reject'
      return this.#refuse(error, { road: 'gossip', from: by.from }).verdict
    }
  }

  /** The registry has changed: what waited for a key is judged again. */
  async registryChanged(): Promise<void> {
    for (const { notice, road, from } of this.#waiting.takeUnknownKeys()) {
      try {
        const authority = this.#authority(notice, { road, from })
        this.#place(await this.#verify(notice), authority, { road, from })
      } catch (error) {
        this.#refuse(error, { road, from, envelope: notice.envelope })
      }
    }
  }

  /** Reads and judges one text of a page; what cannot be judged is told and left out. */
  async #judge(
    text: string,
    channels: readonly string[],
    at: { road: Road; from: string },
  ): Promise<{ notice: VerifiedNotice; authority: Authority } | undefined> {
    let envelope: Envelope | undefined
    try {
      const { dropped, ...notice } = parseNotice(text, { net: this.#options.registry().net })
      envelope = notice.envelope
      for (const error of dropped) this.#options.onRefusal(error, { ...at, envelope })
      if (!channels.includes(envelope.channel)) {
        throw new FocalpointError('channel-differs', `Nobody asked for the channel "${envelope.channel}".`, {
          channel: envelope.channel,
          expected: channels.join(', '),
        })
      }
      if (this.#isHeldWhole(envelope, notice.parts)) return undefined
      const authority = this.#authority(notice, at)
      return { notice: await this.#verify(notice), authority }
    } catch (error) {
      this.#refuse(error, { ...at, envelope })
      return undefined
    }
  }

  #authority(notice: Notice, at: { road: Road; from: string }): Authority {
    const registry = this.#options.registry()
    try {
      return authorityOf({ registry, ...askOf(notice.envelope) })
    } catch (error) {
      if (isError(error, 'key-unknown') && notice.envelope.members > registry.members.version) {
        this.#waiting.keepUnknownKey({ notice, ...at })
      }
      throw error
    }
  }

  #checkBudget(envelope: Envelope): void {
    if (this.#budgets.allows(envelope.issuer, this.#options.now())) return
    throw new FocalpointError('over-budget', `${envelope.issuer} gossips faster than ${limits.noticesPerIssuerPerMinute} a minute.`, {
      issuer: envelope.issuer,
    })
  }

  async #verify(notice: Notice): Promise<VerifiedNotice> {
    const key = await publicKeyOf(this.#options.registry(), notice.envelope.kid)
    return { envelope: await verifyEnvelope(notice.envelope, key), parts: notice.parts }
  }

  /** Takes a verified notice's place in its log. Synchronous up to the write, so nothing can come between. */
  #place(
    notice: VerifiedNotice,
    authority: Authority,
    { road, from }: { road: Road; from: string },
    extra: readonly Operation[] = [],
  ): { committed: Promise<void>; isNew: boolean } {
    const { envelope } = notice
    if (this.#isVoid(envelope, authority)) return this.#keepVoid(notice, { road, from })
    this.#checkNotStopped(envelope)
    const held = this.#idAt(envelope)
    if (held === envelope.id) return { committed: this.#addParts(notice), isNew: false }
    if (envelope.issuer === this.#options.member && road !== 'own') this.#options.onOwnNotice(envelope)
    this.#checkFork(envelope, held)
    this.#checkNotFrozen(envelope)
    this.#checkFollows(notice, { road, from })
    const committed = this.#admit(notice, { road, from }, extra)
    this.#placeNext(envelope)
    return { committed, isNew: true }
  }

  /** Below `from` or after `end`. Places before a key's end are void only once the chain of the end is known. */
  #isVoid(envelope: Envelope, authority: Authority): boolean {
    return isVoid({ authority, seq: envelope.seq, id: envelope.id, onEndChain: () => true })
  }

  #keepVoid(notice: VerifiedNotice, at: { road: Road; from: string }): { committed: Promise<void>; isNew: boolean } {
    if (this.#options.store.notices.has(notice.envelope.id)) throw alreadyHeld(notice.envelope)
    const admission = { ...this.#admissionOf(notice, at), isVoid: true }
    const committed = this.#options.store.write(this.#options.store.notices.admissionOps(admission))
    const { id, kid } = notice.envelope
    this.#options.onRefusal(
      new FocalpointError('notice-void', 'Signed by a key that no longer speaks at this place; kept as evidence.', { id, kid }),
      { ...at, envelope: notice.envelope },
    )
    return { committed, isNew: false }
  }

  #checkNotStopped({ kid }: Envelope): void {
    if (this.#options.store.evidence.stopOf(kid) === undefined) return
    throw new FocalpointError('key-stopped', 'This key was stopped by its owner until the registry decides.', { kid })
  }

  #checkNotFrozen({ issuer, channel, seq }: Envelope): void {
    const fork = this.#options.store.evidence.forkOf(channel, issuer)
    if (fork === undefined || seq < fork.seq) return
    throw new FocalpointError('log-frozen', `${issuer}'s log is forked at place ${fork.seq} and waits for the registry.`, {
      issuer,
      channel,
      seq: fork.seq,
    })
  }

  /** Another id at a place that is taken, or a broken link to the place before: two signatures that prove a fork. */
  #checkFork(envelope: Envelope, held: string | undefined): void {
    const tip = this.#tip(envelope)
    const other = held ?? (tip !== undefined && tip.seq + 1 === envelope.seq && envelope.prev !== tip.id ? tip.id : undefined)
    if (other === undefined) return
    const kept = this.#options.store.notices.find(other)
    const proof = kept && forkBetween(kept.envelope, envelope)
    if (proof) this.#keepFork(proof).catch(() => {})
    const { issuer, channel, seq } = envelope
    throw new FocalpointError('fork', `${issuer} has signed two notices for place ${proof?.seq ?? seq} of one log.`, {
      issuer,
      channel,
      seq: proof?.seq ?? seq,
    })
  }

  async #keepFork(proof: ForkProof): Promise<void> {
    const { store, now } = this.#options
    const held = store.evidence.forkOf(proof.channel, proof.issuer)
    if (held !== undefined && held.seq <= proof.seq) return
    await store.write(store.evidence.forkOps({ ...proof, text: forkProofText(proof), at: now() }))
    this.#options.onFork(proof)
  }

  #checkFollows(notice: VerifiedNotice, at: { road: Road; from: string }): void {
    try {
      checkFollows(this.#tip(notice.envelope), notice.envelope)
    } catch (error) {
      if (isError(error, 'gap')) this.#waiting.keepAhead(logOf(notice.envelope), { notice, ...at })
      throw error
    }
  }

  #admit(notice: VerifiedNotice, at: { road: Road; from: string }, extra: readonly Operation[]): Promise<void> {
    const { store } = this.#options
    const { envelope } = notice
    const log = logOf(envelope)
    const admission = this.#admissionOf(notice, at)
    const operations = [...store.notices.admissionOps(admission), ...extra]
    this.#tips.set(log, { seq: envelope.seq, id: envelope.id, iat: envelope.iat })
    this.#underway.add(envelope.id)
    const written = at.road === 'own' ? store.writeAlone(operations) : store.write(operations)
    return written.then(
      () => void this.#underway.delete(envelope.id),
      error => {
        // Nothing of this log is ahead of the disk any more: the next comer is judged against what is really held.
        this.#underway.delete(envelope.id)
        this.#tips.delete(log)
        throw error
      },
    )
  }

  /** What waited for the place after this one is placed now. */
  #placeNext(envelope: Envelope): void {
    const waiting: Waiting<VerifiedNotice> | undefined = this.#waiting.takeAt(logOf(envelope), envelope.seq + 1)
    if (waiting === undefined) return
    const { notice, road, from } = waiting
    try {
      const authority = authorityOf({ registry: this.#options.registry(), ...askOf(notice.envelope) })
      this.#place(notice, authority, { road, from }).committed.catch(() => {})
    } catch (error) {
      this.#refuse(error, { road, from, envelope: notice.envelope })
    }
  }

  /** Parts that a notice already held came without at first. */
  #addParts(notice: VerifiedNotice): Promise<void> {
    const { store, types, now } = this.#options
    const kept = store.notices.find(notice.envelope.id)
    if (kept === undefined) return Promise.resolve()
    const { parts } = this.#keepable(notice, kept.parts)
    const fresh = parts.filter(part => !kept.parts.some(held => held.name === part.name))
    if (fresh.length === 0) return Promise.resolve()
    const all = [...kept.parts, ...fresh]
    const { flags, keys, words } = findingsOf(notice.envelope, all, types)
    return store.write(
      store.notices.partsOps({ envelope: notice.envelope, parts: fresh, flags, keys, words, receivedAt: now() }),
    )
  }

  #admissionOf(notice: VerifiedNotice, { road, from }: { road: Road; from: string }): Admission {
    const { types, now } = this.#options
    const { parts, erased } = this.#keepable(notice, [])
    const findings = parts.length > 0 ? findingsOf(notice.envelope, parts, types) : { flags: [], keys: noKeys, words: '' }
    return {
      envelope: notice.envelope,
      parts,
      erased,
      road,
      from,
      receivedAt: now(),
      flags: [...this.#clockFlags(notice.envelope), ...findings.flags],
      keys: findings.keys,
      words: findings.words,
      wanted: this.#wanted(notice, parts, erased),
      isVoid: false,
    }
  }

  /** Of a notice by another we cannot know whether we are among the named readers before we hold the part that says so. */
  #wanted({ envelope }: Notice, held: readonly Part[], erased: readonly string[]): string[] {
    return partNames(envelope).filter(
      name =>
        !held.some(part => part.name === name) &&
        !erased.includes(name) &&
        (isForChannel(envelope, name) || envelope.issuer !== this.#options.member),
    )
  }

  /** A claimed time is never a reason to refuse; it is told to people. */
  #clockFlags(envelope: Envelope): Flag[] {
    const tip = this.#tip(envelope)
    const flags: Flag[] = []
    if (envelope.iat > this.#options.now() + limits.clockToleranceSeconds) flags.push('clock-ahead')
    if (tip !== undefined && envelope.iat < tip.iat) flags.push('clock-back')
    return flags
  }

  /** The parts that we may keep: not past their day, not erased, and not for named readers other than us. */
  #keepable(notice: Notice, held: readonly Part[]): { parts: Part[]; erased: string[] } {
    const { store, member, now } = this.#options
    const { envelope } = notice
    const readers = [...notice.parts, ...held].find(part => part.name === 'readers')?.value
    const isReader = envelope.issuer === member || (Array.isArray(readers) && readers.includes(member))
    const isGone = (name: string) => {
      const until = envelope.parts[name]?.until
      return (until !== undefined && isPast(until, now())) || store.erasure.isErased(envelope.id, name)
    }
    return {
      parts: notice.parts.filter(({ name }) => !isGone(name) && (isForChannel(envelope, name) || isReader)),
      erased: partNames(envelope).filter(isGone),
    }
  }

  /** Held, and nothing in these parts is new to us. */
  #isHeldWhole(envelope: Envelope, parts: readonly Part[]): boolean {
    if (this.#underway.has(envelope.id)) return true
    if (!this.#options.store.notices.has(envelope.id)) return false
    const kept = this.#options.store.notices.find(envelope.id)
    if (kept === undefined) return false
    return this.#keepable({ envelope, parts }, kept.parts).parts.every(part =>
      kept.parts.some(heldPart => heldPart.name === part.name),
    )
  }

  #idAt({ channel, issuer, seq, id }: Envelope): string | undefined {
    const tip = this.#tips.get(logOf({ channel, issuer }))
    if (tip?.seq === seq) return tip.id
    return this.#underway.has(id) ? id : this.#options.store.notices.idAt(channel, issuer, seq)
  }

  #tip({ channel, issuer }: Envelope): Tip | undefined {
    const log = logOf({ channel, issuer })
    const ahead = this.#tips.get(log)
    if (ahead) return ahead
    const head = this.#options.store.notices.head(channel, issuer)
    if (head === undefined) return undefined
    const tip = { ...head, iat: this.#options.store.notices.find(head.id)?.envelope.iat ?? 0 }
    this.#tips.set(log, tip)
    return tip
  }

  /** An unexpected exception is never the sender's fault: ignored, told, counted. */
  #refuse(
    error: unknown,
    at: { road: Road; from: string; envelope?: Envelope | undefined },
  ): { verdict: Verdict; code: string } {
    const told = isError(error) ? error : internal(error instanceof Error ? error.message : String(error))
    this.#options.onRefusal(told, at)
    const verdict = isGateCode(told.code) ? verdicts[told.code] : 'ignore'
    const isRetried = isGateCode(told.code) && isHeld(told.code)
    return { verdict: verdict === 'hold' && !isRetried ? 'ignore' : verdict, code: told.code }
  }
}

function askOf({ kid, issuer, channel }: Envelope): { kid: string; issuer: string; channel: string } {
  return { kid, issuer, channel }
}

/** The key of a log in this file's maps. */
function logOf({ channel, issuer }: { channel: string; issuer: string }): string {
  return `${channel}/${issuer}`
}

function alreadyHeld({ id }: Envelope): FocalpointError<'already-held'> {
  return new FocalpointError('already-held', 'This notice is held already.', { id })
}

function internal(what: string): FocalpointError<'internal'> {
  return new FocalpointError('internal', `Something went wrong inside: ${what}.`, { what })
}

