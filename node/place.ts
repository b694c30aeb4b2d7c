import {
  type Authority,
  authorityOf,
  checkFollows,
  type Envelope,
  FocalpointError,
  isError,
  isVoid,
  type Registry,
} from '#protocol'
import type { Road } from './admission.ts'
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
  keeping: Keeping
  waiting: WaitingRoom
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
    if (isOutOfForce(envelope, authority)) return { committed: this.#keepVoid(notice, at), isNew: false }
    this.#checkNotStopped(envelope)
    if (this.#options.tips.idAt(envelope) === envelope.id)
      return { committed: this.#addParts(notice), isNew: false }
    if (envelope.issuer === this.#options.member && at.road !== 'own') this.#options.onOwnNotice(envelope)
    this.#options.forks.checkNoFork(envelope)
    this.#options.forks.checkNotFrozen(envelope)
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

  #checkNotStopped({ kid }: Envelope): void {
    if (this.#options.store.evidence.stopOf(kid) === undefined) return
    throw new FocalpointError(
      'key-stopped',
      'This key was stopped by its owner until the registry decides.',
      { kid },
    )
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

/** Below `from` or after `end`. Places before a key's end are void only once the chain of the end is known. */
export function isOutOfForce({ seq, id }: Envelope, authority: Authority): boolean {
  return isVoid({ authority, seq, id, onEndChain: () => true })
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
