// Honest nodes in a process of their own: `node host.ts PLAN`.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import { type FocalpointNode, type NodeOptions, openNode } from '../../node/node.ts'
import { benchConfig, officer, releaser } from '../bench/bench-node.ts'
import { numberedDraft } from '../crash/crash-node.ts'
import { type AlliancePlace, attackedAlliance } from './attack-alliance.ts'
import { MemoryWatch, nowMs, obey, planOf } from './obey.ts'

/** What a run may change of the nodes; without it they are as people run them. */
export interface Changes
  extends Pick<
    NodeOptions,
    'unsafeOpenGate' | 'unsafeNoScores' | 'unsafeNoOutboundBound' | 'unsafeNoWatchdog' | 'unsafeNoBudgets'
  > {
  degree?: number
  beaconSeconds?: number
  catchUpSeconds?: number
}

export interface HostPlan extends AlliancePlace {
  hosted: readonly string[]
  folder: string
  changes: Changes
}

/** A notice that stands in a node's feed, on disk. */
export interface Arrival {
  member: string
  id: string
  /** Milliseconds since 1970. */
  at: number
}

export interface Issued {
  id: string
  member: string
  /** When its release was asked for. */
  at: number
}

const plan = planOf<HostPlan>()
const memory = new MemoryWatch()
const nodes = new Map<string, FocalpointNode>()
const arrivals: Arrival[] = []
/** Text of a log line → when it was said last, and how often. */
const said = new Map<string, { lastAt: number; count: number }>()
let number = 0

const alliance = await attackedAlliance(plan)
for (const member of plan.hosted) {
  const node = await openHosted(member)
  nodes.set(member, node)
  void writeDownArrivals(member, node)
}

const commands = {
  addresses: async () => [...nodes.values()].flatMap(node => node.addresses()),
  connect: async (addresses: string[]) => {
    for (const node of nodes.values()) {
      const own = node.addresses()
      await node.connectTo(addresses.filter(address => !own.includes(address)))
    }
  },
  /** Which may sign, once all may or the time is over. */
  ready: async (patienceMs: number) => {
    const until = performance.now() + patienceMs
    const ready = () => [...nodes].filter(([, { desk }]) => desk.network().signing.state === 'ready')
    while (ready().length < nodes.size && performance.now() < until) await delay(20)
    return ready().map(([member]) => member)
  },
  issue: async ({ member, count, everyMs }: { member: string; count: number; everyMs: number }) => {
    const issued: Issued[] = []
    const started = performance.now()
    for (let turn = 0; turn < count; turn += 1) {
      const waitMs = started + turn * everyMs - performance.now()
      if (waitMs > 0) await delay(waitMs)
      issued.push(await issueOne(member))
    }
    return issued
  },
  arrivals: async () => arrivals.splice(0),
  held: async () => Object.fromEntries([...nodes].map(([member, node]) => [member, node.desk.feed.last()])),
  digests: async () => {
    const all = [...nodes].map(async ([member, node]) => [member, await digestOf(node)] as const)
    return Object.fromEntries(await Promise.all(all))
  },
  adopt: async ({ member, ...document }: { member: string; document: string; signatures: string[] }) => {
    const at = nowMs()
    await nodes.get(member)?.desk.adopt([{ kind: 'members', ...document }])
    return at
  },
  /** How many nodes hold these notices and take them for true. */
  verified: async (ids: string[]) => {
    const all = [...nodes.values()].flatMap(({ desk }) =>
      ids.map(async id => (await desk.notices.find(id, { nominal: false }))?.standing === 'verified'),
    )
    return (await Promise.all(all)).filter(Boolean).length
  },
  /** How many nodes say that this member is suspended. */
  suspending: async (suspended: string) => {
    const views = [...nodes.values()].map(({ desk }) => desk.network().participants)
    return views.filter(list => list.some(each => each.member === suspended && each.status === 'suspended'))
      .length
  },
  participants: async (member: string) => nodes.get(member)?.desk.network().participants ?? [],
  said: async () => Object.fromEntries(said),
  /** Milliseconds of processor time so far. */
  cpu: async () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  },
  memory: async () => memory.read(),
  watchMemory: async () => memory.restart(),
}
export type HostCommands = typeof commands
obey(commands)

async function openHosted(member: string): Promise<FocalpointNode> {
  const { degree, beaconSeconds, catchUpSeconds, ...unsafe } = plan.changes
  const config = benchConfig(member, join(plan.folder, member))
  await writeNothingSigned(config.signing.lastSignedDir, channelNames)
  const { network } = config
  return openNode({
    ...unsafe,
    config: {
      ...config,
      network: {
        ...network,
        degree: degree ?? network.degree,
        beaconSeconds: beaconSeconds ?? network.beaconSeconds,
        catchUpSeconds: catchUpSeconds ?? network.catchUpSeconds,
      },
    },
    keys: alliance.keysOf(member),
    registry: alliance.registry,
    log: { debug: note, info: note, warn: note, error: note },
  })
}

async function issueOne(member: string): Promise<Issued> {
  const node = nodes.get(member)
  if (node === undefined) throw new TypeError(`${member} is not hosted here.`)
  number += 1
  const { id: draft } = await node.desk.drafts.create(numberedDraft(number), officer)
  const at = nowMs()
  const { id } = await node.desk.release(draft, releaser, {})
  return { id, member, at }
}

async function writeDownArrivals(member: string, { desk }: FocalpointNode): Promise<void> {
  let cursor = desk.feed.last()
  for (;;) {
    await desk.feed.changed(cursor, new AbortController().signal)
    const at = nowMs()
    for (const entry of desk.feed.after(cursor, 1_000)) {
      cursor = entry.cursor
      if (entry.kind === 'notice') arrivals.push({ member, id: entry.id, at })
    }
  }
}

/** Of all notices with the parts that are held, whatever the order in which they came. */
async function digestOf({ desk }: FocalpointNode): Promise<string> {
  const all = await desk.notices.list({ limit: 1_000_000 }, { nominal: true })
  const lines = all.map(({ id, parts }) => `${id} ${parts.map(({ name, held }) => `${name}:${held}`).join()}`)
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url')
}

function note(_fields: object, text: string): void {
  said.set(text, { lastAt: nowMs(), count: (said.get(text)?.count ?? 0) + 1 })
}
