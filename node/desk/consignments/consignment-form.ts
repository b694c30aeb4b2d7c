import { z } from 'zod'
import { type FieldError, formErrors, hsEditions, identifierSchemes, partyRoles } from '#protocol'
import type { Consignment } from '../../consignment.ts'

/** Exports of other systems break lines within their cells; nothing else invisible is text. */
const controls = /[\p{Cc}--[\t\n\r]]/v

function text(description: string, most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine(value => value.isWellFormed() && !controls.test(value), {
      error: 'This text holds control characters or halves of characters: is it in another encoding?',
    })
    .meta({ description })
}

function code(description: string, pattern: RegExp, like: string) {
  return z.string().regex(pattern, `This must look like "${like}".`).meta({ description })
}

const country = code('ISO 3166-1, two letters.', /^[A-Z]{2}$/, 'QM')
const place = code('UN/LOCODE, or only the country.', /^[A-Z]{2}([A-Z2-9]{3})?$/, 'XHHAR')
const currency = code('ISO 4217, three letters.', /^[A-Z]{3}$/, 'XTS')
const unit = code('UN/ECE Recommendation 20.', /^[A-Z0-9]{2,3}$/, 'KGM')
const decimal = code('A decimal number as text.', /^\d{1,15}(\.\d{1,6})?$/, '18400.00')

const hsCode = z
  .string()
  .regex(/^\d(?:[ .]?\d){3,11}$/, 'A code has 4 to 12 digits, with or without points: "8543.70".')
  .transform(digits => digits.replace(/[ .]/g, ''))
  .meta({ description: 'Harmonized System or national tariff, 4 to 12 digits.' })

const party = z.strictObject({
  role: z.enum(partyRoles).exactOptional(),
  name: text('As declared, in any script.', 300),
  aliases: z.array(text('Another name.', 300)).max(5).exactOptional(),
  country: country.exactOptional(),
  ids: z
    .array(z.strictObject({ scheme: z.enum(identifierSchemes), value: text('The number as given.', 50) }))
    .max(10)
    .exactOptional(),
})

export const consignmentForm = z
  .strictObject({
    reference: text('Your own name for it; it comes back with the answer.', 100).exactOptional(),
    description: text("The goods in the declarant's words, in any language.", 4000),
    hs: z.strictObject({ code: hsCode, edition: z.enum(hsEditions).exactOptional() }).exactOptional(),
    quantity: z
      .strictObject({ value: z.number().nonnegative().max(1e12), unit: unit.exactOptional() })
      .exactOptional(),
    value: z.strictObject({ amount: decimal, currency }).exactOptional(),
    parties: z.array(party).max(20).exactOptional(),
    origin: country.exactOptional(),
    dispatch: country.exactOptional(),
    destination: country.exactOptional(),
    route: z.array(place).max(20).exactOptional().meta({ description: 'Places in the order of travel.' }),
    transport: z
      .strictObject({
        mode: code(
          'UN/ECE Recommendation 19: 1 sea, 2 rail, 3 road, 4 air, 5 mail.',
          /^\d$/,
          '1',
        ).exactOptional(),
        imo: text('The ship.', 20).exactOptional(),
        voyage: text('The voyage number.', 30).exactOptional(),
        flight: text('The flight number.', 20).exactOptional(),
        container: text('ISO 6346.', 20).exactOptional(),
        vehicle: text('Registration of the vehicle.', 30).exactOptional(),
      })
      .exactOptional(),
    endUse: text('The declared use.', 500).exactOptional(),
    exercise: z.boolean().exactOptional().meta({ description: 'A drill: marked, and without effect.' }),
  })
  .meta({ title: 'Consignment', description: 'One line of a declaration.' })

/** The consignment, or everything that is wrong with it. */
export function readConsignment(
  value: unknown,
): { consignment: Consignment } | { errors: FieldError[]; reference?: string } {
  const parsed = consignmentForm.safeParse(value)
  if (parsed.success) {
    const { exercise, ...consignment } = parsed.data
    return { consignment: exercise === true ? { ...consignment, exercise } : consignment }
  }
  const reference = referenceIn(value)
  return { errors: formErrors(consignmentForm, value), ...(reference !== undefined && { reference }) }
}

/** Named in the answer even where the rest is wrong. */
function referenceIn(value: unknown): string | undefined {
  const parsed = z.looseObject({ reference: consignmentForm.shape.reference }).safeParse(value)
  return parsed.data?.reference
}
