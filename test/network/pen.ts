import type { PrivateJwk } from '#protocol'
import { net as vectorsNet } from '../../scripts/vectors/alliance.ts'
import { bodyForAll, type NoticePlan, type Written, write } from '../../scripts/vectors/writing.ts'
import type { Participants } from './participants.ts'

/** Writes notices in a member's name, well signed or as badly as the plan says. */
export class Pen {
  readonly member: string
  readonly key: PrivateJwk
  readonly #net: string
  #seq = 0
  #last: string | null = null

  constructor(member: string, alliance: Participants) {
    this.member = member
    this.key = alliance.keysOf(member).signing
    this.#net = alliance.registry.net
  }

  /** A notice at the first place, or where the plan's payload says. */
  write({ payload, header = text => text, ...plan }: NoticePlan = {}): Written {
    return write({
      key: this.key,
      ...plan,
      payload: { iss: this.member, ...payload },
      header: text => header(text.replace(vectorsNet, this.#net)),
    })
  }

  /** Goes on from a notice that was written elsewhere. */
  after({ seq, id }: { seq: number; id: string }): this {
    this.#seq = seq
    this.#last = id
    return this
  }

  /** The log's next notice, each with a content of its own. */
  next({ payload, ...plan }: NoticePlan = {}): Written {
    const seq = this.#seq + 1
    const parts = [{ ...bodyForAll, value: { text: { en: `Notice ${seq} of ${this.member}.` } } }]
    const written = this.write({ parts, ...plan, payload: { seq, prev: this.#last, ...payload } })
    this.after({ seq, id: written.id })
    return written
  }
}
