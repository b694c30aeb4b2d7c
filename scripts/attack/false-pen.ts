import { randomBytes } from 'node:crypto'
import type { PrivateJwk } from '#protocol'
import { net as vectorsNet } from '../vectors/alliance.ts'
import { bodyForAll, type Written, write } from '../vectors/writing.ts'

/** Writes in a member's name: true notices in log order, or ones with a broken signature. */
export class FalsePen {
  readonly #member: string
  readonly #key: PrivateJwk
  readonly #net: string
  readonly #forged: string
  #seq = 0
  #last: string | null = null

  constructor({ member, key, net }: { member: string; key: PrivateJwk; net: string }) {
    this.#member = member
    this.#key = key
    this.#net = net
    this.#forged = this.#write(1, null).text
  }

  /** The log's next notice. */
  next(): Written {
    this.#seq += 1
    const written = this.#write(this.#seq, this.#last)
    this.#last = written.id
    return written
  }

  /** In all but its signature like a true one, and unlike every other. */
  forged(): string {
    const signature = randomBytes(64).toString('base64url')
    return this.#forged.replace(/\.[^.~]+~/, `.${signature}~`)
  }

  #write(seq: number, prev: string | null): Written {
    return write({
      key: this.#key,
      header: text => text.replace(vectorsNet, this.#net),
      parts: [{ ...bodyForAll, value: { text: { en: `Notice ${seq}.`.padEnd(300, '.') } } }],
      payload: { iss: this.#member, seq, prev },
    })
  }
}
