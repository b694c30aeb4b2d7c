import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { dayOf, isError } from '#protocol'
import type { FeedEntry } from './admission.ts'
import type { Screened, ScreenedBy, Screener } from './consignment.ts'
import { contentOf } from './content.ts'
import { foundIn, type KeptConsignments } from './kept-consignments.ts'
import type { KeptConsignment, Store } from './store/index.ts'

// "What did we let through?" A kept consignment meets every notice once, in three steps.
// 1. A page of the feed names the notices that came, went or changed. The index must have seen them, too; then a turn is
//    waited for, so that whatever was screened before is also written before.
// 2. All kept consignments are screened against these notices alone, some at a time: it tells which of them are touched,
//    as does a match that was found before. Only those are screened as a whole, for only that gives a lane.
// 3. What has changed is written together with its line in the feed; the place in the feed after that. Whoever stops in
//    between does the page again, and finds nothing that differs.

export interface RescreeningOptions {
  store: Store
  screener: Screener
  kept: KeptConsignments
  now: () => number
  /** Told of each consignment whose lane or weighty matches have changed. */
  onMatched: (kept: KeptConsignment) => void
}

const entriesPerPage = 256
/** The index follows the feed by itself; this is how soon it is asked again. */
const askAgainMs = 50

/** What an entry of the feed can change for kept consignments. */
const touches: Record<FeedEntry['kind'], 'notice' | 'all' | 'nothing'> = {
  notice: 'notice',
  parts: 'notice',
  erased: 'notice',
  voided: 'notice',
  // From there on the whole log is in dispute.
  forked: 'all',
  matched: 'nothing',
}

export class Rescreening {
  readonly #options: RescreeningOptions
  #through: number
  /** By what all of them were looked at last. */
  #by: string | undefined
  #running: Promise<void> | undefined

  constructor(options: RescreeningOptions) {
    this.#options = options
    const before = options.store.consignments.rescreened()
    this.#through = before?.through ?? 0
    this.#by = before?.by
  }

  /** The place in the feed up to which kept consignments have met everything. */
  get through(): number {
    return this.#through
  }

  /** Until nothing is left to look at, or the signal. One run at a time: who asks meanwhile waits for that one. */
  run(signal: AbortSignal): Promise<void> {
    this.#running ??= this.#runNow(signal).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #runNow(signal: AbortSignal): Promise<void> {
    const { feed } = this.#options.store
    await this.#lookAgainWhereRulesChanged(signal)
    for (;;) {
      const page = feed.feedAfter(this.#through, entriesPerPage)
      const last = page.at(-1)?.cursor
      if (last === undefined || signal.aborted) return
      await this.#screenFor(page, signal)
      if (signal.aborted) return
      await this.#arrived(last)
    }
  }

  /** Once a day, too: a denial leaves its look-back, an alert decays, and no entry tells of it. */
  async #lookAgainWhereRulesChanged(signal: AbortSignal): Promise<void> {
    const { store, now } = this.#options
    const by = await this.#reached(0, signal)
    if (by === undefined) return
    const mark = `${by.rule} ${by.goodsList.id} ${by.goodsList.version} ${dayOf(now())}`
    if (this.#by === mark) return
    const last = store.feed.lastCursor()
    const newest = store.feed.feedAfter(Math.max(0, last - entriesPerPage), entriesPerPage)
    if (!(await this.#isSettled(lastNotice(newest), signal))) return
    await this.#eachPage(signal, async page => page)
    if (signal.aborted) return
    this.#by = mark
    await this.#arrived(Math.max(this.#through, last))
  }

  /** Where nothing is kept nothing is lost by beginning again. */
  async #arrived(cursor: number): Promise<void> {
    const { store, kept } = this.#options
    this.#through = cursor
    if (kept.count === 0 || this.#by === undefined) return
    await store.write(store.consignments.rescreenedOps({ through: cursor, by: this.#by }))
  }

  /** The notice itself, and those that it withdraws, corrects or otherwise answers. */
  #touched({ id }: FeedEntry): string[] {
    const notice = this.#options.store.notices.find(id)
    if (notice === undefined) return [id]
    return [id, ...contentOf(notice.envelope, notice.parts).refs.map(ref => ref.id)]
  }

  async #screenFor(entries: readonly FeedEntry[], signal: AbortSignal): Promise<void> {
    const { screener, kept } = this.#options
    const upTo = lastNotice(entries)
    if (upTo === 0 || !(await this.#isSettled(upTo, signal)) || kept.count === 0) return
    if (entries.some(({ kind }) => touches[kind] === 'all')) {
      await this.#eachPage(signal, async page => page)
      return
    }
    const ids = new Set(
      entries.flatMap(entry => (touches[entry.kind] === 'notice' ? this.#touched(entry) : [])),
    )
    await this.#eachPage(signal, async page => {
      const met = await screener.screenAgainst(
        page.map(({ consignment }) => consignment),
        [...ids],
      )
      return page.filter(
        ({ matches }, at) =>
          (met.results[at]?.matches.length ?? 0) > 0 ||
          matches.some(({ notice }) => notice !== undefined && ids.has(notice)),
      )
    })
  }

  /** Whether the index has seen the feed up to there, and what was screened before is written, too; false by the signal. */
  async #isSettled(cursor: number, signal: AbortSignal): Promise<boolean> {
    if ((await this.#reached(cursor, signal)) === undefined) return false
    await this.#options.kept.inTurn(async () => {})
    return true
  }

  /** Screens as a whole what `select` gives of each page, and writes what has changed. */
  async #eachPage(
    signal: AbortSignal,
    select: (page: KeptConsignment[]) => Promise<KeptConsignment[]>,
  ): Promise<void> {
    const { store, kept } = this.#options
    for await (const page of store.consignments.pages()) {
      if (signal.aborted) return
      await kept.inTurn(async () => this.#screenSome(await select(page)))
      await setImmediate()
    }
  }

  async #screenSome(some: readonly KeptConsignment[]): Promise<void> {
    if (some.length === 0) return
    const { store, screener, now, onMatched } = this.#options
    const { results } = await screener.screen(some.map(({ consignment }) => consignment))
    const told: KeptConsignment[] = []
    const rows = some.flatMap((kept, at) => {
      const screened = results[at]
      if (screened === undefined) return []
      return store.consignments.changeOps(kept, now(), held => {
        const changed = afterScreening(held, screened, now())
        if (changed?.isTold) told.push(changed.kept)
        return changed
      })
    })
    await store.write(rows)
    for (const kept of told) onMatched(kept)
  }

  /** By what it is screened, once the index has seen the feed up to there; undefined when the signal came first. */
  async #reached(cursor: number, signal: AbortSignal): Promise<ScreenedBy | undefined> {
    for (;;) {
      if (signal.aborted) return undefined
      const by = await this.#screenedBy()
      if (by !== undefined && by.through >= cursor) return by
      await wait(askAgainMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  async #screenedBy(): Promise<ScreenedBy | undefined> {
    try {
      return await this.#options.screener.screenAgainst([], [])
    } catch (error) {
      if (isError(error, 'node-not-ready')) return undefined
      throw error
    }
  }
}

/** The last entry of a page that concerns a notice: those of our own making no index waits for. */
function lastNotice(page: readonly FeedEntry[]): number {
  return page.findLast(({ kind }) => touches[kind] !== 'nothing')?.cursor ?? 0
}

/** What a new look changes, and whether its owner is told; undefined where nothing does. */
function afterScreening(
  held: KeptConsignment,
  screened: Screened,
  at: number,
): { kept: KeptConsignment; isTold: boolean } | undefined {
  const kept = { ...held, ...foundIn(screened), screenedAt: at }
  const before = foundOf(held)
  if (before === foundOf(kept)) return undefined
  return { kept, isTold: held.lane !== kept.lane || weightOf(held) !== weightOf(kept) }
}

function foundOf({ lane, matches }: KeptConsignment): string {
  return JSON.stringify([lane, matches])
}

/** Matches at amber and red, as far as they count: drills do for drills alone. */
function weightOf({ matches, exercise }: KeptConsignment): string {
  return matches
    .filter(match => match.lane !== 'green' && (exercise || !match.exercise))
    .map(({ kind, notice, item, lane }) => [kind, notice, item, lane].join(' '))
    .sort()
    .join('\n')
}
