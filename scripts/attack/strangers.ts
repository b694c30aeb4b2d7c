// Peers that no registry knows: `node strangers.ts PLAN`. Half are silent sockets, half say truly who they are.
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { obey, planOf } from './obey.ts'
import { RawPeer } from './raw-peer.ts'

export interface StrangersPlan extends AlliancePlace {
  sockets: number
}

/** Peers that take part in libp2p; each has many connections. */
const identities = 10
const settleMs = 1_000
const reachMs = 2_000

const plan = planOf<StrangersPlan>()
const { registry } = await attackedAlliance(plan)
const silent: Socket[] = []
const peers = await Promise.all(
  Array.from({ length: identities }, async () =>
    RawPeer.withKey(await generateKeyPair('Ed25519'), registry.net),
  ),
)

const commands = {
  /** All knock; how many connections still stand after a while, and on how many a protocol of ours answers. */
  knock: async (address: string) => {
    const port = Number(/\/tcp\/(\d+)/.exec(address)?.[1])
    for (let at = 0; at < plan.sockets / 2; at += 1) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      silent.push(socket)
    }
    const dialled: Connection[] = []
    for (let at = 0; at < plan.sockets / 2 / identities; at += 1) {
      const round = await Promise.all(
        peers.map(({ node }) => node.dial(multiaddr(address), { force: true }).catch(() => undefined)),
      )
      dialled.push(...round.filter(connection => connection !== undefined))
    }
    await delay(settleMs)
    const open = dialled.filter(({ status }) => status === 'open')
    const reached = await Promise.all(open.map(isReached))
    return { open: open.length, reached: reached.filter(Boolean).length }
  },
  /** Silent sockets that the other side still bears with. */
  silent: async () => silent.filter(socket => socket.readyState === 'open').length,
}
export type StrangersCommands = typeof commands
obey(commands)

async function isReached(connection: Connection): Promise<boolean> {
  try {
    const [peer] = peers
    const stream = await connection.newStream(peer?.sync ?? '', { signal: AbortSignal.timeout(reachMs) })
    stream.abort(new Error('only tried'))
    return true
  } catch {
    return false
  }
}
