import type { Frontier, Verdict } from '#protocol'
import type { PeerStatus } from '../desk/peer-status.ts'
import type { Holders } from './holders.ts'

export interface RegistryDocument {
  kind: 'root' | 'members'
  version: number
  /** The document with its signatures, as one text. */
  text: string
}

export interface Versions {
  root: number
  members: number
  /** Of the members document: two of one version are an alarm, and both are given. */
  hash?: string | undefined
}

/** The registry as it is now; every call may answer differently from the last. */
export interface RegistryView {
  /** The active member whose node has this peer id: who may connect. */
  memberOf(peerId: string): string | undefined
  peersOf(member: string): readonly { peerId: string; addrs: readonly string[] }[]
  joined(member: string, channel: string): boolean
  activeMembers(channel?: string): readonly string[]
  /** `hash` is of the members document in force. */
  versions(): Versions
  documentsAfter(versions: Versions): readonly RegistryDocument[]
  /** Verifies and takes what is newer. Throws when refused. */
  adopt(documents: readonly RegistryDocument[]): Promise<void>
  nodeKeyOf(kid: string): Promise<{ member: string; key: CryptoKey } | undefined>
}

/** Where texts of others are judged; `from` is the member whose node gave them to us. */
export interface NetworkGate {
  gossip(
    text: string,
    by: { channel: string; from: string },
  ): Promise<{ verdict: Verdict; gap?: boolean; isTooMuch?: boolean }>
  /** Resolves when all that was admitted is durable; throws `channel-not-joined` for a channel outside `channels`. */
  page(
    texts: readonly string[],
    by: { from: string; channels: readonly string[] },
  ): Promise<{ admitted: number; held: number; refused: number }>
  /** What is brought against a key. */
  evidence: {
    /** A proof of a fork, or a stop, by gossip. */
    judge(text: string, by: { from: string }): Promise<Verdict>
    stop(text: string, by: { from: string; isGossip: boolean }): Promise<Verdict>
  }
}

/** What may be given to others, committed and not void. */
export interface NetworkServe {
  frontier(channels: readonly string[]): Frontier
  /** The same as we ask from: lower where a log must be fetched again. */
  asking(channels: readonly string[]): Frontier
  /** The stops that are open in these channels. */
  stops(channels: readonly string[]): readonly string[]
  /** What `reader` lacks and may read, in log order; read only as fast as the reader takes it. */
  notices(ask: {
    frontier: Frontier
    want: readonly string[]
    channels: readonly string[]
    reader: string
  }): AsyncIterable<string> | Iterable<string>
  /** Ids of notices whose parts are missing here. */
  wanted(): readonly string[]
  /** The texts of the fork proofs that we hold. */
  frozenEvidence(): readonly string[]
}

export type LogLine = (fields: Record<string, unknown>, text: string) => void

export interface NetworkLog {
  info: LogLine
  warn: LogLine
  debug: LogLine
}

/** Only for control runs that show what each defence is for. */
export interface UnsafeNetworkOptions {
  /** Lets every peer in. */
  unsafeOpenGate?: boolean
  /** Keeps to gossipsub's own score params, cuts nobody off and slows nobody down. */
  unsafeNoScores?: boolean
  /** Buffers without bound for a peer that does not read. */
  unsafeNoOutboundBound?: boolean
  /** Leaves a connection whose gossip stream is gone as it is. */
  unsafeNoWatchdog?: boolean
  /** Judges and asks for as much as anybody sends or claims to have. */
  unsafeNoBudgets?: boolean
}

export interface NetworkOptions extends UnsafeNetworkOptions {
  /** Our own member id. */
  member: string
  /** The Ed25519 seed of the node key, 32 bytes. */
  nodeKey: Uint8Array
  /** Multiaddrs to listen on. */
  listen: readonly string[]
  /** Multiaddrs told to others instead, behind a firewall that forwards. */
  announce?: readonly string[]
  /** Multiaddrs with `/p2p/…` of nodes to begin with. */
  peers: readonly string[]
  /** How many members we keep connected to; fewer when there are fewer. */
  degree?: number
  net: string
  /** The channels that we have joined, as the registry has it now. */
  channels(): readonly string[]
  beaconEveryMs?: number
  catchUpEveryMs?: number
  streamIdleMs?: number
  registry: RegistryView
  gate: NetworkGate
  serve: NetworkServe
  storeBytes(): number
  softwareVersion: string
  /** Strictly increasing over restarts. */
  nextBeaconNumber(): number
  /** Seconds since 1970. */
  now(): number
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
}

/** One other member's node as we see it. */
export interface PeerView {
  member: string
  peerId: string | undefined
  connected: boolean
  status: PeerStatus
  /** Seconds since 1970, by our clock. */
  lastHeardAt: number | undefined
  /** How many of our notices it lacks; unknown until it has told all its heads. */
  behind: number | undefined
  software: string | undefined
  /** Its clock less ours. */
  clockDifferenceSeconds: number | undefined
  root: number | undefined
  members: number | undefined
  storeBytes: number | undefined
  lagMs: number | undefined
  /** The literal text of what last went wrong between us. */
  lastError: string | undefined
}

export interface Network extends AsyncDisposable {
  readonly peerId: string
  /** The multiaddrs with `/p2p/…` that we can be reached at. */
  addresses(): string[]
  /** Tells a channel by gossip; resolves to the number of peers told, 0 when nobody listens or the channel has no topic. */
  publish(channel: string, text: string): Promise<number>
  publishEvidence(text: string): Promise<void>
  announceRegistry(): Promise<void>
  /** "I have something for you, come and ask": true when their node has taken it. */
  poke(member: string, channel?: string): Promise<boolean>
  /** One round of catch-up with one peer; never throws, for the next round makes it good. */
  catchUp(reason: string, member?: string): Promise<void>
  addPeers(addrs: readonly string[]): Promise<void>
  readonly holders: Holders
  peers(): PeerView[]
  /** Hangs up on who was removed and tells the others of the new documents. */
  onRegistryChanged(): Promise<void>
}
