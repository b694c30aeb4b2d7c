import {
  authorityOf,
  isChannel,
  isError,
  parseForkProof,
  publicKeyOf,
  type Registry,
  type Verdict,
  verifyEnvelope,
} from '#protocol'
import type { Road } from './admission.ts'
import type { Decisions } from './decisions.ts'
import { isOutOfForce } from './force.ts'
import { checkMayTravel, type Forks } from './forks.ts'
import type { Tips } from './tips.ts'

export interface EvidenceOptions {
  registry: () => Registry
  tips: Tips
  forks: Forks
  decisions: Decisions
  refuse: (error: unknown, at: { road: Road; from: string }) => { verdict: Verdict }
}

/** What others bring against a key: proofs that it signed two notices for one place, and its owner's word to stop it. */
export class Evidence {
  readonly #options: EvidenceOptions

  constructor(options: EvidenceOptions) {
    this.#options = options
  }

  /** By gossip; both kinds travel on one topic. */
  judge(text: string, by: { from: string }): Promise<Verdict> {
    return text.startsWith('{"document":')
      ? this.stop(text, { ...by, isGossip: true })
      : this.#judgeProof(text, by)
  }

  /** Whether a stop is valid hangs on the registry here, so a bad one is ignored and costs nobody his name. */
  async stop(text: string, { from, isGossip }: { from: string; isGossip: boolean }): Promise<Verdict> {
    const { decisions, refuse } = this.#options
    try {
      return (await decisions.stop(text, { isGossip })) ? 'accept' : 'ignore'
    } catch (error) {
      refuse(error, { road: isGossip ? 'gossip' : 'sync', from })
      return 'ignore'
    }
  }

  async #judgeProof(text: string, { from }: { from: string }): Promise<Verdict> {
    const { registry, tips, forks, refuse } = this.#options
    try {
      const proof = parseForkProof(text, { net: registry().net })
      if (!isChannel(proof.channel)) return 'ignore'
      checkMayTravel(proof)
      if (forks.isKnown(proof)) return 'ignore'
      for (const envelope of [proof.a, proof.b]) {
        const authority = authorityOf({ registry: registry(), ...envelope })
        await verifyEnvelope(envelope, await publicKeyOf(registry(), envelope.kid))
        if (isOutOfForce(envelope, authority, tips)) return 'ignore'
      }
      await forks.keep(proof)
      return 'accept'
    } catch (error) {
      const { verdict } = refuse(error, { road: 'gossip', from })
      return isError(error, 'proof-invalid') ? 'reject' : verdict
    }
  }
}
