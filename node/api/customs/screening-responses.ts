import { z } from 'zod'
import { lanes, reasonCodes, screeningRule } from '../../consignment.ts'
import { consignmentForm } from '../../desk/consignments/consignment-form.ts'
import { customsExamples } from '../../desk/consignments/examples.ts'
import { csv, ndjson } from './screening-answers.ts'

const { name, amberFrom, redFrom } = screeningRule

/** What score leads to which lane. */
export const laneRule = `The score of a match, 0 to 100, gives its lane by the rule \`${name}\`: below ${amberFrom} green (nothing to do), from ${amberFrom} amber (look before it goes), from ${redFrom} red (stop and ask the focal point) where two of parties, goods and carriers agree, or the number of a declaration does (for prohibited goods of the list by themselves: words and code, or a CAS number), and else amber; a notice that was corrected since gives amber at most. A line has the highest lane of its matches; drills change the lanes of drills only.`

const lane = z.enum(lanes)
const fieldErrors = z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))

const match = z
  .strictObject({
    kind: z.enum(['notice', 'goods']),
    notice: z.string().exactOptional(),
    issuer: z.string().exactOptional(),
    type: z.string().exactOptional().meta({ description: 'Of the notice.' }),
    item: z.string().exactOptional(),
    summary: z.string(),
    score: z.number().meta({ description: `0 to 100: from ${amberFrom} amber, from ${redFrom} red.` }),
    lane: lane.meta({ description: 'What this match alone would give.' }),
    exercise: z.boolean().meta({ description: 'A drill: it changes the lane of drills only.' }),
    reasons: z
      .array(
        z.strictObject({
          code: z.enum(reasonCodes),
          field: z.string().meta({ description: 'JSON Pointer into the consignment.' }),
          met: z.string().meta({ description: 'JSON Pointer into what is met.' }),
          nearness: z.number().meta({ description: '0 to 1.' }),
          words: z.string().meta({ description: 'In English.' }),
          values: z
            .record(z.string(), z.string())
            .readonly()
            .meta({ description: 'What the words are made of, for other languages.' }),
        }),
      )
      .readonly(),
  })
  .meta({ title: 'Match' })

const kept = z.strictObject({ id: z.string(), until: z.string() })

const laneCounts = z.strictObject({ green: z.int(), amber: z.int(), red: z.int() })

const lineAnswer = z.union([
  z.strictObject({
    line: z.int(),
    reference: z.string().exactOptional(),
    lane,
    exercise: z.boolean(),
    matches: z.array(match).readonly(),
    kept: kept.exactOptional(),
  }),
  z.strictObject({ line: z.int(), reference: z.string().exactOptional(), errors: fieldErrors }),
])

/** Sent in pieces. */
const screened: z.ZodType<unknown> = z
  .strictObject({
    results: z.array(lineAnswer),
    rule: z.string().meta({ description: `The version of the rule that scores, as ${name}.` }),
    goodsList: z.strictObject({ id: z.string(), version: z.string() }),
    through: z.int().meta({ description: 'The cursor of the last event that was taken into account.' }),
    counts: laneCounts.extend({ lines: z.int(), wrong: z.int(), exercises: laneCounts }),
    columns: z
      .strictObject({ read: z.array(z.string()), ignored: z.array(z.string()) })
      .exactOptional()
      .meta({ description: 'Of a CSV file.' }),
  })
  .meta({ title: 'Screened', examples: [customsExamples.screened] })

const brokenOff: z.ZodType<unknown> = z
  .strictObject({
    results: z.array(lineAnswer),
    problem: z.looseObject({ code: z.string(), detail: z.string() }).meta({
      description:
        'Why the rest was not read, such as too many lines that are wrong: in the place of the summary.',
    }),
  })
  .meta({ title: 'Screened in part', examples: [customsExamples.screenedInPart] })

const text: z.ZodType<unknown> = z.string()

export const screeningAnswer = {
  description:
    'An answer for each line, in order; last how many there were, or a problem where the rest was not read: without either it was cut.',
  content: {
    'application/json': {
      schema: z
        .union([screened, brokenOff])
        .meta({ examples: [customsExamples.screened, customsExamples.screenedInPart] }),
    },
    [ndjson]: { schema: text },
    [csv]: { schema: text },
  },
}

const one = { $ref: '#/components/schemas/consignment' }

/** Documented here, judged line by line. */
export const screeningBody = z.unknown().meta({
  oneOf: [
    one,
    { type: 'array', items: one },
    {
      type: 'object',
      properties: { consignments: { type: 'array', items: one } },
      required: ['consignments'],
      additionalProperties: false,
    },
  ],
})

/** The same in lines of text, which are read and answered as they come in. */
export const textBodies = {
  [ndjson]: {
    schema: { type: 'string', description: 'A consignment a line.' },
    example: '{"reference":"1","description":"garden hoses"}\n{"reference":"2","description":"padlocks"}\n',
  },
  [csv]: {
    schema: {
      type: 'string',
      description:
        'A consignment a line, under the names of its columns: those of the fields, or those of a column map.',
    },
    example:
      'reference,description,hs.code,quantity,unit,origin,destination,consignee,consignee country\n1,garden hoses,3917.39,20,MTR,XM,XR,Rostavel Invented Hardware Imports,XR\n',
  },
}

const keptMatch = match.pick({
  kind: true,
  notice: true,
  type: true,
  item: true,
  score: true,
  lane: true,
  exercise: true,
})
const isoTime = z.string().meta({ format: 'date-time' })

export const keptConsignment = z
  .strictObject({
    id: z.string(),
    consignment: z.record(z.string(), z.unknown()),
    lane: lane.meta({ description: 'As it was found last.' }),
    exercise: z.boolean(),
    matches: z.array(keptMatch).readonly(),
    keptAt: isoTime,
    screenedAt: isoTime,
    keptUntil: z.string().meta({ format: 'date' }),
  })
  .meta({ title: 'Kept consignment', examples: [customsExamples.kept] })

export const readConsignmentAnswer = keptConsignment
  .extend({ matches: z.array(match).readonly() })
  .meta({ title: 'Kept consignment, screened anew', examples: [customsExamples.keptAndRead] })

/** The component of the OpenAPI document that `screeningBody` refers to. */
export function consignmentComponent(): { [keyword: string]: unknown } {
  return { ...z.toJSONSchema(consignmentForm, { io: 'input' }), examples: [customsExamples.consignment] }
}
