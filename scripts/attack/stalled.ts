// A member that takes part in gossip and catch-up, and then reads no more: `node stalled.ts PLAN`.
import { setTimeout as delay } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import type { Frame } from '#protocol'
import { send } from '../../node/network/ask.ts'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { nowMs, obey, planOf } from './obey.ts'
import { RawPeer } from './raw-peer.ts'

export interface StalledPlan extends AlliancePlace {
  member: string
}

const idleMs = 5_000
const shortBytes = 1_000

const plan = planOf<StalledPlan>()
const alliance = await attackedAlliance(plan)
const peer = await RawPeer.ofMember(alliance.keysOf(plan.member), alliance.registry.net)
let heardShortAt = 0
let isStalled = false
let asking: Stream[] = []

peer.node.services.pubsub.addEventListener('message', ({ detail }) => {
  if (detail.data.byteLength < shortBytes) heardShortAt = nowMs()
})
peer.node.services.pubsub.subscribe(peer.topic)
setInterval(() => {
  // A line that was made anew stalls like the one before.
  if (isStalled) for (const stream of peer.gossipStreams('inbound')) pause(stream)
}, 20)

const commands = {
  addresses: async () => peer.addresses(),
  /** When it last heard a short text by gossip, in milliseconds since 1970. */
  heardShortAt: async () => heardShortAt,
  /** Reads no more, neither gossip nor the answers to what it asks for on as many streams as it gets. */
  stall: async () => {
    isStalled = true
    for (const stream of peer.gossipStreams('inbound')) pause(stream)
    asking = await askAndStall()
    return asking.length
  },
  read: async () => {
    isStalled = false
    for (const stream of asking) stream.abort(new Error('enough'))
    for (const stream of peer.gossipStreams('inbound')) if (stream.readStatus === 'paused') stream.resume()
    return nowMs()
  },
}
export type StalledCommands = typeof commands
obey(commands)

async function askAndStall(): Promise<Stream[]> {
  const streams: Stream[] = []
  for (const connection of peer.node.getConnections()) {
    for (let at = 0; at < 8; at += 1) {
      const stream = await connection.newStream(peer.sync).catch(() => undefined)
      if (stream === undefined) break
      pause(stream)
      const ask: Frame = { frame: 'ask', frontier: { torture: {} }, want: [] }
      await send(stream, [{ frame: 'hello', v: 1, root: 1, members: 1 }, ask], { idleMs }).catch(() => {})
      streams.push(stream)
      await delay(10)
    }
  }
  return streams
}

function pause(stream: Stream): void {
  if (stream.readStatus === 'readable') stream.pause()
}
