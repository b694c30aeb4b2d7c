import { z } from 'zod'
import { categories, type FieldError, formErrors, isObject, sighting } from '#protocol'
import { consignmentForm } from '../consignments/consignment-form.ts'
import { customsExamples } from '../consignments/examples.ts'

const { shape } = sighting.body
const one = shape.goods.element.shape

const audience = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('channel') }),
  z.strictObject({ to: z.literal('named'), readers: z.array(z.string()).min(1) }),
  z.strictObject({ to: z.literal('nobody') }),
])

const found = z
  .strictObject({
    item: z.string().exactOptional().meta({ description: 'An item of the goods list or the watch list.' }),
    unlisted: one.unlisted.unwrap().shape.description.exactOptional(),
    category: z
      .enum(categories)
      .exactOptional()
      .meta({ description: 'Of a good on no list: the one proposed.' }),
    description: one.description.exactOptional(),
    hs: one.hs
      .exactOptional()
      .meta({ description: 'The customs code that fits. Needed where the consignment has no `hs`.' }),
    quantity: one.quantity.exactOptional(),
    chemicals: one.chemicals.unwrap().exactOptional(),
  })
  .meta({ description: 'What it was found to be; else as matched, and if not the product as declared.' })

/** What was seen, as customs tell it: from it comes the whole draft of a sighting. */
export const sightingReportForm = z
  .strictObject({
    consignment: consignmentForm
      .exactOptional()
      .meta({ description: 'One line of a declaration. Without `hs` in it, give `found.hs`.' }),
    consignmentId: z.string().exactOptional().meta({ description: 'Of a consignment that you keep.' }),
    about: z
      .union([z.strictObject({ notice: z.string() }), z.strictObject({ item: z.string() })])
      .exactOptional()
      .meta({ description: 'The match: a notice, or an item of the goods list. Absent for neither.' }),
    verdict: shape.verdict,
    observedAt: z
      .union([shape.observedAt.shape.from, shape.observedAt])
      .exactOptional()
      .meta({ description: 'A day, or from the first to the last one; else today.' }),
    place: shape.place,
    direction: shape.direction,
    heldHours: shape.outcome.unwrap().shape.heldHours.exactOptional(),
    disposal: shape.outcome.unwrap().shape.disposal.exactOptional(),
    sampleTaken: shape.outcome.unwrap().shape.sampleTaken.exactOptional(),
    found: found.exactOptional(),
    declaration: shape.declaration.unwrap().exactOptional(),
    procedure: shape.procedure.unwrap().exactOptional(),
    confidence: z.int().min(0).max(100).exactOptional(),
    nationalRef: shape.nationalRef.unwrap().exactOptional(),
    networkRef: shape.networkRef.unwrap().exactOptional(),
    lang: z.string().max(20).exactOptional().meta({ description: 'Of the text; else en.' }),
    text: z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .exactOptional()
      .meta({ description: 'What was seen, in plain words.' }),
    tlp: z.string().max(20).exactOptional().meta({ description: 'Else TLP:AMBER.' }),
    names: audience.exactOptional().meta({
      description: 'Who may read the names of the parties; there is no default where there are any.',
    }),
  })
  .meta({ title: 'Report of a sighting', description: 'What became of a match.' })

/** As far as it follows its form. */
export type SightingReport = Partial<z.output<typeof sightingReportForm>>

/** All of it that can be read, and everything that is wrong with the rest: so that what is missing is told along. */
export function readReport(value: unknown): { report: SightingReport; errors: FieldError[] } {
  const errors = formErrors(sightingReportForm, value)
  const given = isObject(value) ? value : {}
  const readable = Object.entries(sightingReportForm.shape).flatMap(([name, form]) => {
    const parsed = form.safeParse(given[name])
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : []
  })
  const report: SightingReport = Object.fromEntries(readable)
  return { report, errors: [...errors, ...sourceErrors(given, errors)] }
}

/** One of the two says what it is about. */
function sourceErrors(given: { [name: string]: unknown }, errors: readonly FieldError[]): FieldError[] {
  const count = [given.consignment, given.consignmentId].filter(each => each !== undefined).length
  if (count === 1 || errors.some(({ pointer }) => pointer.startsWith('/consignment'))) return []
  const detail = 'Give either the consignment itself or the id of one that you keep.'
  return [{ pointer: '/consignment', code: count === 0 ? 'missing' : 'rule', detail }]
}

/** The component of the OpenAPI document that the route refers to. */
export function sightingReportComponent(): { [keyword: string]: unknown } {
  return { ...z.toJSONSchema(sightingReportForm, { io: 'input' }), examples: [customsExamples.report] }
}
