import { setImmediate } from 'node:timers/promises'
import type { Desk } from '../desk.ts'
import { countNotices, emptyFigures } from './figures.ts'
import { Flows } from './flows.ts'
import { type Told, toldFigures } from './told.ts'

/** Drills are counted apart. */
export interface Figures extends Told {
  exercises: Told
}

type Source = Pick<Desk, 'notices' | 'types' | 'feed'>

interface Kept {
  /** Of the newest notice when it was begun. */
  cursor: number
  /** By `performance.now()`. */
  begunAt: number
  isDone: boolean
  figures: Promise<Figures>
}

/** Between two pages of notices there is room for other work. */
const pageNotices = 200

/** Who holds a notice changes without an entry in the feed. */
const freshMs = 60_000

/** Counts anew only when something has come, or a minute has gone; however many ask meanwhile, one counts. */
export function openFigures(source: Source, now = () => performance.now()): () => Promise<Figures> {
  let kept: Kept | undefined
  const begin = (cursor: number): Kept => {
    const begun: Kept = { cursor, begunAt: now(), isDone: false, figures: count(source) }
    void begun.figures
      .catch(() => {})
      .then(() => {
        begun.isDone = true
      })
    return begun
  }
  return () => {
    const cursor = source.feed.last()
    const isOld = (held: Kept) => held.cursor !== cursor || now() - held.begunAt >= freshMs
    if (kept === undefined || (kept.isDone && isOld(kept))) kept = begin(cursor)
    return kept.figures.catch(error => {
      kept = undefined
      throw error
    })
  }
}

async function count({ notices, types }: Source): Promise<Figures> {
  const real = emptyFigures()
  const drills = emptyFigures()
  const flows = { real: new Flows(), drills: new Flows() }
  let before: number | undefined
  for (;;) {
    const place = before === undefined ? {} : { before }
    const page = await notices.list({ ...place, limit: pageNotices }, { nominal: false })
    countNotices(page, types, { real, drills })
    for (const view of page) flows[view.exercise ? 'drills' : 'real'].add(view, types)
    const last = page.at(-1)
    if (!last || page.length < pageNotices) break
    before = last.cursor
    await setImmediate()
  }
  return {
    ...(await toldFigures({ notices: real, trade: flows.real.figures() }, types)),
    exercises: await toldFigures({ notices: drills, trade: flows.drills.figures() }, types),
  }
}
