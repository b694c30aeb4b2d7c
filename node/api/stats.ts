import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { readers } from './access.ts'
import type { App } from './app.ts'
import type { Desk } from './desk.ts'
import { countNotices, emptyFigures } from './figures.ts'
import { stats } from './figures-form.ts'
import { Flows } from './flows.ts'
import { apiLimits } from './limits.ts'

type Source = Pick<Desk, 'notices' | 'types' | 'feed'>

interface Kept {
  /** Of the newest notice when it was begun. */
  cursor: number
  isDone: boolean
  figures: Promise<z.infer<typeof stats>>
}

export function statsRoutes(app: App, desk: Source): void {
  let kept: Kept | undefined
  const begin = (cursor: number): Kept => {
    const begun: Kept = { cursor, isDone: false, figures: count(desk) }
    void begun.figures
      .catch(() => {})
      .then(() => {
        begun.isDone = true
      })
    return begun
  }

  app.get(
    '/v1/stats',
    {
      config: { access: readers },
      schema: {
        operationId: 'getFigures',
        summary: 'Counts by type, issuer, month, status and goods; trade flows, and the burden on trade.',
        response: { 200: stats },
      },
    },
    async () => {
      const cursor = desk.feed.last()
      // Who asks while it is counted gets that count: however many ask, one counts.
      if (kept === undefined || (kept.isDone && kept.cursor !== cursor)) kept = begin(cursor)
      return kept.figures.catch(error => {
        kept = undefined
        throw error
      })
    },
  )
}

/** Walks all notices in pages, leaving room for other work between them. */
async function count({ notices, types }: Source): Promise<z.infer<typeof stats>> {
  const real = emptyFigures()
  const drills = emptyFigures()
  const flows = { real: new Flows(), drills: new Flows() }
  let before: number | undefined
  for (;;) {
    const place = before === undefined ? {} : { before }
    const page = await notices.list({ ...place, limit: apiLimits.pageMost }, { nominal: false })
    countNotices(page, types, { real, drills })
    for (const view of page) flows[view.exercise ? 'drills' : 'real'].add(view, types)
    const last = page.at(-1)
    if (!last || page.length < apiLimits.pageMost) break
    before = last.cursor
    await setImmediate()
  }
  return { ...real, ...flows.real.figures(), exercises: { ...drills, ...flows.drills.figures() } }
}
