// The network room of one member alone, without a store or a gate: `node room.ts PLAN`.
import { setTimeout as delay } from 'node:timers/promises'
import { base64url } from 'jose'
import { openNetwork, type UnsafeNetworkOptions } from '../../node/network/index.ts'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { fixedView } from './fixed-view.ts'
import { MemoryWatch, obey, planOf } from './obey.ts'

export interface RoomPlan extends AlliancePlace {
  member: string
  unsafe: UnsafeNetworkOptions
}

const plan = planOf<RoomPlan>()
const { registry, keysOf } = await attackedAlliance(plan)
const memory = new MemoryWatch()
const channel = 'torture'
const long = 'x'.repeat(100_000)
let published = 0
let beacons = 0

const network = await openNetwork({
  ...plan.unsafe,
  member: plan.member,
  nodeKey: base64url.decode(keysOf(plan.member).node.d),
  listen: ['/ip4/127.0.0.1/tcp/0'],
  peers: [],
  net: registry.net,
  channels: () => [channel],
  registry: fixedView(registry),
  gate: {
    gossip: async () => ({ verdict: 'ignore' }),
    page: async texts => ({ admitted: 0, held: 0, refused: texts.length }),
    evidence: { judge: async () => 'ignore', stop: async () => 'ignore' },
  },
  serve: {
    frontier: () => ({ [channel]: {} }),
    asking: () => ({ [channel]: {} }),
    notices: endlessNotices,
    wanted: () => [],
    frozenEvidence: () => [],
    stops: () => [],
  },
  storeBytes: () => 0,
  softwareVersion: '0',
  nextBeaconNumber: () => {
    beacons += 1
    return beacons
  },
  now: () => Math.floor(Date.now() / 1_000),
  log: { info: () => {}, warn: () => {}, debug: () => {} },
  count: () => {},
})

const commands = {
  connect: async (addresses: string[]) => network.addPeers(addresses),
  /** So many texts of 100,000 bytes, or a short one; the number of peers that took the last. */
  publish: async ({ count, everyMs, isShort }: { count: number; everyMs: number; isShort: boolean }) => {
    let took = 0
    for (let turn = 0; turn < count; turn += 1) {
      published += 1
      took = await network.publish(channel, `${published} ${isShort ? '' : long}`)
      await delay(everyMs)
    }
    return took
  },
  memory: async () => memory.read(),
  watchMemory: async () => memory.restart(),
}
export type RoomCommands = typeof commands
obey(commands)

/** As much as anybody takes. */
function* endlessNotices(): Generator<string> {
  for (let number = 1; ; number += 1) yield `${number} ${long}`
}
