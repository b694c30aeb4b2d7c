import type { CustomsDesk, ScreeningDesk } from './api/screening-desk.ts'
import { columnMapsOf } from './column-maps.ts'
import type { Config } from './config.ts'
import type { Screener } from './consignment.ts'
import type { Core } from './core.ts'
import { KeptConsignments } from './kept-consignments.ts'
import { follow, repeat } from './loops.ts'
import { Rescreening } from './rescreening.ts'

export interface CustomsOptions extends Pick<Core, 'store' | 'now' | 'log' | 'metrics'> {
  config: Config['screening']
  screener: Screener
  /** A demonstration: whatever is screened is a drill. */
  onlyExercises: boolean
  onError: (error: unknown) => void
}

/** What customs need around the index: keeping, and screening again what is kept. */
export interface Customs extends AsyncDisposable {
  desk: CustomsDesk
  kept: KeptConsignments
}

/** Days change what holds, and no entry of the feed tells of that. */
const lookEveryMs = 60_000

export async function openCustoms(options: CustomsOptions): Promise<Customs> {
  const { store, now, log, metrics, config, screener } = options
  const kept = await KeptConsignments.open({ store, screener, now, most: config.keepMost })
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
  const rescreen = () => rescreening.run(signal)
  repeat(signal, lookEveryMs, rescreen, options.onError)
  void follow(signal, until => store.feed.changed(rescreening.through, until), rescreen, options.onError)
  return {
    kept,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await rescreen().catch(options.onError)
    },
    desk: {
      screening: screeningOf(options, kept),
      consignments: {
        list: (person, asked) => kept.list(person, asked),
        find: (id, person) => kept.find(id, person),
        get: (id, person) => kept.get(id, person),
        remove: (id, person) => kept.remove(id, person),
      },
      columnMaps: columnMapsOf({ store, now }),
    },
  }
}

/** Counts lanes; what was asked goes nowhere. */
function screeningOf(
  { config, screener, metrics, onlyExercises }: CustomsOptions,
  kept: KeptConsignments,
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
