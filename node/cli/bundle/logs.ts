import {
  type BundleHead,
  checkFollows,
  type Envelope,
  FocalpointError,
  type Head,
  type Registry,
} from '#protocol'
import { keyEnds } from '../../force.ts'

/** One log of a bundle: from its first place there to its head. */
export interface BundledLog {
  channel: string
  issuer: string
  from: number
  to: number
}

/** Follows each log from place to place, as its lines go by. */
export class Logs {
  readonly all: BundledLog[] = []
  /** What a fuller bundle, or a node, would have to tell. */
  readonly notes: string[] = []
  readonly #heads: BundleHead['heads']
  readonly #registry: Registry
  #last: Head | undefined

  constructor({ heads }: Pick<BundleHead, 'heads'>, registry: Registry) {
    this.#heads = heads
    this.#registry = registry
  }

  /** Throws `gap`, `fork`, `chain-broken`, `notice-void`, as it finds them at this place or at the end of the log before. */
  see(envelope: Envelope): void {
    const { channel, issuer, seq, id } = envelope
    const log = this.all.at(-1)
    const isSame = log?.channel === channel && log.issuer === issuer
    const before = isSame ? this.#last : undefined
    if (!isSame) {
      this.finish()
      this.all.push({ channel, issuer, from: seq, to: seq })
    } else log.to = seq
    this.#last = { seq, id }
    if (before !== undefined) checkFollows(before, envelope)
    this.#checkEnds(envelope)
  }

  /** The last log must reach the head that the bundle tells of. */
  finish(): void {
    const log = this.all.at(-1)
    const last = this.#last
    this.#last = undefined
    if (log === undefined || last === undefined) return
    const { channel, issuer } = log
    const told = this.#heads[channel]?.[issuer]
    if (told === undefined || told[0] !== last.seq || told[1] !== last.id) {
      throw new FocalpointError(
        'gap',
        `The log of ${issuer} in ${channel} ends here at place ${last.seq}, and its head is said to be ${told?.[0] ?? 'none'}: notices are missing.`,
        { issuer, channel, seq: told?.[0] ?? 0, head: last.seq },
      )
    }
    for (const { kid, end } of keyEnds(this.#registry, log)) {
      if (end.seq > last.seq)
        this.notes.push(
          `Key ${kid} of ${issuer} ends in ${channel} at place ${end.seq}, and the log goes only to ${last.seq} here: whether what it signed is on the chain that ends there, only a newer bundle or a node can tell.`,
        )
    }
  }

  /** Where the registry ends a key at another notice than stands here, what that key signed before it is not in force. */
  #checkEnds(envelope: Envelope): void {
    const { channel, issuer, seq, id } = envelope
    const wrong = keyEnds(this.#registry, { channel, issuer }).find(
      ({ end }) => end.seq === seq && end.id !== id,
    )
    if (wrong === undefined) return
    throw new FocalpointError(
      'notice-void',
      `Void: the registry ends key ${wrong.kid} at another notice than place ${seq} of ${issuer}'s log in ${channel} here, so what it signed from place ${wrong.from} on does not count.`,
      { id, kid: wrong.kid },
    )
  }
}
