import { setTimeout as wait } from 'node:timers/promises'
import { type Category, channelOfCategory } from '#protocol'
import { columnMapsOf } from './column-maps.ts'
import type { Config } from './config.ts'
import type { Screener } from './consignment.ts'
import type { Core } from './core.ts'
import type { CustomsDesk, ScreeningDesk } from './desk/customs.ts'
import { KeptConsignments } from './kept-consignments.ts'
import type { KeptMost } from './kept-quota.ts'
import { KnownNotices } from './known-notices.ts'
import { follow, repeat } from './loops.ts'
import { Rescreening } from './rescreening.ts'
import type { ScreeningOptions } from './screening/index.ts'
import type { Viewer } from './view.ts'

export interface CustomsOptions extends Omit<Core, 'others' | 'registry'> {
  config: Config['screening']
  viewer: Viewer
  openScreening: (options: ScreeningOptions) => Screener & AsyncDisposable
  /** A demonstration: whatever is screened is a drill. */
  onlyExercises: boolean
  onError: (error: unknown) => void
}

/** What customs need around the index: keeping, and screening again what is kept. */
export interface Customs extends AsyncDisposable {
  desk: CustomsDesk
  kept: KeptConsignments
  screener: Screener
}

/** Days change what holds, and no entry of the feed tells of that. */
const lookEveryMs = 60_000
const againAfterMs = 1000

export async function openCustoms(options: CustomsOptions): Promise<Customs> {
  const { store, now, log, metrics, config } = options
  await using opened = new AsyncDisposableStack()
  const screener = opened.use(options.openScreening(screeningOptions(options)))
  const kept = await KeptConsignments.open({ store, screener, now, most: keptMost(config) })
  const rescreening = new Rescreening({
    store,
    screener,
    kept,
    now,
    onMatched: ({ id, lane }) => {
      metrics.count('consignments_matched')
      log.info({ consignment: id, lane }, 'a kept consignment was found to be something else')
    },
  })
  metrics.measure('consignments_kept', () => kept.count)
  const closing = new AbortController()
  const { signal } = closing
  /** The feed has still changed after an error: without a pause it would be met again at once, for ever. */
  const rescreen = () =>
    rescreening.run(signal).catch(async error => {
      options.onError(error)
      await wait(againAfterMs, undefined, { signal, ref: false }).catch(() => {})
    })
  opened.defer(rescreen)
  opened.defer(() => closing.abort())
  repeat(signal, lookEveryMs, rescreen, options.onError)
  void follow(signal, until => store.feed.changed(rescreening.through, until), rescreen, options.onError)
  const life = opened.move()
  return {
    kept,
    screener,
    [Symbol.asyncDispose]: () => life.disposeAsync(),
    desk: {
      screening: screeningOf(options, { screener, kept }),
      consignments: {
        list: (person, asked) => kept.list(person, asked),
        find: (id, person) => kept.find(id, person),
        get: (id, person) => kept.get(id, person),
        remove: (id, person) => kept.remove(id, person),
        room: person => kept.roomOf(person),
      },
      columnMaps: columnMapsOf({ store, now }),
    },
  }
}

function keptMost({ keepMost, keepMostPerPerson, keepMibPerPerson }: Config['screening']): KeptMost {
  return { inAll: keepMost, perPerson: keepMostPerPerson, bytesPerPerson: keepMibPerPerson * 1024 * 1024 }
}

/** Counts lanes; what was asked goes nowhere. */
function screeningOf(
  { config, metrics, onlyExercises }: CustomsOptions,
  { screener, kept }: { screener: Screener; kept: KeptConsignments },
): ScreeningDesk {
  return {
    keepDaysMost: config.keepDaysMost,
    async screen(consignments, { person, keepDays }) {
      const asked = onlyExercises
        ? consignments.map(consignment => ({ ...consignment, exercise: true as const }))
        : consignments
      const answer =
        keepDays === undefined || asked.length === 0
          ? await screener.screen(asked)
          : await kept.keep(asked, person, keepDays)
      for (const { lane, exercise } of answer.results) if (!exercise) metrics.count('screenings', { lane })
      return answer
    },
  }
}

/** The index follows the feed, and asks what is known of each notice in it. */
function screeningOptions({
  store,
  types,
  viewer,
  channels,
  now,
  onError,
}: CustomsOptions): ScreeningOptions {
  const known = new KnownNotices({ store, types, viewer })
  return {
    feed: {
      after: (cursor, limit) => store.feed.feedAfter(cursor, limit),
      last: () => store.feed.lastCursor(),
      changed: (after, signal) => store.feed.changed(after, signal),
    },
    look: id => known.look(id),
    isInForce: id => known.isInForce(id),
    isJoined: category => channels().includes(channelOfCategory(category as Category)),
    now,
    onError,
  }
}
