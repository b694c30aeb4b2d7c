import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { channelNames, isError } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import type { FocalpointNode } from '../../node/node.ts'
import { officer, releaser } from '../bench/bench-node.ts'
import { lastSignedDirOf, numberedDraft, openCrashNode, storeDirOf } from './crash-node.ts'
import { copyAlive, flipIn, localOf, lookEveryMs, patienceMs, untilDone } from './flip-folder.ts'
import { pick, seededRandom } from './random.ts'
import { RawReader, type RawReport } from './raw-reader.ts'

// QM holds its own log, QN's log and what its people wrote. A round closes it, or takes its folder as a kill would leave
// it; changes one byte of one file; starts it again beside QN; and compares all that it serves with what it had promised,
// until it holds everything again.

export interface FlipOptions {
  rounds: number
  seed: number
  /** For a control run: whatever is there is opened. */
  unsafeNoCheck?: boolean
  /** Which files; all of them unless given. */
  only?: RegExp
  /** Whether a program without checks reads the same damage; adds some 0.1 s a round. */
  beside?: boolean
}

export interface FlipReport {
  rounds: number
  /** Notices that were served with other bytes than were promised. */
  wrongServed: number
  /** Rows of people and drafts that were gone and not told of as lost, and starts that failed. */
  silentLoss: number
  /** Rounds after which not every notice was there again. */
  notRecovered: number
  /** Rounds in which the damage was found. */
  detected: number
  /** Rounds in which nothing was found and nothing was missing. */
  harmless: number
  /** Rounds after a kill; the others came after an orderly end. */
  killed: number
  byFile: Record<string, number>
  /** Seconds from the start to all that was promised, at most. */
  slowestSeconds: number
  raw: RawReport
}

const victim = 'QM'
const peer = 'QN'
const members = 2
const noticesBefore = 80
const noticesPerRound = 2
/** A damaged store that nobody checks is not filled again, however long one waits: two turns of catch-up. */
const controlPatienceMs = 2500

export async function flipRounds(options: FlipOptions): Promise<FlipReport> {
  await using flips = await Flips.open(options)
  for (let round = 0; round < options.rounds; round++) await flips.round()
  return flips.report
}

class Flips implements AsyncDisposable {
  readonly #options: FlipOptions
  readonly #random: () => number
  readonly #folder: string
  readonly #peer: FocalpointNode
  readonly #raw: RawReader | undefined
  #node: FocalpointNode
  #number = 0
  readonly report: FlipReport

  private constructor(
    options: FlipOptions,
    { folder, peer: other, node }: { folder: string; peer: FocalpointNode; node: FocalpointNode },
  ) {
    this.#options = options
    this.#random = seededRandom(options.seed)
    this.#folder = folder
    this.#peer = other
    this.#node = node
    this.#raw = options.beside ? new RawReader(join(folder, 'raw')) : undefined
    this.report = {
      rounds: 0,
      wrongServed: 0,
      silentLoss: 0,
      notRecovered: 0,
      detected: 0,
      harmless: 0,
      killed: 0,
      byFile: {},
      slowestSeconds: 0,
      raw: { rounds: 0, gone: 0, wrong: 0, refused: 0, ended: 0, silentRounds: 0 },
    }
  }

  static async open(options: FlipOptions): Promise<Flips> {
    const folder = await mkdtemp(join(tmpdir(), 'focalpoint-flip-'))
    const [other, node] = await Promise.all(
      [peer, victim].map(async member => {
        const dataDir = join(folder, member)
        await writeNothingSigned(lastSignedDirOf(dataDir), channelNames)
        return await openCrashNode({ member, dataDir, members })
      }),
    )
    if (other === undefined || node === undefined) throw new TypeError('No nodes.')
    const flips = new Flips(options, { folder, peer: other, node })
    await node.connectTo(other.addresses())
    for (let at = 0; at < noticesBefore; at++) await flips.#issue(at % 4 === 0 ? node : other)
    await flips.#untilWhole(flips.#textsOf(other))
    return flips
  }

  async round(): Promise<void> {
    for (let at = 0; at < noticesPerRound; at++) await this.#issue(this.#peer)
    await this.#node.people.add({ name: `Person ${this.#number}`, roles: ['officer'] })
    await this.#node.desk.drafts.create(numberedDraft(this.#number), officer)
    const promised = await this.#untilWhole(this.#textsOf(this.#peer))
    const local = await localOf(this.#node)
    await this.#stop(promised)
    await this.#flip()
    await this.#raw?.take(storeDirOf(this.#dataDir))
    const raw = this.#raw?.read()
    await this.#startAgain(promised, local)
    if (raw !== undefined) this.report.raw = await raw
    this.report.rounds += 1
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#node, this.#peer].map(node => node[Symbol.asyncDispose]()))
    this.#raw?.end()
    await rm(this.#folder, { recursive: true, force: true })
  }

  get #dataDir(): string {
    return join(this.#folder, victim)
  }

  /** An orderly end, or the folder as it was in the midst of work. */
  async #stop(promised: ReadonlyMap<string, string>): Promise<void> {
    const isKilled = pick(this.#random, [true, false])
    const copy = join(this.#folder, 'copy')
    if (isKilled) await copyAlive(this.#dataDir, copy)
    await this.#node[Symbol.asyncDispose]()
    if (!isKilled) await this.#raw?.remember(storeDirOf(this.#dataDir))
    if (!isKilled) return
    await rm(this.#dataDir, { recursive: true })
    await cp(copy, this.#dataDir, { recursive: true })
    await rm(copy, { recursive: true })
    await this.#raw?.remember(storeDirOf(this.#dataDir))
    this.report.killed += Number(promised.size > 0)
  }

  /** One bit of one byte: in turns every file is as likely as another, and every byte of all files. */
  async #flip(): Promise<void> {
    const { only = /./ } = this.#options
    const byBytes = this.report.rounds % 2 === 1
    const kind = await flipIn(this.#dataDir, { random: this.#random, byBytes, only })
    this.report.byFile[kind] = (this.report.byFile[kind] ?? 0) + 1
  }

  async #startAgain(promised: ReadonlyMap<string, string>, local: ReadonlySet<string>): Promise<void> {
    const { unsafeNoCheck = false } = this.#options
    const started = performance.now()
    const open = () => openCrashNode({ member: victim, dataDir: this.#dataDir, members, unsafeNoCheck })
    try {
      this.#node = await open()
    } catch {
      // Nobody is served; what the people wrote is gone for who starts with an empty folder, as they must.
      this.report.silentLoss += local.size
      this.report.notRecovered += 1
      await rm(storeDirOf(this.#dataDir), { recursive: true, force: true })
      this.#node = await open()
    }
    await this.#node.connectTo(this.#peer.addresses())
    const isTold = await this.#takeAside()
    await this.#compare(promised)
    const left = await localOf(this.#node)
    const lost = [...local].filter(row => !left.has(row)).length
    if (!isTold) this.report.silentLoss += lost
    this.report.detected += Number(isTold)
    this.report.harmless += Number(!isTold && lost === 0)
    this.report.slowestSeconds = Math.max(this.report.slowestSeconds, (performance.now() - started) / 1000)
  }

  /** Looks at all that is served until all that was promised is there. */
  async #compare(promised: ReadonlyMap<string, string>): Promise<void> {
    const { unsafeNoCheck = false } = this.#options
    const end = performance.now() + (unsafeNoCheck ? controlPatienceMs : patienceMs)
    while (performance.now() < end) {
      try {
        const served = await this.#textsOf(this.#node)()
        for (const [id, text] of served) if (promised.get(id) !== text) this.report.wrongServed += 1
        if ([...promised.keys()].every(id => served.has(id))) return
      } catch (error) {
        // Refused rather than served wrongly: without checks at the start that is all that is left.
        if (!isError(error) && !unsafeNoCheck) throw error
      }
      await delay(lookEveryMs)
    }
    this.report.notRecovered += 1
    await this.#beginAnew(promised)
  }

  /** After a control run's damage, so that the next round begins with a sound store. */
  async #beginAnew(promised: ReadonlyMap<string, string>): Promise<void> {
    await this.#node[Symbol.asyncDispose]()
    await rm(storeDirOf(this.#dataDir), { recursive: true, force: true })
    await rm(join(this.#dataDir, 'high-water.json'), { force: true })
    this.#node = await openCrashNode({ member: victim, dataDir: this.#dataDir, members })
    await this.#node.connectTo(this.#peer.addresses())
    await this.#untilWhole(async () => new Map(promised))
  }

  /** Whether a store was set aside; it is removed, as whoever has read of it would. */
  async #takeAside(): Promise<boolean> {
    const names = (await readdir(this.#dataDir)).filter(name => name.startsWith('store-damaged-'))
    for (const name of names) await rm(join(this.#dataDir, name), { recursive: true })
    return names.length > 0
  }

  async #issue(node: FocalpointNode): Promise<void> {
    const { id } = await node.desk.drafts.create(numberedDraft(++this.#number), officer)
    await untilDone('the notice is issued', async () => {
      try {
        return await node.desk.release(id, releaser, {})
      } catch (error) {
        if (isError(error, 'recovering')) return undefined
        throw error
      }
    })
  }

  /** Every notice that the peer holds, with its signed text as the victim serves it. */
  async #untilWhole(wanted: () => Promise<Map<string, string>>): Promise<Map<string, string>> {
    return await untilDone('all is received', async () => {
      const [all, held] = await Promise.all([wanted(), this.#textsOf(this.#node)()])
      return [...all.keys()].every(id => held.has(id)) ? held : undefined
    })
  }

  #textsOf({ desk }: FocalpointNode): () => Promise<Map<string, string>> {
    return async () => {
      const texts = new Map<string, string>()
      for (const { id } of await desk.notices.list({ limit: 100_000 }, { nominal: true }))
        texts.set(id, desk.notices.text(id, { nominal: true }) ?? '')
      return texts
    }
  }
}
