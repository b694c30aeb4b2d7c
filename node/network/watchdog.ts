import type { Connection } from '@libp2p/interface'
import type { NetworkLog } from './options.ts'

interface Watched {
  connections(): Connection[]
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
  signal: AbortSignal
}

const lookEveryMs = 250
/** gossipsub never reopens a stream that was aborted while the connection lives. */
const lostAfterMs = 3_000
/** A new connection on a busy machine needs its time. */
const neverOpenedAfterMs = 10_000

/** Aborts a connection without an outbound gossip stream, so that the dialer makes it anew; else we would never be heard again. */
export function watchGossipStreams(watched: Watched): void {
  const seenAt = new Map<string, number>()
  const timer = setInterval(() => look(watched, seenAt), lookEveryMs)
  watched.signal.addEventListener('abort', () => clearInterval(timer))
}

function look({ connections, log, count }: Watched, seenAt: Map<string, number>): void {
  const byPeer = Map.groupBy(connections(), connection => connection.remotePeer.toString())
  for (const peer of seenAt.keys()) if (!byPeer.has(peer)) seenAt.delete(peer)
  for (const [peer, open] of byPeer) {
    const now = Date.now()
    if (open.some(hasGossipStream)) seenAt.set(peer, now)
    else if (now >= deadlineOf(open, seenAt.get(peer))) {
      count('gossip_streams_lost')
      log.warn({ peer }, 'A connection without a gossip stream was ended, to be made anew')
      for (const connection of open) connection.abort(new Error('no gossip stream'))
    }
  }
}

function deadlineOf(open: Connection[], seenAt: number | undefined): number {
  if (seenAt !== undefined) return seenAt + lostAfterMs
  return Math.max(...open.map(connection => connection.timeline.open)) + neverOpenedAfterMs
}

function hasGossipStream(connection: Connection): boolean {
  return connection.streams.some(
    ({ direction, protocol }) => direction === 'outbound' && protocol.startsWith('/meshsub/'),
  )
}
