// Malicious members, several in one process: `node liars.ts PLAN`. Each has its true node key and speaks the protocol;
// what it does with the notices of others is its manner.
import { setTimeout as delay } from 'node:timers/promises'
import { type Frontier, type Notice, parseGossip, type Verdict } from '#protocol'
import type { Network } from '../../node/network/index.ts'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { openBareRoom } from './bare-room.ts'
import { Heard } from './heard.ts'
import { obey, planOf } from './obey.ts'

/** `drop` passes nothing on; `delay` does so late; `strip` without the parts; `stale` claims all and gives nothing. */
export type Manner = 'drop' | 'delay' | 'strip' | 'stale'

export interface LiarsPlan extends AlliancePlace {
  liars: readonly { member: string; manner: Manner }[]
  lateMs: number
}

const plan = planOf<LiarsPlan>()
const alliance = await attackedAlliance(plan)
const { registry } = alliance
const channel = 'torture'
const networks: Network[] = []
for (const liar of plan.liars) networks.push(await openLiar(liar))

const commands = {
  addresses: async () => networks.flatMap(network => network.addresses()),
  connect: async (addresses: string[]) => {
    for (const network of networks) await network.addPeers(addresses)
  },
}
export type LiarsCommands = typeof commands
obey(commands)

async function openLiar({ member, manner }: LiarsPlan['liars'][number]): Promise<Network> {
  const heard = new Heard()
  const network: Network = await openBareRoom({
    alliance,
    member,
    channel,
    gate: {
      gossip: async text => {
        const notice = parseGossip(text, { net: registry.net, channel })
        heard.add(notice, text)
        return { verdict: await verdictBy(manner, notice, network) }
      },
      page: async texts => ({ admitted: texts.length, held: 0, refused: 0 }),
    },
    serve: {
      frontier: () => frontierBy(manner, heard),
      asking: () => heard.frontier(),
      notices: () => noticesBy(manner, heard),
    },
  })
  return network
}

async function verdictBy(manner: Manner, { envelope }: Notice, network: Network): Promise<Verdict> {
  if (manner === 'delay') {
    await delay(plan.lateMs)
    return 'accept'
  }
  if (manner === 'strip') await network.publish(channel, `${envelope.jws}~`)
  return 'ignore'
}

/** Who is stale says that it holds all, so that it counts as a holder and is asked for what it does not give. */
function frontierBy(manner: Manner, heard: Heard): Frontier {
  if (manner === 'stale') return heard.frontier()
  return manner === 'drop' ? { [channel]: {} } : heard.frontier()
}

async function* noticesBy(manner: Manner, heard: Heard): AsyncGenerator<string> {
  if (manner === 'drop' || manner === 'stale') return
  if (manner === 'delay') await delay(plan.lateMs)
  for (const text of heard.texts) yield manner === 'strip' ? `${text.slice(0, text.indexOf('~'))}~` : text
}
