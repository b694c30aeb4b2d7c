import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import { Census } from './census.ts'
import { lastSignedDirOf } from './crash-node.ts'
import { cutPower, type Observer, observerTo, sizesIn } from './power.ts'
import { pick, seededRandom } from './random.ts'
import { Running } from './running.ts'
import { type Held, readStoreCopy } from './store-copy.ts'
import type { ChildPlan } from './talk.ts'

// QM issues, QN receives, each in a process of its own. A round kills one of them or both at a moment that the seed
// chooses, looks into the store that is left before anybody could mend it from a peer, and starts it again. At the end
// the two logs must be one.

export interface CrashOptions {
  rounds: number
  seed: number
  /** `power`: with the process goes all that it had written and, as the observer saw it, not flushed. */
  cut: 'process' | { power: Observer }
  /** When the kills come; drawn from all moments unless given. */
  moments?: readonly [Moment, ...Moment[]]
  /** The stores do not flush: for a control run. */
  unsafeNoSync?: boolean
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
}

const issuer = 'QM'
const receiver = 'QN'
const longestRunMs = 300
/** Long enough to reach into the opening of store and network. */
const longestStartMs = 1200
/** When a kill comes: twice as often in the middle of work. */
const allMoments = ['starting', 'between promise and answer', 'working', 'working'] as const
type Moment = (typeof allMoments)[number]

/** All rounds in one pair of folders, so that damage would add up. */
export async function crashRounds(options: CrashOptions): Promise<CrashReport> {
  const random = seededRandom(options.seed)
  await using pair = await Pair.open(options)
  for (let round = 0; round < options.rounds; round++) {
    const moment = pick<Moment>(random, options.moments ?? allMoments)
    const victims = pick(random, [[issuer], [receiver], [issuer, receiver]])
    if (moment === 'starting') await pair.start()
    else await pair.startAndWork()
    await delay(random() * (moment === 'starting' ? longestStartMs : longestRunMs))
    if (moment === 'between promise and answer') await pair.dieUnanswered()
    else await pair.kill(victims)
  }
  return await pair.finish(options.rounds)
}

/** Each round in a pair of its own, whose power is cut once: what is lost may not be mended from a peer. */
export async function powerCutsApart(options: CrashOptions): Promise<{ acknowledged: number; lost: number }> {
  const random = seededRandom(options.seed)
  const sum = { acknowledged: 0, lost: 0 }
  for (let round = 0; round < options.rounds; round++) {
    await using pair = await Pair.open(options)
    await pair.startAndWork()
    await delay(random() * longestRunMs)
    await pair.kill([issuer, receiver])
    sum.acknowledged += pair.acknowledged.issued + pair.acknowledged.received
    sum.lost += pair.lost
  }
  return sum
}

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

class Pair implements AsyncDisposable {
  readonly #options: CrashOptions
  readonly #folder: string
  readonly #sides: Side[]
  readonly #census = new Census()
  readonly #lost = new Set<string>()
  #doubled = 0
  #cutBytes = 0
  #nextNumber = 1
  #unanswered: ChildPlan['unanswered']

  private constructor(options: CrashOptions, folder: string) {
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

  static async open(options: CrashOptions): Promise<Pair> {
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

  async kill(members: readonly string[]): Promise<void> {
    const victims = this.#sides.filter(({ member }) => members.includes(member))
    await Promise.all(victims.map(({ running }) => running?.kill()))
    for (const side of victims) await this.#look(side)
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
    const [ours, theirs] = await Promise.all(this.#sides.map(({ dataDir }) => readStoreCopy(dataDir, issuer)))
    return {
      rounds,
      acknowledged: this.acknowledged,
      lost: this.lost,
      doubled: this.#doubled,
      forked: this.#census.signedTwice.length,
      cutBytes: this.#cutBytes,
      differing: differing(ours?.ids ?? [], theirs?.ids ?? []),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sides.map(({ running }) => running?.kill()))
    await rm(this.#folder, { recursive: true, force: true })
  }

  #planOf({ member, dataDir, cursor }: Side): ChildPlan {
    const { unsafeNoSync = false, unsafeNoKey = false } = this.#options
    return {
      member,
      dataDir,
      members: this.#sides.length,
      isIssuer: member === issuer,
      nextNumber: this.#nextNumber,
      unanswered: this.#unanswered,
      cursor,
      unsafeNoSync,
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
