import type { UnsafeNetworkOptions } from '../../../node/network/index.ts'
import { waitFor } from '../../attack/bed.ts'
import { Child } from '../../attack/child.ts'
import type { RoomCommands } from '../../attack/room.ts'
import type { StalledCommands } from '../../attack/stalled.ts'
import type { ScoreRow } from '../row.ts'

const mostMiB = 8
const mostSeconds = 10
const neverMs = 12_000
/** So slowly that gossipsub's history of the last five seconds, which is kept whoever reads, stays small. */
const everyMs = 200

export const row: ScoreRow = {
  name: 'stalled-peer',
  title: 'a member listens to gossip, asks for all notices on eight streams, and stops reading',
  target: 'our memory ≤ 8 MiB; gossips again ≤ 10 s',
  limitSeconds: { full: 180, short: 60 },
  run: async ({ seed, short }) => {
    const texts = short ? 25 : 300
    const [defended, unbounded, unwatched] = await Promise.all([
      stalled({ seed, texts, unsafe: {} }),
      stalled({ seed, texts, unsafe: { unsafeNoOutboundBound: true, unsafeNoWatchdog: true } }),
      stalled({ seed, texts, unsafe: { unsafeNoWatchdog: true } }),
    ])
    return [
      {
        name: 'stalled peer: growth of our buffers',
        value: defended.buffersMiB,
        unit: 'MiB',
        target: `≤ ${mostMiB} MiB`,
        met: defended.buffersMiB <= mostMiB,
        rounds: texts,
        beside: { 'gossipsub without a bound, MiB': unbounded.buffersMiB, 'published, MiB': texts / 10.5 },
      },
      {
        name: 'stalled peer: gossips again after it reads, in',
        value: defended.againSeconds,
        unit: 's',
        target: `≤ ${mostSeconds} s`,
        met: defended.againSeconds <= mostSeconds,
        rounds: 1,
        beside: { 'bound without a watchdog': spoken(unwatched.againSeconds) },
      },
    ]
  },
}

interface Stall {
  seed: number
  texts: number
  unsafe: UnsafeNetworkOptions
}

async function stalled({ seed, texts, unsafe }: Stall) {
  const place = { members: 6, seed }
  await using room = await Child.start<RoomCommands>('room.ts', { ...place, member: 'QM', unsafe }, [
    '--expose-gc',
  ])
  await using peer = await Child.start<StalledCommands>('stalled.ts', { ...place, member: 'XH' })
  await room.ask('connect', await peer.ask('addresses'))
  await hears(room, peer, 0)
  await room.ask('watchMemory')
  await peer.ask('stall')
  await room.ask('publish', { count: texts, everyMs, isShort: false })
  const { buffers } = await room.ask('memory')
  const readAt = await peer.ask('read')
  const heardAt = await hears(room, peer, readAt)
  return {
    buffersMiB: buffers,
    againSeconds: heardAt === undefined ? Number.POSITIVE_INFINITY : (heardAt - readAt) / 1_000,
  }
}

/** Speaks until the peer has heard it, after this time. */
function hears(room: Child<RoomCommands>, peer: Child<StalledCommands>, after: number) {
  return waitFor(
    async () => {
      await room.ask('publish', { count: 1, everyMs: 0, isShort: true })
      const at = await peer.ask('heardShortAt')
      return at > after ? at : undefined
    },
    { patienceMs: neverMs, everyMs: 100 },
  )
}

function spoken(seconds: number): number | string {
  return Number.isFinite(seconds) ? seconds : 'never'
}
