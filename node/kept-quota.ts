import { FocalpointError } from '#protocol'
import type { Consignment } from './consignment.ts'
import type { KeptRoom } from './desk/customs.ts'

export interface KeptMost {
  /** Consignments of all persons together. */
  inAll: number
  /** Consignments of one person, and how many bytes they take as JSON. */
  perPerson: number
  bytesPerPerson: number
}

interface Held {
  consignments: number
  bytes: number
}

/** How many consignments each person keeps: counted when the store is opened, and with each that is written or deleted. */
export class KeptQuota {
  readonly #most: KeptMost
  readonly #held = new Map<string, Held>()
  #inAll = 0

  constructor(most: KeptMost) {
    this.#most = most
  }

  get inAll(): number {
    return this.#inAll
  }

  roomOf(person: string): KeptRoom {
    const { perPerson: consignmentsMost, bytesPerPerson: bytesMost } = this.#most
    return { ...this.#heldBy(person), consignmentsMost, bytesMost }
  }

  /** Throws `quota-reached`, or `conflict` where the node keeps too many of all persons. */
  check(person: string, more: readonly Consignment[]): void {
    const { inAll, perPerson, bytesPerPerson } = this.#most
    const { consignments, bytes } = this.#heldBy(person)
    const what = 'kept consignments'
    if (consignments + more.length > perPerson)
      throw new FocalpointError(
        'quota-reached',
        `You keep ${consignments} consignments, and one person keeps at most ${perPerson} (screening.keep_most_per_person). Delete kept consignments that you no longer need, or screen without keeping.`,
        { what, most: perPerson },
      )
    if (bytes + bytesOf(more) > bytesPerPerson)
      throw new FocalpointError(
        'quota-reached',
        `The consignments that you keep would take more than ${bytesPerPerson} bytes (screening.keep_mib_per_person). Delete kept consignments that you no longer need, or screen without keeping.`,
        { what, most: bytesPerPerson },
      )
    if (this.#inAll + more.length > inAll)
      throw new FocalpointError(
        'conflict',
        `This node keeps at most ${inAll} consignments (screening.keep_most). Delete some, or screen without keeping.`,
        { what },
      )
  }

  add(person: string, consignment: Consignment): void {
    this.#change(person, { consignments: 1, bytes: bytesOf([consignment]) })
  }

  remove(person: string, consignment: Consignment): void {
    this.#change(person, { consignments: -1, bytes: -bytesOf([consignment]) })
  }

  #change(person: string, by: Held): void {
    const { consignments, bytes } = this.#heldBy(person)
    this.#held.set(person, { consignments: consignments + by.consignments, bytes: bytes + by.bytes })
    this.#inAll += by.consignments
  }

  #heldBy(person: string): Held {
    return this.#held.get(person) ?? { consignments: 0, bytes: 0 }
  }
}

/** What was found is not counted: it changes by itself. */
function bytesOf(consignments: readonly Consignment[]): number {
  return consignments.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(each)), 0)
}
