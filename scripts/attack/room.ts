// The network room of one member alone, without a store or a gate: `node room.ts PLAN`.
import { setTimeout as delay } from 'node:timers/promises'
import type { UnsafeNetworkOptions } from '../../node/network/index.ts'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { openBareRoom } from './bare-room.ts'
import { MemoryWatch, obey, planOf } from './obey.ts'

export interface RoomPlan extends AlliancePlace {
  member: string
  unsafe: UnsafeNetworkOptions
}

const plan = planOf<RoomPlan>()
const memory = new MemoryWatch()
const channel = 'torture'
const long = 'x'.repeat(100_000)
let published = 0

const network = await openBareRoom({
  ...plan.unsafe,
  alliance: await attackedAlliance(plan),
  member: plan.member,
  channel,
  gate: {
    gossip: async () => ({ verdict: 'ignore' }),
    page: async texts => ({ admitted: 0, held: 0, refused: texts.length }),
  },
  serve: {
    frontier: () => ({ [channel]: {} }),
    asking: () => ({ [channel]: {} }),
    notices: endlessNotices,
  },
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
