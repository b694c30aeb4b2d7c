import { limits, type Registry } from '#protocol'
import type { Health, NetworkView } from './api/desk.ts'
import type { SigningGuard } from './guard.ts'
import type { PeerView } from './network/index.ts'
import type { Store } from './store/index.ts'

/** Seconds after the start in which a node without peers still counts as ready: the others may be starting too. */
const peerGraceSeconds = 120

/** How each participant's node is seen from here; our own stands first. */
export function participantsOf(
  registry: Registry,
  member: string,
  peers: readonly PeerView[],
): NetworkView['participants'] {
  const seen = new Map(peers.map(peer => [peer.member, peer]))
  return registry.members.members
    .map(({ id, names, status }) => {
      const peer = seen.get(id)
      const word =
        id === member ? 'up to date' : status === 'active' ? (peer?.status ?? 'not heard') : 'suspended'
      return {
        member: id,
        names,
        status: word,
        behindBy: peer?.behind ?? 0,
        ...(peer?.lastHeardAt !== undefined && {
          lastHeardAt: new Date(peer.lastHeardAt * 1000).toISOString(),
        }),
        ...(peer?.software !== undefined && { software: peer.software }),
        ...(peer?.clockDifferenceSeconds !== undefined && {
          clockDifferenceSeconds: peer.clockDifferenceSeconds,
        }),
        ...(peer?.lastError !== undefined && { lastError: peer.lastError }),
      }
    })
    .sort((a, b) => Number(b.member === member) - Number(a.member === member))
}

/** The state of the channel that is worst off, and why. */
export function signingOf(channels: readonly string[], guard: SigningGuard): NetworkView['signing'] {
  const order = ['stopped', 'recovering', 'checking', 'ready']
  const [worst] = channels
    .map(channel => guard.signing(channel))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  if (worst === undefined) return { state: 'stopped', reason: 'This node has joined no channel.' }
  return worst.reason === '' ? { state: worst.state } : { state: worst.state, reason: worst.reason }
}

/** Seconds that our clock differs from the median of our peers', or undefined while none was heard. */
export function clockDifferenceOf(peers: readonly PeerView[]): number | undefined {
  const differences = peers
    .flatMap(({ clockDifferenceSeconds }) =>
      clockDifferenceSeconds === undefined ? [] : [clockDifferenceSeconds],
    )
    .sort((a, b) => a - b)
  return differences[Math.floor(differences.length / 2)]
}

export function healthOf({
  store,
  peers,
  upSeconds,
}: {
  store: Store
  peers: readonly PeerView[]
  upSeconds: number
}): Health {
  const connected = peers.filter(peer => peer.connected).length
  const clock = clockDifferenceOf(peers) ?? 0
  const checks = [
    {
      name: 'store',
      ok: store.isWritable,
      detail: store.isWritable
        ? 'open and writable'
        : 'cannot be written to: make room on the disk and start again',
    },
    {
      name: 'clock',
      ok: Math.abs(clock) <= limits.clockToleranceSeconds,
      detail: `${Math.abs(clock)} seconds from the median of its peers`,
    },
    {
      name: 'peers',
      ok: connected > 0 || peers.length === 0 || upSeconds < peerGraceSeconds,
      detail: `${connected} of ${peers.length} connected`,
    },
  ]
  return { ready: checks.every(({ ok }) => ok), checks }
}
