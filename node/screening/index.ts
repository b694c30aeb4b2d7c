import { setImmediate } from 'node:timers/promises'
import { dayOf, FocalpointError, goodsList } from '#protocol'
import type { FeedEntry } from '../admission.ts'
import {
  type Consignment,
  type Screened,
  type ScreenedBy,
  type Screener,
  screeningRule,
} from '../consignment.ts'
import type { KnownNotice } from './known-notice.ts'
import { compareNames, meetAt } from './names/compare.ts'
import { readingsOf } from './names/readings.ts'
import { NoticeIndex } from './notice-index.ts'
import { type ScreeningAgainst, screenOne } from './screen.ts'

export type { KnownNotice } from './known-notice.ts'

/** What is to be known of a notice: nothing where it is not screened against; and the notices that it may have changed. */
export interface Look {
  notice?: KnownNotice
  refs: readonly string[]
}

export interface ScreeningOptions {
  feed: {
    after: (cursor: number, limit: number) => FeedEntry[]
    last: () => number
    changed: (after: number, signal: AbortSignal) => Promise<void>
  }
  look: (id: string) => Promise<Look>
  /** False for a notice that is void or disputed now. */
  isInForce: (id: string) => boolean
  /** Whether this member takes part in the channel of such goods. */
  isJoined: (category: string) => boolean
  /** Seconds since 1970. */
  now: () => number
  onError: (error: unknown) => void
}

/** Notices that are looked at before other work has its turn. */
const entriesPerPage = 64
/** Consignments are screened in slices, so that nobody else waits longer than this for one of them to end. */
const sliceMs = 8
/** A node that starts with a hundred thousand notices has read them by then. */
const readyWithinMs = 20_000
const againAfterMs = 1000

/**
 * The index of all that consignments are held against, in memory. It follows the feed from its beginning with a cursor of
 * its own, so that after a start it is whole again, and whatever is admitted, withdrawn, corrected, erased or made void
 * changes it in the order of arrival. Until it has read what was there at the start, nobody is answered.
 */
export function openScreening(options: ScreeningOptions): Screener & AsyncDisposable {
  const { feed, isJoined, isInForce, now } = options
  const index = new NoticeIndex()
  const closing = new AbortController()
  const ready = Promise.withResolvers<void>()
  const place = { through: 0 }
  const following = follow(index, { ...options, place, onReady: ready.resolve, signal: closing.signal })

  const against = (held: NoticeIndex): ScreeningAgainst => ({
    index: held,
    today: dayOf(now()),
    isJoined,
    isInForce,
  })
  const answer = async (consignments: readonly Consignment[], how: ScreeningAgainst) => {
    const by: ScreenedBy = {
      rule: screeningRule.name,
      goodsList: { id: goodsList.id, version: goodsList.version },
      through: place.through,
    }
    return { results: await inSlices(consignments, each => screenOne(each, how)), ...by }
  }

  return {
    async screen(consignments) {
      await whenReady(ready.promise, feed.last())
      return answer(consignments, against(index))
    },
    async screenAgainst(consignments, ids) {
      const only = new NoticeIndex()
      for (const id of ids) {
        const { notice } = await options.look(id)
        if (notice !== undefined) only.put(notice)
      }
      return answer(consignments, { ...against(only), onlyNotices: ids.length > 0 })
    },
    namesMeet: (one, other) =>
      readingsOf(one).some(words =>
        readingsOf(other).some(others => compareNames(words, others).nearness >= meetAt),
      ),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await following
    },
  }
}

interface Following extends Pick<ScreeningOptions, 'feed' | 'look' | 'onError'> {
  place: { through: number }
  onReady: () => void
  signal: AbortSignal
}

/** Reads the feed page by page; an error is told, and the same page is read again. */
async function follow(index: NoticeIndex, { feed, look, onError, place, onReady, signal }: Following) {
  while (!signal.aborted) {
    try {
      const page = feed.after(place.through, entriesPerPage)
      for (const { id, cursor } of page) {
        await lookAgain(index, id, look)
        place.through = cursor
      }
      if (page.length > 0) await setImmediate()
      else {
        onReady()
        await feed.changed(place.through, signal)
      }
    } catch (error) {
      onError(error)
      await pause(signal)
    }
  }
}

/** At the notice itself, and at those that it answers: one that is withdrawn is no longer met, and may be again. */
async function lookAgain(index: NoticeIndex, id: string, look: ScreeningOptions['look']): Promise<void> {
  const { notice, refs } = await look(id)
  const others = await Promise.all(refs.map(async ref => [ref, (await look(ref)).notice] as const))
  for (const [at, found] of [[id, notice] as const, ...others]) {
    if (found !== undefined) index.put(found)
    else index.remove(at)
  }
}

async function inSlices(
  consignments: readonly Consignment[],
  screen: (consignment: Consignment) => Screened,
): Promise<Screened[]> {
  const results: Screened[] = []
  let since = performance.now()
  for (const consignment of consignments) {
    results.push(screen(consignment))
    if (performance.now() - since < sliceMs) continue
    await setImmediate()
    since = performance.now()
  }
  return results
}

async function whenReady(ready: Promise<void>, last: number): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(notReady(last)), readyWithinMs)
  try {
    await Promise.race([ready, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function notReady(last: number): FocalpointError<'node-not-ready'> {
  return new FocalpointError(
    'node-not-ready',
    `The node is still reading its ${last} notices: screen again in a moment.`,
    { failing: ['screening'] },
  )
}

async function pause(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, againAfterMs)
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
  clearTimeout(timer)
}
