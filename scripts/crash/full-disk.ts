import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Level } from 'level'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import { lastSignedDirOf } from './crash-node.ts'
import { readStoreCopy } from './store-copy.ts'

// A node issues without a pause. A round takes the space away until it refuses, waits, gives the space back, and takes
// the time until the next notice is issued. In the end the node is killed and its store compared with its promises.

export type DiskSaid = { said: 'issued'; seq: number; id: string } | { said: 'refused'; code: string }

/** `tmpfs`: a small disk that is filled; `limit`: no file of the process may grow (RLIMIT_FSIZE), where nothing may be mounted. */
export type DiskMeans = 'tmpfs' | 'limit'

export interface FullDiskOptions {
  rounds: number
  /** The first that this machine allows unless given. */
  means?: DiskMeans
}

export interface FullDiskReport {
  means: DiskMeans
  rounds: number
  acknowledged: number
  acknowledgedLost: number
  /** Drafts that became two notices. */
  doubled: number
  /** From the space to the next promise, at most. */
  secondsToWriteAgain: number
  /** What was refused with, and how often. */
  refusals: Record<string, number>
  /** The same under a program that only tries LevelDB again: promises after which there was nothing at the next start. */
  raw: { acknowledged: number; acknowledgedLost: number; wroteAgain: boolean; secondsToWriteAgain: number }
}

const promisesBetween = 10
const fullForMs = 300
const promisesAfter = 100
const longestMs = 30_000
const rawPatienceMs = 10_000
/** Room for a few seconds of notices and for LevelDB to move its log into a table. */
const diskMib = 96

export async function fullDiskRounds(options: FullDiskOptions): Promise<FullDiskReport> {
  const means = options.means ?? (mayMount() ? 'tmpfs' : 'limit')
  await using place = await Place.make(means)
  const dataDir = join(place.folder, 'QM')
  await mkdir(dataDir)
  await writeNothingSigned(lastSignedDirOf(dataDir), channelNames)
  const node = new Writing('full-disk-child.ts', dataDir)
  let slowest = 0
  for (let round = 0; round < options.rounds; round++) {
    slowest = Math.max(slowest, await refusedAndBack(place, node, longestMs))
  }
  await node.kill()
  const held = await readStoreCopy(dataDir, 'QM')
  const refusals: Record<string, number> = {}
  for (const said of node.said)
    if (said.said === 'refused') refusals[said.code] = (refusals[said.code] ?? 0) + 1
  return {
    means,
    rounds: options.rounds,
    acknowledged: node.issued.length,
    acknowledgedLost: node.issued.filter(({ seq, id }) => held.ids[seq - 1] !== id).length,
    doubled: held.numbers.length - new Set(held.numbers).size,
    secondsToWriteAgain: slowest,
    refusals,
    raw: await rawRound(means),
  }
}

/** Its notices are as large, and each is flushed. */
async function rawRound(means: DiskMeans): Promise<FullDiskReport['raw']> {
  await using place = await Place.make(means)
  const raw = new Writing('full-disk-raw.ts', join(place.folder, 'raw'))
  const seconds = await refusedAndBack(place, raw, rawPatienceMs)
  const wroteAgain = seconds * 1000 < rawPatienceMs
  raw.forget()
  if (wroteAgain) await raw.until(() => raw.issuedSince >= promisesAfter, longestMs)
  await raw.kill()
  const level = new Level<string, string>(join(place.folder, 'raw'), { compression: false })
  await level.open()
  const lost = raw.issued.filter(({ id }) => level.getSync(id) === undefined).length
  await level.close()
  return { acknowledged: raw.issued.length, acknowledgedLost: lost, wroteAgain, secondsToWriteAgain: seconds }
}

/** Gives the seconds until it writes again, or those for which it was waited. */
async function refusedAndBack(place: Place, node: Writing, patienceMs: number): Promise<number> {
  await node.until(() => node.issuedSince >= promisesBetween, longestMs)
  place.fill(node.pid)
  await node.until(() => node.refusedSince > 0, longestMs)
  await delay(fullForMs)
  node.forget()
  place.free(node.pid)
  const started = performance.now()
  await node.until(() => node.issuedSince > 0, patienceMs).catch(() => {})
  return (performance.now() - started) / 1000
}

/** A folder on a disk whose space can be taken and given back. */
class Place implements AsyncDisposable {
  readonly folder: string
  readonly #means: DiskMeans

  private constructor(folder: string, means: DiskMeans) {
    this.folder = folder
    this.#means = means
  }

  static async make(means: DiskMeans): Promise<Place> {
    const folder = await mkdtemp(join(tmpdir(), 'focalpoint-disk-'))
    if (means === 'tmpfs') mount(folder)
    return new Place(folder, means)
  }

  fill(pid: number): void {
    if (this.#means === 'limit') {
      limitFiles(pid, '4096')
      return
    }
    const { bavail, bsize } = statfsSync(this.folder)
    try {
      writeFileSync(join(this.folder, 'ballast'), Buffer.alloc(bavail * bsize))
    } catch {
      // The node took some of it meanwhile: what was written fills the rest.
    }
  }

  free(pid: number): void {
    if (this.#means === 'limit') limitFiles(pid, 'unlimited')
    else rmSync(join(this.folder, 'ballast'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#means === 'tmpfs') execFileSync('umount', [this.folder])
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** What a process of this machine may do: in a bare container nothing can be mounted. */
function mayMount(): boolean {
  const folder = join(tmpdir(), `focalpoint-mount-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    mount(folder)
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMib}m`, 'tmpfs', folder], { stdio: 'ignore' })
}

/** Bytes that a file of this process may have; what is larger stays. */
function limitFiles(pid: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}

/** A child that writes, and all that it has said. */
class Writing {
  readonly said: DiskSaid[] = []
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  #forgotten = 0
  #more = Promise.withResolvers<void>()

  constructor(script: string, folder: string) {
    this.#process = spawn(process.execPath, [join(import.meta.dirname, script), folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    createInterface({ input: this.#process.stdout }).on('line', line => {
      this.said.push(JSON.parse(line))
      this.#more.resolve()
      this.#more = Promise.withResolvers()
    })
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  get issued(): Extract<DiskSaid, { said: 'issued' }>[] {
    return this.said.filter(said => said.said === 'issued')
  }

  get issuedSince(): number {
    return this.said.slice(this.#forgotten).filter(({ said }) => said === 'issued').length
  }

  get refusedSince(): number {
    return this.said.slice(this.#forgotten).filter(({ said }) => said === 'refused').length
  }

  /** What was said so far counts no more. */
  forget(): void {
    this.#forgotten = this.said.length
  }

  async until(isSo: () => boolean, patienceMs: number): Promise<void> {
    const late = delay(patienceMs, undefined, { ref: false }).then(() => {
      throw new Error(`In ${patienceMs / 1000} s it did not come about.`)
    })
    while (!isSo()) await Promise.race([this.#more.promise, late])
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await once(this.#process, 'close')
  }
}
