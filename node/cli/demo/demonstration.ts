import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configOf } from '../../config.ts'
import { openProgress } from '../progress.ts'
import { say, styledTalk } from '../talk.ts'
import { type DemonstrationAlliance, type DemonstrationMember, exampleCount } from './alliance.ts'
import type { Hosts } from './hosts.ts'
import type { NodeToOpen, OpenedNode } from './messages.ts'
import { portsFrom } from './ports.ts'
import { tellReady } from './ready.ts'
import { draftCount, tellStories } from './seed.ts'
import { holdsNotices, untilSpread } from './spread.ts'

interface Running {
  folder: string
  hosts: Hosts
  alliance: DemonstrationAlliance
  /** How many nodes each process hosts. */
  lots: readonly number[]
  portBase?: number
  /** Seconds in which sending can be stopped. */
  pause: number
  seedData: boolean
  json?: boolean
  quiet?: boolean
}

const usualPortBase = 7701
/** Scripts ask often and from one address; there is nothing here to guard. */
const requestsPerMinute = 60_000

/** Opens every node, lets them find each other, tells the stories, and says that it is ready. */
export async function runDemonstration(running: Running): Promise<void> {
  const { folder, hosts, alliance, seedData, quiet } = running
  const { members, trust } = alliance
  const trustFile = join(folder, 'trust.json')
  await writeFile(trustFile, trust)
  say(`Opening ${members.length} nodes …`, { quiet })
  const nodes = await hosts.open(trust, await nodesToOpen(running))
  hosts.onEnded((pid, how) => sayEnded(nodes, { pid, how }))
  await hosts.connect(Object.fromEntries(nodes.map(node => [node.member, node.addresses])))
  if (seedData && !(await holdsNotices(nodes))) await tellAll(nodes, running)
  const seconds = performance.now() / 1000
  const rssBytes = await hosts.measure()
  tellReady({ nodes, members, rssBytes, seconds, folder, trustFile }, running)
}

async function nodesToOpen({ folder, alliance, lots, portBase, pause }: Running): Promise<NodeToOpen[][]> {
  const { members } = alliance
  const base = portBase ?? usualPortBase
  const ports = await portsFrom({ base, count: members.length, exact: portBase !== undefined })
  const all = members.map((member, at) =>
    nodeToOpen(member, { folder, port: ports[at] ?? 0, count: members.length, pause }),
  )
  return lots.map(size => all.splice(0, size))
}

function nodeToOpen(
  { id, channels, keys }: DemonstrationMember,
  { folder, port, count, pause }: { folder: string; port: number; count: number; pause: number },
): NodeToOpen {
  const isSmall = count <= exampleCount
  const config = configOf({
    member: id,
    dataDir: join(folder, id),
    trustFile: join(folder, 'trust.json'),
    // Few nodes can afford to tell each other at once what they hold; many would do nothing else.
    network: {
      listen: ['/ip4/127.0.0.1/tcp/0'],
      beaconSeconds: isSmall ? 2 : 30,
      catchUpSeconds: isSmall ? 10 : 60,
    },
    // Of two nodes each hears one other: a second answer would be waited for in vain.
    signing: { listenSeconds: 2 },
    api: { port, requestsPerMinute },
    pages: { pauseSeconds: pause },
    metrics: { enabled: isSmall, port: 0 },
    // Whoever tries it has a receiver on the same machine, on any port.
    delivery: { allowNetworks: ['127.0.0.0/8', '::1/128'], allowPorts: ['1-65535'] },
  })
  return { config, keys, channels, logFile: join(folder, `${id}.log`) }
}

async function tellAll(nodes: readonly OpenedNode[], { alliance, quiet }: Running): Promise<void> {
  const total = draftCount(nodes)
  say(`Telling ${total} notices …`, { quiet })
  const progress = await openProgress({ what: 'Notices', total, quiet })
  const issued = await tellStories(nodes, { advance: () => progress.advance() })
  progress.done(`${issued.length} notices issued.`)
  const lacking = await untilSpread(issued, { nodes, members: alliance.members })
  if (lacking.length > 0) {
    say(styledTalk('yellow', `Not all notices have reached ${lacking.join(', ')} yet; catch-up goes on.`))
  }
}

function sayEnded(
  nodes: readonly OpenedNode[],
  { pid, how }: { pid: number | undefined; how: string },
): void {
  const members = nodes.filter(node => node.pid === pid).map(node => node.member)
  say(styledTalk('yellow', `The node of ${members.join(', ')} ended (${how}); the others go on.`))
}
