import {
  type Envelope,
  FocalpointError,
  type ForkProof,
  forkBetween,
  forkProofText,
  hasTopic,
} from '#protocol'
import type { Store } from './store/index.ts'
import { logKey, type Tips } from './tips.ts'

export interface ForksOptions {
  store: Store
  tips: Tips
  now: () => number
  onFork: (proof: ForkProof) => void
}

/** Proofs that an issuer signed two notices for one place: found, kept, and the log frozen before the lowest of them. */
export class Forks {
  readonly #options: ForksOptions
  /** The lowest proven places of logs whose proof is not yet on disk. */
  readonly #freezing = new Map<string, number>()

  constructor(options: ForksOptions) {
    this.#options = options
  }

  /** Another id at a place that is taken, or a broken link to the place before. Keeps the proof and throws `fork`. */
  checkNoFork(envelope: Envelope): void {
    const { tips } = this.#options
    const tip = tips.of(envelope)
    const isBroken = tip !== undefined && tip.seq + 1 === envelope.seq && envelope.prev !== tip.id
    const other = tips.envelopeAt(isBroken ? { ...envelope, seq: tip.seq } : envelope)
    const proof = other && forkBetween(other, envelope)
    if (proof === undefined) return
    this.keep(proof).catch(() => {})
    const { issuer, channel, seq } = proof
    throw new FocalpointError('fork', `${issuer} has signed two notices for place ${seq} of one log.`, {
      issuer,
      channel,
      seq,
    })
  }

  /** Throws `log-frozen` from the lowest proven place on: only the registry ends that. */
  checkNotFrozen({ issuer, channel, seq }: Envelope): void {
    const place = this.#forkedAt({ issuer, channel })
    if (seq < place) return
    throw new FocalpointError(
      'log-frozen',
      `${issuer}'s log is forked at place ${place} and waits for the registry.`,
      { issuer, channel, seq: place },
    )
  }

  /** Whether this proof says less than what is held. */
  isKnown(proof: ForkProof): boolean {
    return this.#forkedAt(proof) <= proof.seq
  }

  /** The other branch of a fork is held in its proof alone. */
  isInProof({ channel, issuer, jws }: Envelope): boolean {
    return this.#options.store.evidence.forkOf(channel, issuer)?.text.includes(jws) ?? false
  }

  /** Keeps one proof for each log, that of the lowest place. */
  async keep(proof: ForkProof): Promise<void> {
    if (this.isKnown(proof)) return
    const { store, now, onFork } = this.#options
    const log = logKey(proof)
    this.#freezing.set(log, proof.seq)
    try {
      await store.write(store.evidence.forkOps({ ...proof, text: forkProofText(proof), at: now() }))
    } finally {
      if (this.#freezing.get(log) === proof.seq) this.#freezing.delete(log)
    }
    onFork(proof)
  }

  #forkedAt({ issuer, channel }: Pick<Envelope, 'issuer' | 'channel'>): number {
    const kept = this.#options.store.evidence.forkOf(channel, issuer)?.seq ?? Number.POSITIVE_INFINITY
    return Math.min(kept, this.#freezing.get(logKey({ issuer, channel })) ?? kept)
  }
}

/** A proof holds two envelopes, so it goes no further than they may: in an opt-in channel it comes by catch-up. */
export function checkMayTravel({ channel }: ForkProof): void {
  if (hasTopic(channel)) return
  const what = `about the channel "${channel}", which has no topic`
  throw new FocalpointError('proof-invalid', `This proof of a fork is ${what}.`, { what })
}
