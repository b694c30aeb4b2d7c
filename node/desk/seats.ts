import { FocalpointError } from '#protocol'

export interface SeatRules {
  most: number
  mostPerPerson: number
  /** What is said when all are taken, and when this person has as many as one may have. */
  says: { all: string; own: string }
  retryAfterSeconds: number
}

/** Places for what lasts, such as a stream: so many at this node, and for one person so many of them. */
export class Seats {
  readonly #rules: SeatRules
  readonly #held = new Map<string, number>()
  #taken = 0

  constructor(rules: SeatRules) {
    this.#rules = rules
  }

  /** Gives what frees the place again, once. Throws `too-many-requests`. */
  take(person: string): () => void {
    const { most, mostPerPerson, says, retryAfterSeconds } = this.#rules
    const own = this.#held.get(person) ?? 0
    const refusal = own >= mostPerPerson ? says.own : this.#taken >= most ? says.all : undefined
    if (refusal !== undefined) throw new FocalpointError('too-many-requests', refusal, { retryAfterSeconds })
    this.#change(person, 1)
    let isHeld = true
    return () => {
      if (isHeld) this.#change(person, -1)
      isHeld = false
    }
  }

  #change(person: string, by: 1 | -1): void {
    const own = (this.#held.get(person) ?? 0) + by
    if (own === 0) this.#held.delete(person)
    else this.#held.set(person, own)
    this.#taken += by
  }
}
