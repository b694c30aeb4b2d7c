import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { noticeTypes } from '#protocol'
import { readers } from './access.ts'
import type { App } from './app.ts'
import type { Desk } from './desk.ts'
import { examples } from './examples.ts'
import { countNotices, emptyFigures } from './figures.ts'
import { Flows } from './flows.ts'
import { apiLimits } from './limits.ts'

const counts = z.record(z.string(), z.int())
const burdenFields = {
  sightings: z.int(),
  consignments: z.int().meta({ description: 'A sighting stands for one, or for as many as it says.' }),
  burdened: z
    .int()
    .meta({ description: 'Consignments that were held or suspected: all but those only seen.' }),
  falseAlarms: z.int().meta({ description: 'Of these, not the product, or released.' }),
  falseAlarmShare: z
    .number()
    .exactOptional()
    .meta({ description: '0 to 1; absent while nothing was burdened.' }),
  heldHours: z
    .strictObject({ sightings: z.int(), sum: z.int(), median: z.number().exactOptional() })
    .meta({ description: 'Once for each sighting that tells how long trade was held up.' }),
}
const figures = z.strictObject({
  total: z.int(),
  byType: counts,
  byIssuer: counts,
  byMonth: counts,
  byStatus: counts,
  byGoods: counts,
  flows: z
    .array(
      z.strictObject({
        goods: z
          .string()
          .meta({ description: 'An item of the goods list or the watch list, or "unlisted".' }),
        dispatch: z.string().exactOptional(),
        destination: z.string().exactOptional(),
        direction: z.string(),
        month: z.string().meta({ description: 'YYYY-MM in which it was first seen.' }),
        sightings: z.int(),
        consignments: z.int(),
        verdicts: counts.meta({ description: 'Consignments by verdict.' }),
      }),
    )
    .meta({ description: 'Sightings in force, newest month first; a corrected one as it should have been.' }),
  burden: z
    .strictObject(burdenFields)
    .meta({ title: 'Burden on trade', description: 'What looking has cost trade.' }),
  burdenBy: z
    .array(
      z.strictObject({
        of: z.strictObject({
          kind: z.string(),
          id: z.string().exactOptional(),
          itemId: z.string().exactOptional(),
        }),
        ...burdenFields,
      }),
    )
    .meta({ description: 'The same by the alert, denial or list item that made officers look.' }),
})
const stats = figures
  .extend({ exercises: figures.meta({ description: 'Drills, which never change a figure, counted apart.' }) })
  .meta({
    title: 'Figures',
    examples: [{ ...exampleFigures(), exercises: { ...emptyFigures(), ...new Flows().figures() } }],
  })

type Source = Pick<Desk, 'notices' | 'types' | 'feed'>

export function statsRoutes(app: App, desk: Source): void {
  let kept: { cursor: number; figures: Promise<z.infer<typeof stats>> } | undefined

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

function exampleFigures() {
  const [real, drills, flows] = [emptyFigures(), emptyFigures(), new Flows()]
  countNotices([examples.sighting], noticeTypes, { real, drills })
  flows.add(examples.sighting, noticeTypes)
  return { ...real, ...flows.figures() }
}
