import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlliancePlace, type AttackedAlliance, attackedAlliance } from './attack-alliance.ts'
import { Child } from './child.ts'
import type { Arrival, Changes, HostCommands, Issued } from './host.ts'

/** A node that starts on a busy machine is ready long before. */
const readyMs = 60_000

export type Host = Child<HostCommands>

export interface BedPlan extends AlliancePlace {
  /** The honest nodes, one list a process. */
  hosted: readonly (readonly string[])[]
  changes?: Changes
  /** Left unconnected, to be connected otherwise. */
  isApart?: boolean
}

/** Honest nodes in processes of their own, connected with each other, in folders that go away with them. */
export class Bed implements AsyncDisposable {
  readonly alliance: AttackedAlliance
  readonly hosts: readonly Host[]
  readonly #plan: BedPlan
  readonly #opened: AsyncDisposableStack

  private constructor(
    plan: BedPlan,
    parts: { alliance: AttackedAlliance; hosts: Host[]; opened: AsyncDisposableStack },
  ) {
    this.#plan = plan
    this.alliance = parts.alliance
    this.hosts = parts.hosts
    this.#opened = parts.opened
  }

  static async open(plan: BedPlan): Promise<Bed> {
    await using opened = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), 'focalpoint-attack-'))
    opened.defer(() => rm(folder, { recursive: true, force: true }))
    const { members, seed, changes = {} } = plan
    const alliance = await attackedAlliance(plan)
    const hosts = await Promise.all(
      plan.hosted.map(async hosted =>
        opened.use(await Child.start<HostCommands>('host.ts', { members, seed, hosted, folder, changes })),
      ),
    )
    const bed = new Bed(plan, { alliance, hosts, opened: opened.move() })
    if (!plan.isApart) {
      await bed.connect(await bed.addresses())
      await bed.ready()
    }
    return bed
  }

  /** The ids of the honest members. */
  get honest(): string[] {
    return this.#plan.hosted.flat()
  }

  hostOf(member: string): Host {
    const host = this.hosts[this.#plan.hosted.findIndex(hosted => hosted.includes(member))]
    if (host === undefined) throw new TypeError(`${member} is not hosted.`)
    return host
  }

  async addresses(): Promise<string[]> {
    return (await Promise.all(this.hosts.map(host => host.ask('addresses')))).flat()
  }

  async connect(addresses: string[]): Promise<void> {
    await Promise.all(this.hosts.map(host => host.ask('connect', addresses)))
  }

  /** The members that may sign, once all may or the time is over. */
  async ready(patienceMs = readyMs): Promise<string[]> {
    return (await Promise.all(this.hosts.map(host => host.ask('ready', patienceMs)))).flat()
  }

  /** Each of these members issues so many, evenly. */
  async issue(members: readonly string[], { count, everyMs }: { count: number; everyMs: number }) {
    const all = members.map(member => this.hostOf(member).ask('issue', { member, count, everyMs }))
    return (await Promise.all(all)).flat()
  }

  /** What came since it was asked last. */
  async arrivals(): Promise<Arrival[]> {
    return (await Promise.all(this.hosts.map(host => host.ask('arrivals')))).flat()
  }

  /** Waits until every honest node has all of these, or the time is over; how long each took to each. */
  async deliveries(issued: readonly Issued[], patienceMs: number): Promise<Deliveries> {
    const tookMs = new Map<string, number>()
    const sent = new Map(issued.map(each => [each.id, each]))
    const due = issued.length * (this.honest.length - 1)
    const until = performance.now() + patienceMs
    for (;;) {
      for (const { member, id, at } of await this.arrivals()) {
        const notice = sent.get(id)
        if (notice && notice.member !== member) tookMs.set(`${member} ${id}`, at - notice.at)
      }
      if (tookMs.size >= due || performance.now() > until) return { tookMs: [...tookMs.values()], due }
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync()
  }
}

export interface Deliveries {
  tookMs: number[]
  /** Notices × receivers. */
  due: number
}

/** Milliseconds; what did not come at all is later than everything else. */
export function p99Of({ tookMs, due }: Deliveries): number {
  const sorted = [...tookMs].sort((a, b) => a - b)
  return sorted[Math.ceil(due * 0.99) - 1] ?? Number.POSITIVE_INFINITY
}

/** Two measurements as one. */
export function together(all: readonly Deliveries[]): Deliveries {
  return { tookMs: all.flatMap(({ tookMs }) => tookMs), due: all.reduce((sum, { due }) => sum + due, 0) }
}

/** Looks again until it is there; undefined when the time is over first. */
export async function waitFor<Found>(
  look: () => Promise<Found | undefined>,
  { patienceMs, everyMs = 20 }: { patienceMs: number; everyMs?: number },
): Promise<Found | undefined> {
  const until = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined || performance.now() > until) return found
    await new Promise(resolve => setTimeout(resolve, everyMs))
  }
}

/** The smallest value that this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
