import { z } from 'zod'
import { noticeTypes } from '#protocol'
import { examples } from '../../api/examples.ts'
import { countNotices, emptyFigures } from './figures.ts'
import { Flows } from './flows.ts'

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
    .meta({
      description:
        'Sightings in force, newest month first. One that was corrected as a whole counts as it should have been; one corrected in single fields, as it was issued.',
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
/** What `/v1/stats` answers. */
export const stats = figures
  .extend({ exercises: figures.meta({ description: 'Drills, which never change a figure, counted apart.' }) })
  .meta({
    title: 'Figures',
    examples: [{ ...exampleFigures(), exercises: { ...emptyFigures(), ...new Flows().figures() } }],
  })

function exampleFigures() {
  const [real, drills, flows] = [emptyFigures(), emptyFigures(), new Flows()]
  countNotices([examples.sighting], noticeTypes, { real, drills })
  flows.add(examples.sighting, noticeTypes)
  return { ...real, ...flows.figures() }
}
