import type { Envelope, Registry } from '#protocol'
import { type KeyEnd, keyEnds } from './force.ts'
import type { Forks } from './forks.ts'
import { logKey, type Tips } from './tips.ts'
import type { VerifiedNotice } from './waiting.ts'

// When a log has forked, or a thief has signed in it, the registry names the last notice that holds: `end.id`. A node
// that holds another branch does not know from where on it is wrong. It asks for the log again from the key's first
// place, gathers what differs from its own, and follows `prev` from `end.id` down until it meets a notice that it holds.

export interface EndChainsOptions {
  registry: () => Registry
  tips: Pick<Tips, 'of' | 'idAt'>
  forks: Pick<Forks, 'frozenAt'>
}

type Log = Pick<Envelope, 'channel' | 'issuer'>

/** The chains that the registry names and that are not ours, gathered from each sending peer by itself. */
export class EndChains {
  readonly #options: EndChainsOptions
  /** Logs that were seen to differ from the chain that the registry names. */
  readonly #differing = new Set<string>()
  /** Per log and sending peer, so that a liar spoils nothing but its own. */
  readonly #gathered = new Map<string, Map<string, VerifiedNotice>>()

  constructor(options: EndChainsOptions) {
    this.#options = options
  }

  /** The log is known to hold another notice than the registry names. */
  differs(log: Log): void {
    this.#differing.add(logKey(log))
  }

  /** Whether this notice may lie on the chain that we lack, so that nobody can be blamed for a fork there. */
  isAwaited(envelope: Envelope): boolean {
    const open = this.#openEnd(envelope)
    if (open === undefined || envelope.seq > open.end.seq) return false
    if (this.#isOff(envelope, open)) return true
    const { tips } = this.#options
    const tip = tips.of(envelope)
    const held = tips.idAt(envelope)
    const breaks =
      held === undefined ? tip?.seq === envelope.seq - 1 && tip.id !== envelope.prev : held !== envelope.id
    if (breaks) this.differs(envelope)
    return breaks
  }

  /** The whole chain above what we hold, lowest place first, once this notice completes it. */
  gather(notice: VerifiedNotice, from: string): VerifiedNotice[] | undefined {
    const open = this.#openEnd(notice.envelope)
    if (open === undefined) return undefined
    const room = `${logKey(open)} ${from}`
    const gathered = this.#gathered.get(room) ?? new Map<string, VerifiedNotice>()
    // An honest peer has one notice for each place; more is no chain.
    if (gathered.size > open.end.seq - open.from + 1) gathered.clear()
    this.#gathered.set(room, gathered.set(notice.envelope.id, notice))
    const chain = this.#chainDown(open, gathered)
    if (chain === undefined) return undefined
    this.#differing.delete(logKey(open))
    for (const key of this.#gathered.keys())
      if (key.startsWith(`${logKey(open)} `)) this.#gathered.delete(key)
    return chain
  }

  /** Logs to be asked for again, and the place after which. */
  wanted(): { channel: string; issuer: string; after: number }[] {
    const { registry } = this.#options
    const logs = new Map(keyEnds(registry()).map(end => [logKey(end), end]))
    return [...logs.values()].flatMap(log => {
      const open = this.#openEnd(log)
      if (open === undefined || !this.#isOff(log, open)) return []
      return [{ channel: log.channel, issuer: log.issuer, after: open.from - 1 }]
    })
  }

  /** The lowest end whose notice we do not hold. */
  #openEnd(log: Log): KeyEnd | undefined {
    const { registry, tips } = this.#options
    return keyEnds(registry(), log)
      .filter(({ end: { seq, id } }) => seq > 0 && tips.idAt({ ...log, seq }) !== id)
      .toSorted((a, b) => a.end.seq - b.end.seq)
      .at(0)
  }

  #isOff(log: Log, { end }: KeyEnd): boolean {
    return this.#differing.has(logKey(log)) || this.#options.forks.frozenAt(log) <= end.seq
  }

  #chainDown({ end }: KeyEnd, gathered: ReadonlyMap<string, VerifiedNotice>): VerifiedNotice[] | undefined {
    const { tips } = this.#options
    const chain: VerifiedNotice[] = []
    for (let id = end.id, seq = end.seq; id !== null; seq--) {
      const notice = gathered.get(id)
      if (notice === undefined || notice.envelope.seq !== seq) return undefined
      chain.unshift(notice)
      id = notice.envelope.prev
      if (id !== null && tips.idAt({ ...notice.envelope, seq: seq - 1 }) === id) break
    }
    return chain
  }
}
