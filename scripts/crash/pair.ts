import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import { Census } from './census.ts'
import { lastSignedDirOf } from './crash-node.ts'
import { cutPower, type Observer, observerTo, sizesIn } from './power.ts'
import { Running } from './running.ts'
import { type Held, readStoreCopy } from './store-copy.ts'
import type { ChildPlan } from './talk.ts'

/** How the two nodes run, and what goes with the one that is killed. */
export interface PairOptions {
  /** `power`: with the process goes all that it had written and, as the observer saw it, not flushed. */
  cut: 'process' | { power: Observer }
  /** The stores do not flush: for a control run. */
  unsafeNoSync?: boolean
  /** The nodes sign without asking anybody how far their log is known: for a control run. */
  unsafeNoGuard?: boolean
  /** The issuer's program asks again without an `Idempotency-Key`: for a control run. */
  unsafeNoKey?: boolean
}

export interface CrashReport {
  rounds: number
  /** Notices that the issuer's program was told of, and that the receiver's feed has told. */
  acknowledged: { issued: number; received: number }
  /** Acknowledged, and not in the store of whoever acknowledged it. */
  lost: number
  /** Drafts that became two notices, and notices that stand twice in a feed. */
  doubled: number
  /** Places of the log at which two notices were seen. */
  forked: number
  /** Bytes that the power cuts took. */
  cutBytes: number
  /** Places at which the two logs differ at the end. */
  differing: number
  /** Stores that a start took for damaged: a kill or a power cut is no damage. */
  setAside: number
}

export const issuer = 'QM'
export const receiver = 'QN'

interface Side {
  member: string
  dataDir: string
  running: Running | undefined
  /** Files as they were when the child was started. */
  before: ReadonlyMap<string, number>
  trace: string
  /** Place → id that it has acknowledged, and the feed's last cursor. */
  acknowledged: Map<number, string>
  cursor: number
}

/** An issuer and a receiver in processes of their own, and all that they have promised. */
export class Pair implements AsyncDisposable {
  readonly #options: PairOptions
  readonly #folder: string
  readonly #sides: Side[]
  readonly #census = new Census()
  readonly #lost = new Set<string>()
  readonly #setAside = new Set<string>()
  #doubled = 0
  #cutBytes = 0
  #nextNumber = 1
  #unanswered: ChildPlan['unanswered']

  private constructor(options: PairOptions, folder: string) {
    this.#options = options
    this.#folder = folder
    this.#sides = [issuer, receiver].map(member => ({
      member,
      dataDir: join(folder, member),
      running: undefined,
      before: new Map(),
      trace: join(folder, `${member}.trace`),
      acknowledged: new Map(),
      cursor: 0,
    }))
  }

  static async open(options: PairOptions): Promise<Pair> {
    const pair = new Pair(options, await mkdtemp(join(tmpdir(), 'focalpoint-crash-')))
    for (const { dataDir } of pair.#sides) {
      await mkdir(dataDir)
      await writeNothingSigned(lastSignedDirOf(dataDir), channelNames)
    }
    return pair
  }

  get lost(): number {
    return this.#lost.size
  }

  get forked(): number {
    return this.#census.signedTwice.length
  }

  get acknowledged(): CrashReport['acknowledged'] {
    const [issued, received] = this.#sides.map(({ acknowledged }) => acknowledged.size)
    return { issued: issued ?? 0, received: received ?? 0 }
  }

  /** Starts whoever is not running. */
  async start(): Promise<void> {
    for (const side of this.#sides) {
      if (side.running) continue
      side.before = await sizesIn(side.dataDir)
      const { cut } = this.#options
      const observer = cut === 'process' ? [] : observerTo(side.trace, cut.power)
      side.running = new Running(this.#planOf(side), observer)
      await side.running.hears('started')
    }
  }

  async startAndConnect(): Promise<void> {
    await this.start()
    const running = this.#sides.flatMap(side => side.running ?? [])
    const opened = await Promise.all(running.map(each => each.hears('open')))
    running[0]?.tell({ connect: opened[1]?.addresses ?? [] })
    running[1]?.tell({ connect: opened[0]?.addresses ?? [] })
  }

  /** Resolves when the issuer has issued and the receiver received since they were started. */
  async startAndWork(): Promise<void> {
    await this.startAndConnect()
    const [issuing, receiving] = this.#sides.map(({ running }) => running)
    await issuing?.hears('released')
    await receiving?.hears('received')
  }

  /** Resolves when the issuer has issued again, with nobody there to tell it what it has forgotten. */
  async startAlone(): Promise<void> {
    await this.start()
    await this.#sides[0]?.running?.hears('released')
  }

  async kill(members: readonly string[]): Promise<void> {
    const victims = this.#sides.filter(({ member }) => members.includes(member))
    await Promise.all(victims.map(({ running }) => running?.kill()))
    for (const side of victims) await this.#look(side)
  }

  /** Ends both and takes nothing away. */
  async stop(): Promise<void> {
    for (const side of this.#sides) {
      await side.running?.kill()
      this.#hear(side)
      side.running = undefined
    }
  }

  /** The issuer dies when its next notice is issued and nobody has been told. */
  async dieUnanswered(): Promise<void> {
    const [issuing] = this.#sides
    issuing?.running?.tell('die unanswered')
    await issuing?.running?.ends()
    if (issuing) await this.#look(issuing)
  }

  /** Stops issuing, lets the receiver catch up, and compares. */
  async finish(rounds: number): Promise<CrashReport> {
    await this.startAndConnect()
    const [issuing, receiving] = this.#sides
    issuing?.running?.tell('pause')
    await issuing?.running?.hears('paused')
    const last = Math.max(0, ...(issuing?.running?.saidOf('released').map(({ seq }) => seq) ?? []))
    const isReceived = () =>
      receiving?.running?.saidOf('received').some(({ seq }) => seq >= last) || undefined
    await receiving?.running?.until('the receiver had caught up', isReceived)
    await this.kill([issuer, receiver])
    return {
      rounds,
      acknowledged: this.acknowledged,
      lost: this.lost,
      doubled: this.#doubled,
      forked: this.forked,
      cutBytes: this.#cutBytes,
      differing: await this.differing(),
      setAside: this.#setAside.size,
    }
  }

  /** Places at which the two stores do not hold the same; nobody may be running. */
  async differing(): Promise<number> {
    const [ours, theirs] = await Promise.all(this.#sides.map(({ dataDir }) => readStoreCopy(dataDir, issuer)))
    return differing(ours?.ids ?? [], theirs?.ids ?? [])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sides.map(({ running }) => running?.kill()))
    await rm(this.#folder, { recursive: true, force: true })
  }

  #planOf({ member, dataDir, cursor }: Side): ChildPlan {
    const { unsafeNoSync = false, unsafeNoGuard = false, unsafeNoKey = false } = this.#options
    return {
      member,
      dataDir,
      members: this.#sides.length,
      isIssuer: member === issuer,
      nextNumber: this.#nextNumber,
      unanswered: this.#unanswered,
      cursor,
      unsafeNoSync,
      unsafeNoGuard,
      unsafeNoKey,
    }
  }

  /** Writes down what the dead child has promised, takes what the power would take, and compares with what is left. */
  async #look(side: Side): Promise<void> {
    this.#hear(side)
    side.running = undefined
    if (this.#options.cut !== 'process') {
      this.#cutBytes += await cutPower({ folder: side.dataDir, trace: side.trace, before: side.before })
    }
    for (const name of await readdir(side.dataDir))
      if (name.startsWith('store-damaged-')) this.#setAside.add(`${side.member} ${name}`)
    this.#compare(side, await readStoreCopy(side.dataDir, issuer))
  }

  #hear(side: Side): void {
    for (const line of side.running?.said ?? []) {
      if (line.said === 'releasing') {
        this.#unanswered = { draft: line.draft, number: line.number }
        this.#nextNumber = Math.max(this.#nextNumber, line.number + 1)
      }
      if (line.said === 'released') this.#unanswered = undefined
      if (line.said === 'received') side.cursor = line.cursor
      if (line.said !== 'released' && line.said !== 'received') continue
      this.#census.see(line)
      side.acknowledged.set(line.seq, line.id)
    }
  }

  #compare({ member, acknowledged }: Side, held: Held): void {
    held.ids.forEach((id, at) => void this.#census.see({ seq: at + 1, id }))
    for (const [seq, id] of acknowledged)
      if (held.ids[seq - 1] !== id) this.#lost.add(`${member} ${seq} ${id}`)
    const twice = repeated(held.numbers) + repeated(held.feed)
    this.#doubled = Math.max(this.#doubled, twice)
  }
}

function repeated(values: readonly unknown[]): number {
  return values.length - new Set(values).size
}

function differing(ours: readonly string[], theirs: readonly string[]): number {
  const longest = Math.max(ours.length, theirs.length)
  return Array.from({ length: longest }, (_, at) => at).filter(at => ours[at] !== theirs[at]).length
}
