import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import type { FocalpointNode } from '../../node/node.ts'
import { lastSignedDirOf, numberedDraft, openCrashNode } from '../crash/crash-node.ts'
import { seededRandom } from '../crash/random.ts'
import { officer, releaser } from './bench-node.ts'
import { followUntil, readPage } from './cut-follower.ts'

export interface CutPlan {
  /** How often the client is cut off and comes back. */
  resumes: number
  seed: number
  /** How often the node is closed and opened again meanwhile. */
  restarts: number
  /** Only for control runs: comes back to what is newest, as one does who keeps no cursor. */
  unsafeNoCursor?: boolean
}

export interface CutOutcome {
  /** In the feed of the node in the end. */
  events: number
  /** Events that the client never got. */
  gaps: number
  /** Events that it got although it had said that it has them. */
  doubled: number
  /** Events that came before one of a smaller cursor. */
  misplaced: number
  resumes: number
  byPage: number
  /** Connections that were cut with half an event on the way. */
  cutWithin: number
  seconds: number
  longestResumeMs: number
}

/** One page in so many connections; so many are slow to read. */
const pageShare = 0.15
const slowShare = 0.1
const slowestMs = 60
/** Cuts fall into the very first event, and beyond some. */
const cutAfterBytesMost = 8000
const pageMost = 20

/** A client that is cut off at random, follows again and counts, while notices keep arriving and the node restarts. */
export async function cutFollowing(plan: CutPlan): Promise<CutOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-events-'))
  try {
    const dataDir = join(folder, 'node')
    await writeNothingSigned(lastSignedDirOf(dataDir), channelNames)
    await using host = await Host.open(dataDir)
    return await follow(host, plan)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function follow(
  host: Host,
  { resumes, seed, restarts, unsafeNoCursor = false }: CutPlan,
): Promise<CutOutcome> {
  const random = seededRandom(seed)
  const got: number[] = []
  let [cursor, doubled, byPage, cutWithin, longestResumeMs] = [0, 0, 0, 0, 0]
  const started = performance.now()
  await using issuing = host.issueOn()
  for (let round = 1; round <= resumes; round++) {
    const isRestart = restarts > 0 && round % Math.ceil(resumes / (restarts + 1)) === 0
    const after = unsafeNoCursor ? host.last() : cursor
    const isPage = random() < pageShare && !isRestart
    const at = { url: host.url, token: host.token, after }
    const pauseMs = random() < slowShare ? random() * slowestMs : 0
    const restarted = isRestart && host.restart()
    const {
      cursors,
      isCutWithin,
      answeredMs = 0,
    } = isPage
      ? await readPage({ ...at, limit: 1 + Math.floor(random() * pageMost) })
      : await followUntil(at, { afterBytes: Math.ceil(random() * cutAfterBytesMost), pauseMs })
    await restarted
    byPage += isPage ? 1 : 0
    cutWithin += isCutWithin ? 1 : 0
    doubled += cursors.filter(each => each <= after).length
    longestResumeMs = Math.max(longestResumeMs, answeredMs)
    got.push(...cursors)
    cursor = cursors.at(-1) ?? cursor
  }
  const seconds = (performance.now() - started) / 1000
  await issuing.stop()
  if (!unsafeNoCursor) got.push(...(await host.readRest(cursor)))
  const held = new Set(got)
  const all = host.cursors()
  return {
    events: all.length,
    gaps: all.filter(each => !held.has(each)).length,
    doubled,
    misplaced: got.filter((each, index) => index > 0 && each < (got[index - 1] ?? 0)).length,
    resumes,
    byPage,
    cutWithin,
    seconds,
    longestResumeMs,
  }
}

/** A real node, alone in its Alliance, that can be closed and opened again. */
class Host implements AsyncDisposable {
  readonly token: string
  readonly #dataDir: string
  #node: FocalpointNode
  #changing: Promise<void> = Promise.resolve()
  #number = 0

  private constructor(node: FocalpointNode, of: { dataDir: string; token: string }) {
    this.#node = node
    this.#dataDir = of.dataDir
    this.token = of.token
  }

  static async open(dataDir: string): Promise<Host> {
    const node = await openReady(dataDir)
    const { id } = await node.people.add({ name: 'National system', roles: ['customs'] })
    const { secret } = await node.people.createToken({ person: id, label: 'events', days: 1 })
    return new Host(node, { dataDir, token: secret })
  }

  get url(): string {
    return this.#node.url
  }

  last(): number {
    return this.#node.desk.feed.last()
  }

  cursors(): number[] {
    return this.#node.desk.feed.after(0, Number.MAX_SAFE_INTEGER).map(({ cursor }) => cursor)
  }

  async readRest(after: number): Promise<number[]> {
    const { cursors } = await readPage({ url: this.url, token: this.token, after, limit: 200 })
    const last = cursors.at(-1)
    return last === undefined ? [] : [...cursors, ...(await this.readRest(last))]
  }

  /** Between two notices, never within one. */
  restart(): Promise<void> {
    return this.#alone(async () => {
      await this.#node[Symbol.asyncDispose]()
      this.#node = await openReady(this.#dataDir)
    })
  }

  /** Notices, in bursts of one to eight, until it is stopped. */
  issueOn(): AsyncDisposable & { stop: () => Promise<void> } {
    let isStopped = false
    const done = this.#issueUntil(() => isStopped)
    const stop = async () => {
      isStopped = true
      await done
    }
    return { stop, [Symbol.asyncDispose]: stop }
  }

  async #issueUntil(isStopped: () => boolean): Promise<void> {
    while (!isStopped()) {
      for (let left = 1 + (this.#number % 8); left > 0; left--) await this.#alone(() => this.#issue())
      await wait(5 * (this.#number % 7))
    }
  }

  async #issue(): Promise<void> {
    const { desk } = this.#node
    const { id } = await desk.drafts.create(numberedDraft(++this.#number), officer)
    await desk.release(id, releaser)
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(work)
    this.#changing = done.catch(() => {})
    return done
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#node[Symbol.asyncDispose]()
  }
}

async function openReady(dataDir: string): Promise<FocalpointNode> {
  const node = await openCrashNode({ member: 'QM', dataDir, members: 1 })
  while (node.desk.network().signing.state !== 'ready') await wait(20)
  return node
}
