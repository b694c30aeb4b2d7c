import { z } from 'zod'
import type { Figures } from './count.ts'
import { all } from './published.ts'
import type { Told } from './told.ts'
import { leastTold } from './working-out.ts'

const figure = z
  .strictObject({
    kind: z.enum(['exact', 'least', 'few', 'some']).meta({
      description: `exact: as many. least: as many, or more. few: 1 to ${leastTold - 1}. some: not shown.`,
    }),
    count: z.int().exactOptional().meta({ description: 'With exact and least.' }),
  })
  .meta({
    title: 'Figure',
    description: `Figures below ${leastTold} could point to one consignment or one trader, so nobody is told them, here or on pages. Some larger ones are told less exactly, so that the small ones cannot be worked out from the sums.`,
    examples: [{ kind: 'exact', count: 12 }],
  })
const counts = z.record(z.string(), figure)
const burdenFields = {
  sightings: figure,
  burdened: figure.meta({
    description: 'Consignments that were held or suspected: all but those only seen. Rounded down.',
  }),
  falseAlarms: figure.meta({ description: 'Of these, not the product, or released. Rounded down.' }),
  heldHours: z
    .strictObject({ sum: figure, median: z.number() })
    .exactOptional()
    .meta({
      description: `How long trade was held up; absent while fewer than ${leastTold} sightings tell it.`,
    }),
}
const figures = z.strictObject({
  total: figure,
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
        from: z.string().meta({ description: 'Country of dispatch; "?" where it is not told.' }),
        to: z.string().meta({ description: 'Country of destination; "?" where it is not told.' }),
        month: z.string().meta({ description: 'YYYY-MM in which it was first seen.' }),
        sightings: figure,
      }),
    )
    .meta({
      description: `Sightings in force, as on the page of trade flows; "${all}" stands for all. One that was corrected as a whole counts as it should have been; one corrected in single fields, as it was issued. Not the product: no flow, only in the burden.`,
    }),
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

const twelve = { kind: 'exact', count: 12 } as const
const none = { kind: 'exact', count: 0 } as const
const nothing = { total: none, byType: {}, byIssuer: {}, byMonth: {}, byStatus: {}, byGoods: {} }
const noBurden = { sightings: none, burdened: none, falseAlarms: none }

/** What `/v1/stats` answers. */
export const stats = figures
  .extend({ exercises: figures.meta({ description: 'Drills, which never change a figure, counted apart.' }) })
  .meta({
    title: 'Figures',
    examples: [
      {
        ...nothing,
        total: twelve,
        byIssuer: { QM: twelve },
        flows: [{ goods: all, from: all, to: all, month: '2026-02', sightings: { kind: 'few' } }],
        burden: { sightings: { kind: 'few' }, burdened: { kind: 'few' }, falseAlarms: none },
        burdenBy: [],
        exercises: { ...nothing, flows: [], burden: noBurden, burdenBy: [] },
      },
    ],
  })

export function statsOf({ exercises, ...real }: Figures): z.infer<typeof stats> {
  return { ...listed(real), exercises: listed(exercises) }
}

function listed({ flows, ...told }: Told): z.infer<typeof figures> {
  return { ...told, flows: flows.list() }
}
