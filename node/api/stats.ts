import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { readers } from './access.ts'
import type { App } from './app.ts'
import type { Desk } from './desk.ts'
import { countNotices, emptyFigures } from './figures.ts'
import { apiLimits } from './limits.ts'

const counts = z.record(z.string(), z.int())
const figures = z.strictObject({
  total: z.int(),
  byType: counts,
  byIssuer: counts,
  byMonth: counts,
  byStatus: counts,
  byGoods: counts,
})
const stats = figures
  .extend({ exercises: figures.meta({ description: 'Drills, which never change a figure, counted apart.' }) })
  .meta({ title: 'Figures' })

type Source = Pick<Desk, 'notices' | 'types' | 'feed'>

export function statsRoutes(app: App, desk: Source): void {
  let kept: { cursor: number; figures: Promise<z.infer<typeof stats>> } | undefined

  app.get(
    '/v1/stats',
    {
      config: { access: readers },
      schema: {
        operationId: 'getFigures',
        summary: 'Counts by type, issuer, month, status and goods.',
        response: { 200: stats },
      },
    },
    async () => {
      const cursor = desk.feed.last()
      if (kept?.cursor !== cursor) kept = { cursor, figures: count(desk) }
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
  let before: number | undefined
  for (;;) {
    const place = before === undefined ? {} : { before }
    const page = await notices.list({ ...place, limit: apiLimits.pageMost }, { nominal: false })
    countNotices(page, types, { real, drills })
    const last = page.at(-1)
    if (!last || page.length < apiLimits.pageMost) return { ...real, exercises: drills }
    before = last.cursor
    await setImmediate()
  }
}
