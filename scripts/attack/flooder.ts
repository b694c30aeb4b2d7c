// A member that floods: `node flooder.ts PLAN`. It goes past its own gossipsub, and answers catch-up with its log.
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import { type Frame, pagesOf } from '#protocol'
import { readFrames, writeFrames } from '../../node/network/frames.ts'
import type { Written } from '../vectors/writing.ts'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { FalsePen } from './false-pen.ts'
import { nowMs, obey, planOf } from './obey.ts'
import { RawPeer } from './raw-peer.ts'

export type FloodKind = 'broken signatures' | 'garbage' | 'own log' | 'forgeries'

export interface FlooderPlan extends AlliancePlace {
  member: string
  kind: FloodKind
  /** Whose notices it forges. */
  victim?: string
  /** Whose signing key it has stolen. */
  thiefOf?: string
}

const tickMs = 10
const comeAgainEveryMs = 1_000
const idleMs = 10_000
/** A frame of gossipsub must stay below a megabyte. */
const mostInFrame = 100

const plan = planOf<FlooderPlan>()
const alliance = await attackedAlliance(plan)
const { net } = alliance.registry
const peer = await RawPeer.ofMember(alliance.keysOf(plan.member), net)
const pen = new FalsePen({
  member: plan.thiefOf ?? plan.victim ?? plan.member,
  // What is forged bears the name of its victim's key, and a signature of nobody.
  key: alliance.keysOf(plan.thiefOf ?? plan.victim ?? plan.member).signing,
  net,
})
const log: Written[] = []
let isFlooding = false
let sent = 0
let startedAt = 0
let lastSentAt = 0
let addresses: string[] = []

const makers: Record<FloodKind, () => Uint8Array> = {
  'broken signatures': () => Buffer.from(pen.forged()),
  forgeries: () => Buffer.from(pen.forged()),
  garbage: () => randomBytes(1_500),
  'own log': () => {
    const written = pen.next()
    log.push(written)
    return Buffer.from(written.text)
  },
}

peer.node.services.pubsub.subscribe(peer.topic)
await peer.node.handle(peer.sync, stream => void answer(stream))

const commands = {
  /** Dials, and resolves when all of them take our gossip. */
  connect: async (given: string[]) => {
    addresses = given
    await Promise.all(given.map(address => peer.dial(address)))
    while (peer.gossipStreams().length < given.length) await delay(20)
  },
  start: async (perSecond: number) => {
    startedAt = nowMs()
    sent = 0
    isFlooding = true
    void flood(perSecond)
    return startedAt
  },
  /** How fast it sent for as long as anybody listened. */
  stop: async () => {
    isFlooding = false
    return { sent, perSecond: (sent / (lastSentAt - startedAt)) * 1_000 }
  },
  /** The next of the log, one after the other. */
  send: async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) peer.gossip([makers['own log']()])
    return log.slice(-count).map(({ id, payload }) => ({ id, seq: Number(payload.seq) }))
  },
  listening: async () => peer.gossipStreams().length,
  /** Tries to come in again; how many let it. */
  comeAgain: async () => {
    await Promise.all(addresses.map(address => peer.dial(address)))
    await delay(500)
    return peer.node.getConnections().filter(({ status }) => status === 'open').length
  },
}
export type FlooderCommands = typeof commands
obey(commands)

async function flood(perSecond: number): Promise<void> {
  const began = performance.now()
  const before = sent
  while (isFlooding) {
    if (peer.gossipStreams().length === 0) {
      // Shut out by all: it knocks, and leaves this machine's time to the others.
      await Promise.all(addresses.map(address => peer.dial(address)))
      await delay(comeAgainEveryMs)
      continue
    }
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond) - (sent - before)
    const texts = Array.from({ length: Math.min(due, mostInFrame) }, makers[plan.kind])
    if (texts.length > 0) peer.gossip(texts)
    sent += texts.length
    lastSentAt = nowMs()
    await delay(due > mostInFrame ? 0 : tickMs)
  }
}

async function answer(stream: Stream): Promise<void> {
  try {
    for await (const frame of readFrames(stream, { idleMs })) {
      if (frame.frame === 'poke') return void (await stream.close())
      if (frame.frame === 'ask') return void (await writeFrames(stream, answerTo(frame), { idleMs }))
    }
  } catch (error) {
    stream.abort(error instanceof Error ? error : new Error(String(error)))
  }
}

function answerTo({ frontier }: Extract<Frame, { frame: 'ask' }>): Frame[] {
  const head = log.at(-1)
  const from = frontier.torture?.[plan.member]?.[0] ?? 0
  return [
    { frame: 'hello', v: 1, root: 1, members: 1 },
    { frame: 'frontier', frontier: { torture: head ? { [plan.member]: [log.length, head.id] } : {} } },
    ...pagesOf(log.slice(from).map(({ text }) => text)),
    { frame: 'end' },
  ]
}
