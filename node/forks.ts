import {
  authorityOf,
  type Envelope,
  FocalpointError,
  type ForkProof,
  forkBetween,
  forkProofText,
  hasTopic,
  isError,
  parseForkProof,
  type Registry,
} from '#protocol'
import { isOutOfForce } from './force.ts'
import type { Store, StoredFork } from './store/index.ts'
import { logKey, type Tips } from './tips.ts'

export interface ForksOptions {
  store: Store
  tips: Tips
  registry: () => Registry
  now: () => number
  onFork: (proof: ForkProof) => void
}

const searchesForLowest = 32

/** Proofs that an issuer signed two notices for one place: found, kept, and the log frozen before the lowest of them. */
export class Forks {
  readonly #options: ForksOptions
  /** The lowest proven places of logs whose proof is not yet on disk. */
  readonly #freezing = new Map<string, number>()

  /** How often a log was asked for again because of this proof. */
  readonly #searches = new Map<string, number>()

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
    const place = this.frozenAt({ issuer, channel })
    if (seq < place) return
    throw new FocalpointError(
      'log-frozen',
      `${issuer}'s log is forked at place ${place} and waits for the registry.`,
      { issuer, channel, seq: place },
    )
  }

  /** Whether this proof says less than what is held. */
  isKnown(proof: ForkProof): boolean {
    return this.frozenAt(proof) <= proof.seq
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

  /** Both envelopes of each proof were in force until the registry decided: gives those that it has decided now. */
  async settle(): Promise<StoredFork[]> {
    const { store, now } = this.#options
    const settled = store.evidence
      .forks()
      .filter(fork => fork.settledAt === undefined && this.#isSettled(fork))
    for (const { channel, issuer } of settled) {
      await store.write(store.evidence.settleForkOps(channel, issuer, now()))
    }
    return settled
  }

  #isSettled({ text }: StoredFork): boolean {
    const { registry, tips } = this.#options
    const { a, b } = parseForkProof(text, { net: registry().net })
    return [a, b].some(envelope => {
      try {
        return isOutOfForce(envelope, authorityOf({ registry: registry(), ...envelope }), tips)
      } catch (error) {
        if (isError(error)) return false
        throw error
      }
    })
  }

  /**
   * Logs whose proof may not be of their lowest fork: its notices follow different ones, so that lower places differ,
   * too. They are asked for again from their beginning, a few times: the peer asked may be on our own branch.
   */
  searched(): { channel: string; issuer: string; after: number }[] {
    const { store, registry } = this.#options
    return store.evidence.forks().flatMap(({ channel, issuer, seq, text, settledAt }) => {
      if (settledAt !== undefined || seq === 1) return []
      const { a, b } = parseForkProof(text, { net: registry().net })
      const asked = this.#searches.get(text) ?? 0
      if ((a.seq === b.seq && a.prev === b.prev) || asked >= searchesForLowest) return []
      this.#searches.set(text, asked + 1)
      return [{ channel, issuer, after: 0 }]
    })
  }

  /** The lowest proven place that the registry has not decided; infinite while there is none. */
  frozenAt({ issuer, channel }: Pick<Envelope, 'issuer' | 'channel'>): number {
    const fork = this.#options.store.evidence.forkOf(channel, issuer)
    const kept = fork === undefined || fork.settledAt !== undefined ? Number.POSITIVE_INFINITY : fork.seq
    return Math.min(kept, this.#freezing.get(logKey({ issuer, channel })) ?? kept)
  }
}

/** A proof holds two envelopes, so it goes no further than they may: in an opt-in channel it comes by catch-up. */
export function checkMayTravel({ channel }: ForkProof): void {
  if (hasTopic(channel)) return
  const what = `about the channel "${channel}", which has no topic`
  throw new FocalpointError('proof-invalid', `This proof of a fork is ${what}.`, { what })
}
