/** Who was seen at which place of one log, in every store and every answer, over its whole life. */
export class Census {
  readonly #ids = new Map<number, Set<string>>()

  see({ seq, id }: { seq: number; id: string }): void {
    const ids = this.#ids.get(seq) ?? new Set()
    this.#ids.set(seq, ids.add(id))
  }

  /** The highest place seen. */
  get height(): number {
    return Math.max(0, ...this.#ids.keys())
  }

  /** Places at which more than one notice was signed. */
  get signedTwice(): number[] {
    return [...this.#ids].flatMap(([seq, ids]) => (ids.size > 1 ? [seq] : []))
  }
}
