import type { Connection } from '@libp2p/interface'
import type { AddressBook } from './addresses.ts'
import type { Node } from './libp2p.ts'
import { jittered } from './loop.ts'
import type { NetworkLog, RegistryView } from './options.ts'
import type { PeerBook } from './peers.ts'
import { ringNeighbours } from './ring.ts'
import { asError } from './streams.ts'

interface Dialing {
  own: string
  degree: number
  node: Node
  registry: RegistryView
  addresses: AddressBook
  book: PeerBook
  log: NetworkLog
  signal: AbortSignal
}

const dialMs = 10_000
const firstBackOffMs = 500
const longestBackOffMs = 10_000
/** After so many attempts in vain another member is taken in a neighbour's stead. */
const hopelessAfter = 3
/** Of two members that want each other the one with the smaller id dials; the other only when that takes too long. */
const politenessMs = 400
/** A connection that came up and is gone so soon, without a word, was refused by the other side's gater. */
const refusedWithinMs = 3_000
/** How long a connection above our degree, opened for one errand, is kept. */
const errandMs = 60_000

/** Nothing answers at its address, so nobody there refuses us. */
const nobodyThere = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/

interface Attempts {
  count: number
  notBefore: number
}

/** Keeps us connected to `degree` members, the neighbours in the ring first, others where those cannot be reached. */
export class Dialer {
  readonly #dialing: Dialing
  readonly #attempts = new Map<string, Attempts>()
  readonly #missingSince = new Map<string, number>()
  readonly #underWay = new Map<string, Promise<Connection | undefined>>()

  constructor(dialing: Dialing) {
    this.#dialing = dialing
  }

  /** The open connections, one a member. */
  connected(): Map<string, Connection> {
    const { node, registry, own } = this.#dialing
    const connections = new Map<string, Connection>()
    for (const connection of node.getConnections()) {
      const member = registry.memberOf(connection.remotePeer.toString())
      if (member !== undefined && member !== own && connection.status === 'open') {
        connections.set(member, connection)
      }
    }
    return connections
  }

  /** The open connection to a member, or a new one; undefined where its nodes cannot be reached. */
  async connect(member: string): Promise<Connection | undefined> {
    const open = this.connected().get(member)
    if (open) return open
    const underWay = this.#underWay.get(member) ?? this.#dial(member)
    this.#underWay.set(member, underWay)
    try {
      return await underWay
    } finally {
      this.#underWay.delete(member)
    }
  }

  /** One look at who is missing; the dials go on by themselves. */
  tick(): void {
    const { own, degree, registry } = this.#dialing
    const connected = this.connected()
    const isThere = (member: string) => connected.has(member) || this.#underWay.has(member)
    const wanted = ringNeighbours(own, registry.activeMembers())
    const [nearest, others] = [wanted.slice(0, degree), wanted.slice(degree)]
    for (const member of connected.keys()) this.#missingSince.delete(member)
    for (const member of nearest) if (!isThere(member) && this.#isDue(member)) void this.connect(member)
    const hoped = nearest.filter(member => isThere(member) || this.#isHopeful(member))
    let lacking = degree - hoped.length - others.filter(isThere).length
    for (const member of others) {
      if (lacking <= 0) break
      if (isThere(member) || !this.#isDue(member)) continue
      lacking -= 1
      void this.connect(member)
    }
    this.#closeErrands(connected, new Set(nearest))
  }

  /** It has let us in and spoken to us: the next loss is redialled at once. */
  heard(member: string): void {
    this.#attempts.delete(member)
    this.#dialing.book.heard(member)
  }

  /** New addresses are worth a try at once. */
  forgetFailures(): void {
    this.#attempts.clear()
    this.#missingSince.clear()
  }

  #isHopeful(member: string): boolean {
    return (this.#attempts.get(member)?.count ?? 0) < hopelessAfter
  }

  #isDue(member: string): boolean {
    const now = performance.now()
    if (now < (this.#attempts.get(member)?.notBefore ?? 0)) return false
    const since = this.#missingSince.get(member) ?? now
    this.#missingSince.set(member, since)
    return this.#dialing.own < member || now - since >= politenessMs
  }

  async #dial(member: string): Promise<Connection | undefined> {
    const { node, addresses, book, log, signal } = this.#dialing
    this.#countAttempt(member)
    for (const { peerId, addresses: known } of addresses.nodesOf(member)) {
      if (known.length === 0) continue
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(dialMs)])
        const connection = await node.dial(known, { signal: limit })
        connection.addEventListener('close', () => this.#onClose(member, connection))
        if (connection.status === 'open') return connection
        this.#onClose(member, connection)
        return undefined
      } catch (error) {
        if (signal.aborted) return undefined
        book.failed(member, asError(error))
        book.lost(member, { isAway: nobodyThere.test(asError(error).message) })
        log.debug(
          { with: member, peer: peerId, error: asError(error).message },
          'A node could not be dialled',
        )
      }
    }
    return undefined
  }

  /** Counted before the dial and forgotten when heard: a dial that succeeds is not yet an accepted one. */
  #countAttempt(member: string): void {
    const count = (this.#attempts.get(member)?.count ?? 0) + 1
    const backOffMs = Math.min(firstBackOffMs * 2 ** (count - 1), longestBackOffMs)
    this.#attempts.set(member, { count, notBefore: performance.now() + jittered(backOffMs, 0.25) })
  }

  #onClose(member: string, { timeline }: Connection): void {
    const lived = (timeline.close ?? Date.now()) - timeline.open
    if (this.#attempts.has(member) && lived < refusedWithinMs) this.#dialing.book.refused(member)
  }

  #closeErrands(connected: Map<string, Connection>, wanted: Set<string>): void {
    let excess = connected.size - this.#dialing.degree
    for (const [member, connection] of connected) {
      if (excess <= 0) return
      const isOld = Date.now() - connection.timeline.open > errandMs
      if (wanted.has(member) || connection.direction === 'inbound' || !isOld) continue
      excess -= 1
      void connection.close().catch(error => connection.abort(asError(error)))
    }
  }
}
