import type { Connection, Stream } from '@libp2p/interface'
import { Allowance } from './allowance.ts'

interface Braking {
  connections(): Connection[]
  count(metric: string, labels?: Record<string, string>): void
}

/** What a busy day with a cut line brings; above it a sender is read no faster than this. */
const wasteAllowed = { burst: 1_000, perSecond: 50 }
/** A text over a budget stands for a sender that knows no measure; any other that is ignored may be bad luck. */
const costs = { ignore: 1, 'too-much': 5 } as const
/** Some of it still comes before its stream stops, so short stops are enough. */
const longestStopMs = 5_000

type Reason = 'crowded' | 'wasteful'

/**
 * Stops reading a sender's gossip for a while, so that its texts wait at its end and not in our memory: while too many
 * of them wait to be judged, and when they are of no use. What is ignored costs it no score, and could keep us busy for
 * ever. What is dropped all the same comes by catch-up.
 */
export class Brake {
  readonly #braking: Braking
  readonly #waste = new Allowance(wasteAllowed)
  /** Peer → why it is not read now. */
  readonly #held = new Map<string, Set<Reason>>()

  constructor(braking: Braking) {
    this.#braking = braking
  }

  /** Too many of its texts wait, or few enough again. */
  crowded(peer: string, isCrowded: boolean): void {
    if (isCrowded) this.#hold(peer, 'crowded')
    else this.#letGo(peer, 'crowded')
  }

  /** A text of it was of no use. */
  wasted(peer: string, how: keyof typeof costs): void {
    const stopMs = Math.min(this.#waste.overdraw(peer, costs[how]), longestStopMs)
    if (stopMs === 0 || this.#held.get(peer)?.has('wasteful')) return
    this.#braking.count('senders_slowed')
    this.#hold(peer, 'wasteful')
    const timer = setTimeout(() => this.#letGo(peer, 'wasteful'), stopMs)
    timer.unref()
  }

  #hold(peer: string, reason: Reason): void {
    const reasons = this.#held.get(peer) ?? new Set()
    this.#held.set(peer, reasons.add(reason))
    for (const stream of this.#gossipStreams(peer)) if (stream.readStatus === 'readable') stream.pause()
  }

  #letGo(peer: string, reason: Reason): void {
    const reasons = this.#held.get(peer)
    if (!reasons?.delete(reason) || reasons.size > 0) return
    this.#held.delete(peer)
    for (const stream of this.#gossipStreams(peer)) if (stream.readStatus === 'paused') stream.resume()
  }

  #gossipStreams(peer: string): Stream[] {
    const theirs = this.#braking.connections().filter(({ remotePeer }) => remotePeer.toString() === peer)
    return theirs
      .flatMap(({ streams }) => streams)
      .filter(({ direction, protocol }) => direction === 'inbound' && protocol.startsWith('/meshsub/'))
  }
}
