import type { Frontier } from '#protocol'

/** What each member's node has said it holds, in beacons and in catch-up, since this node was started. */
export class Holders {
  readonly #frontiers = new Map<string, Frontier>()
  /** The channels of which a member has told all its heads, and when it last did, in seconds since 1970. */
  readonly #whole = new Map<string, Map<string, number>>()
  #change = Promise.withResolvers<void>()

  heads(member: string): Frontier {
    return this.#frontiers.get(member) ?? {}
  }

  holds(member: string, channel: string, issuer: string, seq: number): boolean {
    return (this.#frontiers.get(member)?.[channel]?.[issuer]?.[0] ?? 0) >= seq
  }

  /** How many of these members, or of all heard of, hold this place. */
  countHolding(
    { channel, issuer, seq }: { channel: string; issuer: string; seq: number },
    members: Iterable<string> = this.#frontiers.keys(),
  ): number {
    let count = 0
    for (const member of members) {
      if (this.holds(member, channel, issuer, seq)) count += 1
    }
    return count
  }

  /** How many of these members, or of all heard of, have told all their heads of this channel. */
  frontiersSeen(channel: string, members: Iterable<string> = this.#whole.keys()): number {
    return [...members].filter(member => this.hasToldWhole(member, channel)).length
  }

  hasToldWhole(member: string, channel: string): boolean {
    return this.#whole.get(member)?.has(channel) ?? false
  }

  /** A member's heads of one channel and when it last told them all, or undefined while it has not. */
  told(member: string, channel: string): { at: number; heads: Frontier[string] } | undefined {
    const at = this.#whole.get(member)?.get(channel)
    return at === undefined ? undefined : { at, heads: this.heads(member)[channel] ?? {} }
  }

  /** A member's whole word on these channels: what it no longer names, it no longer holds. */
  tellWhole(member: string, frontier: Frontier, at: number): void {
    const whole = this.#whole.get(member) ?? new Map<string, number>()
    for (const channel of Object.keys(frontier)) whole.set(channel, at)
    this.#whole.set(member, whole)
    this.#set(member, { ...this.heads(member), ...frontier })
  }

  /** Heads that moved; says nothing of the others. */
  tellMoved(member: string, frontier: Frontier): void {
    const known = this.heads(member)
    const merged = Object.entries(frontier).map(([channel, heads]) => [
      channel,
      { ...known[channel], ...heads },
    ])
    this.#set(member, { ...known, ...Object.fromEntries(merged) })
  }

  /** Resolves when anything is told next, or the signal comes. */
  async changed(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const onAbort = () => resolve()
    signal?.addEventListener('abort', onAbort)
    await Promise.race([this.#change.promise, promise])
    signal?.removeEventListener('abort', onAbort)
  }

  #set(member: string, frontier: Frontier): void {
    this.#frontiers.set(member, frontier)
    this.#change.resolve()
    this.#change = Promise.withResolvers<void>()
  }
}
