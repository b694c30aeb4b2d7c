import { limits, type Notice, type VerifiedEnvelope } from '#protocol'
import type { Road } from './admission.ts'

/** An envelope that cannot be placed or judged yet, with how it came. */
export interface Waiting<Text extends Notice = Notice> {
  notice: Text
  road: Road
  from: string
}
export type VerifiedNotice = Notice & { envelope: VerifiedEnvelope }

/**
 * What the gate keeps in memory until it can be placed or judged; gossip does not offer a message twice, so what is
 * not kept here comes by catch-up. Both lists are bounded; when full, the newest comer is dropped.
 */
export class WaitingRoom {
  readonly #ahead = new Map<string, Map<number, Waiting<VerifiedNotice>>>()
  readonly #unknownKey = new Map<string, Waiting[]>()

  /** Keeps a verified notice whose log has a gap before it. */
  keepAhead(log: string, waiting: Waiting<VerifiedNotice>): void {
    const places = this.#ahead.get(log) ?? new Map<number, Waiting<VerifiedNotice>>()
    if (places.size < limits.heldAheadPerLog) places.set(waiting.notice.envelope.seq, waiting)
    this.#ahead.set(log, places)
  }

  /** Takes out what waits for this place, and drops all before it. */
  takeAt(log: string, seq: number): Waiting<VerifiedNotice> | undefined {
    const places = this.#ahead.get(log)
    if (places === undefined) return undefined
    const found = places.get(seq)
    for (const place of places.keys()) if (place <= seq) places.delete(place)
    if (places.size === 0) this.#ahead.delete(log)
    return found
  }

  /** Keeps a notice whose key a newer members document may bring. */
  keepUnknownKey(waiting: Waiting): void {
    const list = this.#unknownKey.get(waiting.from) ?? []
    if (list.length < limits.heldUnknownKeyPerPeer) list.push(waiting)
    this.#unknownKey.set(waiting.from, list)
  }

  /** Empties the list of notices with unknown keys: the registry has changed. */
  takeUnknownKeys(): Waiting[] {
    const all = [...this.#unknownKey.values()].flat()
    this.#unknownKey.clear()
    return all
  }
}
