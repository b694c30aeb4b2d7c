import { type Beacon, type Frontier, gapsBetween } from '#protocol'
import type { PeerStatus } from '../desk/peer-status.ts'
import type { Holders } from './holders.ts'
import type { PeerView, RegistryView } from './options.ts'

interface Observed {
  lastHeardAt?: number
  beacon?: Beacon
  clockDifferenceSeconds?: number
  lastError?: string
  isRefusingUs?: boolean
  /** A connection to it was closed, or could not be made, and none was heard on since. */
  isLost?: boolean
}

/** What was observed of each member's node since this one was started. */
export class PeerBook {
  readonly #observed = new Map<string, Observed>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** It has spoken to us itself. */
  heard(member: string): void {
    const observed = this.#of(member)
    observed.lastHeardAt = this.#now()
    observed.isRefusingUs = false
    observed.isLost = false
  }

  /** A connection to it has ended or did not come up; whether it is away, its silence will tell. */
  lost(member: string, { isAway = false } = {}): void {
    const observed = this.#of(member)
    observed.isLost = true
    if (isAway) observed.isRefusingUs = false
  }

  /** A round with it went well: what went wrong before is past. */
  mended(member: string): void {
    delete this.#of(member).lastError
  }

  /** Its beacon is newer than the last; beacons are passed on by others, so this does not say that it lets us in. */
  heardBeacon(member: string, beacon: Beacon): void {
    const observed = this.#of(member)
    observed.lastHeardAt = this.#now()
    observed.beacon = beacon
    observed.clockDifferenceSeconds = beacon.iat - this.#now()
  }

  isNewer(beacon: Beacon): boolean {
    return beacon.n > (this.#observed.get(beacon.member)?.beacon?.n ?? 0)
  }

  failed(member: string, error: Error): void {
    this.#of(member).lastError = error.message
  }

  refused(member: string): void {
    this.#of(member).isRefusingUs = true
  }

  get(member: string): Readonly<Observed> {
    return this.#observed.get(member) ?? {}
  }

  members(): Iterable<string> {
    return this.#observed.keys()
  }

  #of(member: string): Observed {
    const known = this.#observed.get(member)
    if (known) return known
    const made: Observed = {}
    this.#observed.set(member, made)
    return made
  }
}

interface Viewing {
  own: string
  registry: RegistryView
  book: PeerBook
  holders: Holders
  frontier: Frontier
  connectedPeer(member: string): string | undefined
  isRefused(peerId: string): boolean
  now: number
  /** A member that was silent for longer is not heard. */
  silentAfterSeconds: number
}

interface Seen extends Viewing {
  isConnectedToAny: boolean
}

/** Where nobody is connected the silence of all counts after so long. */
const silentAloneSeconds = 10

/** Every other member, in order: those in force, and those that we have known before. */
export function viewPeers(viewing: Viewing): PeerView[] {
  const active = viewing.registry.activeMembers()
  const members = new Set([...active, ...viewing.book.members()])
  members.delete(viewing.own)
  const isConnectedToAny = [...members].some(member => viewing.connectedPeer(member) !== undefined)
  const seen = { ...viewing, isConnectedToAny }
  return [...members].sort().map(member => viewOf(member, active.includes(member), seen))
}

function viewOf(member: string, isActive: boolean, viewing: Seen): PeerView {
  const { beacon, ...observed } = viewing.book.get(member)
  const connectedPeer = viewing.connectedPeer(member)
  const peerId = connectedPeer ?? viewing.registry.peersOf(member)[0]?.peerId
  const behind = behindOf(member, viewing)
  const facts = { isActive, isConnected: connectedPeer !== undefined, peerId, behind }
  return {
    member,
    peerId,
    connected: connectedPeer !== undefined,
    status: statusOf(observed, facts, viewing),
    lastHeardAt: observed.lastHeardAt,
    behind,
    software: beacon?.software,
    clockDifferenceSeconds: observed.clockDifferenceSeconds,
    root: beacon?.root,
    members: beacon?.members,
    storeBytes: beacon?.storeBytes,
    lagMs: beacon?.lagMs,
    lastError: observed.lastError,
  }
}

interface Facts {
  isActive: boolean
  isConnected: boolean
  peerId: string | undefined
  behind: number | undefined
}

function statusOf(
  observed: Observed,
  { isActive, isConnected, peerId, behind }: Facts,
  viewing: Seen,
): PeerStatus {
  const { lastHeardAt = 0, isRefusingUs } = observed
  const { isRefused, now } = viewing
  if (!isActive) return 'suspended'
  if (peerId !== undefined && isRefused(peerId)) return 'refused by us'
  if (isRefusingUs) return 'refusing us'
  if (!isConnected && now - lastHeardAt > patienceWith(observed, viewing)) return 'not heard'
  return behind === 0 ? 'up to date' : 'catching up'
}

/** Beacons pass from node to node; where no line is up nobody can pass one on, so silence tells sooner. */
function patienceWith({ isLost = false }: Observed, { silentAfterSeconds, isConnectedToAny }: Seen): number {
  if (!isConnectedToAny) return Math.min(silentAfterSeconds, silentAloneSeconds)
  return isLost ? silentAfterSeconds / 2 : silentAfterSeconds
}

/** Its own log is left out: what we hold of that came from it. */
function behindOf(member: string, { registry, holders, frontier }: Viewing): number | undefined {
  const channels = Object.keys(frontier).filter(channel => registry.joined(member, channel))
  if (!channels.some(channel => holders.hasToldWhole(member, channel))) return undefined
  const ours = Object.fromEntries(channels.map(channel => [channel, frontier[channel] ?? {}]))
  return gapsBetween(holders.heads(member), ours)
    .filter(({ issuer }) => issuer !== member)
    .reduce((sum, { from, to }) => sum + to - from + 1, 0)
}
