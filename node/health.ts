import { limits } from '#protocol'
import type { Health } from './desk/desk.ts'
import type { PeerView } from './network/index.ts'
import type { Store } from './store/index.ts'
import type { Surroundings } from './surroundings.ts'

/** Seconds after the start in which a node without peers still counts as ready: the others may be starting too. */
const peerGraceSeconds = 120

/** Seconds that our clock differs from the median of our peers', or undefined while none was heard. */
export function clockDifferenceOf(
  peers: readonly { clockDifferenceSeconds?: number | undefined }[],
): number | undefined {
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
  setAside = [],
}: {
  store: Store
  peers: readonly PeerView[]
  upSeconds: number
  setAside?: Surroundings['setAside']
}): Health {
  const connected = peers.filter(peer => peer.connected).length
  const clock = clockDifferenceOf(peers)
  const checks = [
    {
      name: 'store',
      ok: store.isWritable && store.damage === undefined,
      detail: [
        store.isWritable ? 'open and writable' : (store.refusal ?? 'cannot be written to'),
        ...(store.damage === undefined
          ? []
          : [`${store.damage}: start focalpoint again, and it mends its store`]),
        ...setAside.map(({ folder, state }) => `an earlier one was found ${state} and lies in ${folder}`),
      ].join('; '),
    },
    {
      name: 'clock',
      ok: Math.abs(clock ?? 0) <= limits.clockToleranceSeconds,
      detail:
        clock === undefined
          ? 'no other node was heard yet'
          : `${Math.abs(clock)} seconds from the median of its peers`,
    },
    {
      name: 'peers',
      ok: connected > 0 || peers.length === 0 || upSeconds < peerGraceSeconds,
      detail: `${connected} of ${peers.length} connected`,
    },
  ]
  return { ready: checks.every(({ ok }) => ok), checks }
}
