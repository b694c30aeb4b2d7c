/** Hash, value, and where the next link of the same slot is: side by side, so that one look at memory finds all three. */
const width = 3
const none = -1

/** Numbers under hashes, many under one, in typed arrays: a Map of arrays would take ten times the memory. */
export class Chains {
  #slots = new Int32Array(1 << 12).fill(none)
  #links = new Int32Array((1 << 12) * width)
  #count = 0

  add(hash: number, value: number): void {
    if (this.#count === this.#slots.length) this.#grow()
    const link = this.#count++ * width
    this.#links[link] = hash
    this.#links[link + 1] = value
    this.#hang(link)
  }

  /** Calls back for every value under this hash. */
  each(hash: number, tell: (value: number) => void): void {
    const links = this.#links
    let link = this.#slots[hash & (this.#slots.length - 1)] as number
    while (link !== none) {
      if (links[link] === hash) tell(links[link + 1] as number)
      link = links[link + 2] as number
    }
  }

  #hang(link: number): void {
    const slot = (this.#links[link] as number) & (this.#slots.length - 1)
    this.#links[link + 2] = this.#slots[slot] as number
    this.#slots[slot] = link
  }

  #grow(): void {
    const slots = this.#slots.length * 2
    const links = new Int32Array(slots * width)
    links.set(this.#links)
    this.#links = links
    this.#slots = new Int32Array(slots).fill(none)
    for (let at = 0; at < this.#count; at++) this.#hang(at * width)
  }
}
