import {
  type Authority,
  authorityOf,
  checkFollows,
  type Envelope,
  FocalpointError,
  isError,
  type Registry,
} from '#protocol'
import type { Road } from './admission.ts'
import type { EndChains } from './end-chains.ts'
import { type Cut, isBeyondStop, isOutOfForce } from './force.ts'
import type { Forks } from './forks.ts'
import { admissionOf, type Keeping, partsAdmissionOf } from './keepable.ts'
import type { Operation, Store } from './store/index.ts'
import { logKey, type Tips } from './tips.ts'
import type { VerifiedNotice, Waiting, WaitingRoom } from './waiting.ts'

/** A notice whose signature was checked, and where its key may speak. */
export interface Judged {
  notice: VerifiedNotice
  authority: Authority
}

/** `isNew` is false for what was held already or is kept as void. */
export interface Placed {
  committed: Promise<void>
  isNew: boolean
}

export interface PlacerOptions {
  member: string
  store: Store
  registry: () => Registry
  tips: Tips
  forks: Forks
  ends: EndChains
  keeping: Keeping
  waiting: WaitingRoom
  now: () => number
  /** Another branch was taken: what was open because of the old one may now be decided. */
  settle: () => Promise<void>
  onCut: (cut: Cut) => void
  onOwnNotice: (envelope: Envelope) => void
  onRefusal: (error: FocalpointError, at: { road: Road; from: string; envelope?: Envelope }) => void
  refuse: (error: unknown, at: { road: Road; from: string; envelope: Envelope }) => void
}

/** The gate's third phase: a verified notice takes its place in its log, is kept aside as void, or makes a proof. */
export class Placer {
  readonly #options: PlacerOptions

  constructor(options: PlacerOptions) {
    this.#options = options
  }

  /** What cannot be placed is told and left out. */
  placeOrRefuse(judged: Judged, at: { road: Road; from: string }): Placed | undefined {
    try {
      return this.place(judged, at)
    } catch (error) {
      this.#options.refuse(error, { ...at, envelope: judged.notice.envelope })
      return undefined
    }
  }

  /** Takes a verified notice's place in its log. Synchronous up to the write, so nothing can come between. */
  place(
    { notice, authority }: Judged,
    at: { road: Road; from: string },
    extra: readonly Operation[] = [],
  ): Placed {
    const { envelope } = notice
    const { tips, ends, forks, member, onOwnNotice } = this.#options
    if (isOutOfForce(envelope, authority, tips))
      return { committed: this.#keepVoid(notice, at), isNew: false }
    checkNotStopped(this.#options.store, envelope)
    if (tips.idAt(envelope) === envelope.id) return { committed: this.#addParts(notice), isNew: false }
    if (envelope.issuer === member && at.road !== 'own') onOwnNotice(envelope)
    if (ends.isAwaited(envelope)) return this.#gather(notice, at)
    forks.checkNoFork(envelope)
    forks.checkNotFrozen(envelope)
    this.#checkFollows(notice, at)
    const committed = this.#admit(notice, at, extra)
    this.#placeNext(envelope)
    return { committed, isNew: true }
  }

  #keepVoid(notice: VerifiedNotice, at: { road: Road; from: string }): Promise<void> {
    const { store, onRefusal } = this.#options
    const { envelope } = notice
    if (store.notices.isKept(envelope)) throw alreadyHeld(envelope)
    const admission = {
      ...admissionOf(notice, at, this.#options.tips.of(envelope), this.#options.keeping),
      isVoid: true,
    }
    onRefusal(voidKept(envelope), { ...at, envelope })
    return store.write(store.notices.admissionOps(admission))
  }

  /** Part of the chain that a key's end names, and not of ours: taken when it reaches down to where the two part. */
  #gather(notice: VerifiedNotice, at: { road: Road; from: string }): Placed {
    const { ends, tips } = this.#options
    const chain = tips.isSettled(notice.envelope) ? ends.gather(notice, at.from) : undefined
    if (chain !== undefined) {
      return { committed: this.#takeBranch(chain, at).then(() => this.#options.settle()), isNew: true }
    }
    const { issuer, channel, seq } = notice.envelope
    const what = `The registry has decided which of ${issuer}'s notices hold, and those are being fetched.`
    throw new FocalpointError('log-frozen', what, { issuer, channel, seq })
  }

  #takeBranch(chain: readonly VerifiedNotice[], at: { road: Road; from: string }): Promise<void> {
    const { store, tips, keeping, onCut, now } = this.#options
    const [first] = chain
    if (first === undefined) return Promise.resolve()
    const { issuer, channel, seq } = first.envelope
    const leaving = tips.idsFrom(first.envelope)
    let tip = tips.before(first.envelope)
    const operations = leaving.flatMap(id => store.notices.voidOps(id, now()))
    for (const notice of chain) {
      operations.push(...store.notices.admissionOps(admissionOf(notice, at, tip, keeping)))
      tip = notice.envelope
    }
    if (leaving.length > 0) onCut({ channel, issuer, from: seq, ids: leaving })
    const placed = chain.map(({ envelope }) => envelope)
    return tips.retake(first.envelope, { tip, placed }, () => store.write(operations))
  }

  #checkFollows(notice: VerifiedNotice, at: { road: Road; from: string }): void {
    try {
      checkFollows(this.#options.tips.of(notice.envelope), notice.envelope)
    } catch (error) {
      if (isError(error, 'gap')) this.#options.waiting.keepAhead(logKey(notice.envelope), { notice, ...at })
      throw error
    }
  }

  #admit(
    notice: VerifiedNotice,
    at: { road: Road; from: string },
    extra: readonly Operation[],
  ): Promise<void> {
    const { store } = this.#options
    const admission = admissionOf(notice, at, this.#options.tips.of(notice.envelope), this.#options.keeping)
    const operations = [...store.notices.admissionOps(admission), ...extra]
    return this.#options.tips.take(notice.envelope, () =>
      at.road === 'own' ? store.writeAlone(operations) : store.write(operations),
    )
  }

  /** What waited for the place after this one is placed now. */
  #placeNext(envelope: Envelope): void {
    const waiting: Waiting<VerifiedNotice> | undefined = this.#options.waiting.takeAt(
      logKey(envelope),
      envelope.seq + 1,
    )
    if (waiting === undefined) return
    const { notice, road, from } = waiting
    try {
      const authority = authorityOf({ registry: this.#options.registry(), ...notice.envelope })
      this.placeOrRefuse({ notice, authority }, { road, from })?.committed.catch(() => {})
    } catch (error) {
      this.#options.refuse(error, { road, from, envelope: notice.envelope })
    }
  }

  /** Parts that a notice already held came without at first. */
  async #addParts(notice: VerifiedNotice): Promise<void> {
    const { store } = this.#options
    const kept = store.notices.find(notice.envelope.id)
    const admission = kept && partsAdmissionOf(notice, kept.parts, this.#options.keeping)
    if (admission) await store.write(store.notices.partsOps(admission))
  }
}

/** Beyond the last notice that its member stands by, a stopped key is not listened to until the registry decides. */
function checkNotStopped(store: Store, envelope: Envelope): void {
  const stop = store.evidence.stopOf(envelope.kid, envelope.channel)
  if (stop === undefined || !isBeyondStop(stop, envelope)) return
  throw new FocalpointError('key-stopped', 'This key was stopped by its owner until the registry decides.', {
    kid: envelope.kid,
  })
}

function voidKept({ id, kid }: Envelope): FocalpointError<'notice-void'> {
  return new FocalpointError(
    'notice-void',
    'Signed by a key that no longer speaks at this place; kept as evidence.',
    { id, kid },
  )
}

export function alreadyHeld({ id }: Envelope): FocalpointError<'already-held'> {
  return new FocalpointError('already-held', 'This notice is held already.', { id })
}
