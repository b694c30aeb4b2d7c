import { z } from 'zod'
import { Allowance } from './allowance.ts'
import type { Judgement } from './gossip.ts'
import { slept } from './loop.ts'
import type { NetworkLog, RegistryView, Versions } from './options.ts'

const announcement = z.strictObject({
  root: z.int().min(1),
  members: z.int().min(1),
  /** Of the members document: two with one version are an alarm. */
  hash: z.string().max(64).optional(),
})

/** An announcement is three short members. */
export const announcementBytes = 256
/** Who passes the news on may not hold the documents yet. */
const askAgainMs = 300
const mostAsked = 8
/** Documents beside ours that are looked for, and remembered: two of one version are rare, and made up at no cost. */
const mostSplits = 64

/** A new registry is one text, whoever announces it; a member that announces many makes them up. */
const announcedByOne = { burst: 20, perSecond: 1 }
/** Who says again and again that there is more, and has nothing that we would take, is asked less often. */
const askedOfOne = { burst: 10, perSecond: 0.2 }

interface News {
  registry: RegistryView
  publish(text: string): Promise<number>
  /** Members to ask when the one who told us does not have it. */
  connected(): Iterable<string>
  catchUp(reason: string, member: string): Promise<void>
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
  signal: AbortSignal
}

/** Who is behind in the registry learns it here, and asks. */
export class RegistryNews {
  readonly #news: News
  readonly #announced = new Allowance(announcedByOne)
  readonly #asked = new Allowance(askedOfOne)
  /** The hash of each document beside ours → whether a member that goes by it was heard. */
  readonly #splits = new Map<string, boolean>()
  /** The hash of each document ahead of ours → its version and who told of it: compared once we have that version. */
  readonly #ahead = new Map<string, { members: number; from: string }>()
  #isFetching = false

  constructor(news: News) {
    this.#news = news
  }

  async announce(): Promise<void> {
    const { root, members, hash } = this.#news.registry.versions()
    const ahead = [...this.#ahead]
    this.#ahead.clear()
    for (const [other, told] of ahead) this.#alarmIfSplit(told.members, other, told.from)
    await this.#news.publish(JSON.stringify({ root, members, ...(hash !== undefined && { hash }) }))
  }

  async judge(text: string, from: string): Promise<Judgement> {
    const told = announcement.safeParse(parseJson(text))
    if (!told.success) return 'reject'
    if (!this.#announced.take(from)) return 'too-much'
    const { root, members, hash } = told.data
    this.#alarmIfSplit(members, hash, from)
    this.#hear({ root, members }, from)
    return 'accept'
  }

  /** A member's node has these documents. */
  heard({ root, members, hash }: Versions, from: string): void {
    this.#alarmIfSplit(members, hash, from)
    if (hash !== undefined && this.#splits.has(hash)) this.#splits.set(hash, true)
    this.#hear({ root, members }, from)
  }

  #hear(versions: Versions, from: string): void {
    if (this.#isBehind(versions) && !this.#isFetching && this.#asked.take(from))
      void this.#fetch(versions, from)
  }

  async #fetch(versions: Versions, from: string): Promise<void> {
    const { connected, catchUp, signal } = this.#news
    this.#isFetching = true
    try {
      const others = [...connected()].filter(member => member !== from)
      for (const member of [from, ...others, from].slice(0, mostAsked)) {
        await catchUp('registry', member)
        if (!this.#isBehind(versions) || !(await slept(askAgainMs, signal))) return
      }
    } finally {
      this.#isFetching = false
    }
  }

  #isBehind({ root, members }: Versions): boolean {
    const ours = this.#news.registry.versions()
    return root > ours.root || members > ours.members
  }

  #alarmIfSplit(members: number, hash: string | undefined, from: string): void {
    const ours = this.#news.registry.versions()
    if (hash === undefined || ours.hash === undefined || ours.hash === hash) return
    if (members > ours.members && this.#ahead.size < mostSplits) this.#ahead.set(hash, { members, from })
    if (members !== ours.members) return
    if (this.#splits.has(hash) || this.#splits.size >= mostSplits) return
    this.#splits.set(hash, false)
    this.#news.count('registry_splits')
    this.#news.log.warn(
      { from, members, hash },
      'Two members documents with one version: ask the coordinators',
    )
    void this.#fetchOther(hash, from)
  }

  /** The other document is evidence, and is asked for at once; who told of it may only have passed the news on. */
  async #fetchOther(hash: string, from: string): Promise<void> {
    const { connected, catchUp, signal } = this.#news
    const others = [...connected()].filter(member => member !== from)
    for (const member of [from, ...others].slice(0, mostAsked)) {
      await catchUp('registry', member)
      if (this.#splits.get(hash) || !(await slept(askAgainMs, signal))) return
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
