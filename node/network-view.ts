import { expiryOf, type Frontier, type Member, type Registry, type SigningKey } from '#protocol'
import type {
  ChannelView,
  HoldingView,
  KeyView,
  NetworkView,
  ParticipantView,
  RegistryStateView,
} from './desk/desk.ts'
import type { SigningGuard } from './guard.ts'
import type { Holders, PeerView } from './network/index.ts'
import { issuingStopsAt } from './silenced.ts'

const daySeconds = 86_400

export interface Participating {
  registry: Registry
  member: string
  peers: readonly PeerView[]
  /** The kids of keys that were stopped and wait for the registry. */
  stopped: ReadonlySet<string>
  /** What our own node says of itself. */
  own: { software: string; storeBytes: number; now: number }
}

/** How each participant's node is seen from here; our own stands first. */
export function participantsOf({
  registry,
  member,
  peers,
  stopped,
  own,
}: Participating): NetworkView['participants'] {
  const seen = new Map(peers.map(peer => [peer.member, peer]))
  return registry.members.members
    .map(each => {
      const keys = each.signing.map(key => keyView(key, { stopped, registry }))
      return each.id === member
        ? ownView(each, { registry, own, keys })
        : peerView(each, { peer: seen.get(each.id), keys })
    })
    .sort((a, b) => Number(b.member === member) - Number(a.member === member))
}

function ownView(
  { id, names, status }: Member,
  { registry, own, keys }: Pick<Participating, 'registry' | 'own'> & { keys: KeyView[] },
): ParticipantView {
  return {
    member: id,
    names,
    status: status === 'active' ? 'up to date' : 'suspended',
    connected: true,
    behindBy: 0,
    lastHeardAt: isoOf(own.now),
    software: own.software,
    rootVersion: registry.root.version,
    membersVersion: registry.members.version,
    storeBytes: own.storeBytes,
    keys,
  }
}

function peerView(
  { id, names, status }: Member,
  { peer, keys }: { peer: PeerView | undefined; keys: KeyView[] },
): ParticipantView {
  return {
    member: id,
    names,
    status: status === 'active' ? (peer?.status ?? 'not heard') : 'suspended',
    connected: peer?.connected ?? false,
    behindBy: peer?.behind ?? 0,
    ...(peer?.lastHeardAt !== undefined && { lastHeardAt: isoOf(peer.lastHeardAt) }),
    ...(peer?.software !== undefined && { software: peer.software }),
    ...(peer?.clockDifferenceSeconds !== undefined && {
      clockDifferenceSeconds: peer.clockDifferenceSeconds,
    }),
    ...(peer?.root !== undefined && { rootVersion: peer.root }),
    ...(peer?.members !== undefined && { membersVersion: peer.members }),
    ...(peer?.storeBytes !== undefined && { storeBytes: peer.storeBytes }),
    ...(peer?.lagMs !== undefined && { lagMs: peer.lagMs }),
    keys,
    ...(peer?.lastError !== undefined && { lastError: peer.lastError }),
  }
}

function keyView(
  { kid, from, end }: SigningKey,
  { stopped, registry }: Pick<Participating, 'stopped' | 'registry'>,
): KeyView {
  const last = end && Object.fromEntries(Object.entries(end).map(([channel, { seq }]) => [channel, seq]))
  const state = end ? 'ended' : stopped.has(kid) ? 'stopped' : 'in force'
  const until = state === 'in force' ? { until: isoOf(issuingStopsAt(registry)) } : {}
  return { kid, state, from: { ...from }, ...(last && { end: last }), ...until }
}

/** Each channel's state, and of how many of its members we know the heads. */
export function channelViews(
  channels: readonly string[],
  {
    guard,
    holders,
    others,
    keyOf,
  }: {
    guard: SigningGuard
    holders: Holders
    others: (channel: string) => readonly string[]
    /** The kid that signs next. */
    keyOf: (channel: string) => string | undefined
  },
): ChannelView[] {
  return channels.map(channel => {
    const { state, reason } = guard.signing(channel)
    const key = state === 'stopped' ? undefined : keyOf(channel)
    return {
      channel,
      state,
      ...(reason !== '' && { reason }),
      ...(key !== undefined && { key }),
      heardFrom: holders.frontiersSeen(channel, others(channel)),
      others: others(channel).length,
    }
  })
}

/** The state of the channel that is worst off, and why; who is silenced may have no channel any more. */
export function worstOf(channels: readonly ChannelView[], silenced?: string): NetworkView['signing'] {
  const order = ['stopped', 'recovering', 'checking', 'ready']
  const [worst] = channels.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  if (worst === undefined) return { state: 'stopped', reason: silenced ?? 'This node has joined no channel.' }
  const { state, reason } = worst
  return reason === undefined ? { state } : { state, reason }
}

export function registryState(registry: Registry, now: number): RegistryStateView {
  const expiry = expiryOf(registry)
  return {
    root: registry.root.version,
    members: registry.members.version,
    expires: isoOf(expiry),
    daysLeft: Math.floor((expiry - now) / daySeconds),
    expired: now >= expiry,
    issuingStopsAt: isoOf(issuingStopsAt(registry)),
    hash: registry.membersHash,
  }
}

/** Who holds which log, and how far, in the channels that we have joined; whoever has issued a notice holds it. */
export function holdingsOf({
  member,
  frontier,
  holders,
  others,
}: {
  member: string
  /** Our own heads. */
  frontier: Frontier
  holders: Holders
  others: (channel: string) => readonly string[]
}): HoldingView[] {
  return Object.entries(frontier).flatMap(([channel, ours]) => {
    const told = others(channel).flatMap(other => {
      const heads = holders.told(other, channel)?.heads
      return heads === undefined ? [] : [{ holder: other, heads }]
    })
    const issuers = new Set([ours, ...told.map(({ heads }) => heads)].flatMap(heads => Object.keys(heads)))
    return [...issuers].sort().map(issuer => {
      const seqs = [
        [member, ours[issuer]?.[0] ?? 0] as const,
        ...told.map(({ holder, heads }) => [holder, heads[issuer]?.[0] ?? 0] as const),
      ]
      const head = Math.max(...seqs.map(([, seq]) => seq))
      const heldBySeq = Object.fromEntries(
        seqs.map(([holder, seq]) => [holder, holder === issuer && holder !== member ? head : seq]),
      )
      const count = Object.values(heldBySeq).filter(seq => seq === head).length
      const heldBy = { count, of: others(channel).length + 1 }
      return { channel, issuer, head, heldBy, heldBySeq }
    })
  })
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
