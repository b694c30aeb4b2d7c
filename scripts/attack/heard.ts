import type { Frontier, Notice } from '#protocol'

/** What a liar has been told by gossip. */
export class Heard {
  readonly texts: string[] = []
  readonly #heads = new Map<string, [number, string]>()

  add({ envelope: { issuer, seq, id } }: Notice, text: string): void {
    this.texts.push(text)
    if (seq > (this.#heads.get(issuer)?.[0] ?? 0)) this.#heads.set(issuer, [seq, id])
  }

  frontier(): Frontier {
    return { torture: Object.fromEntries(this.#heads) }
  }
}
