import { z } from 'zod'
import type { Located } from '../notice-type.ts'
import { unlocode } from './place.ts'
import { addRule, faultIf, missingIf } from './rule.ts'
import { located } from './screening-keys.ts'
import { code, line } from './text.ts'

/** Where it was seen: one of the two. */
export const placeSeen = addRule(
  z
    .strictObject({
      unlocode: unlocode('Place code', 'The port, airport or town.').optional(),
      customsOffice: code(
        'Customs office',
        "The customs office's code.",
        /^[A-Z]{2}[A-Z0-9-]{2,14}$/,
        'QM000001',
      ).optional(),
    })
    .meta({ title: 'Place', description: 'Where it was seen: a place code or a customs office.' }),
  ['unlocode', 'customsOffice'],
  ({ unlocode, customsOffice }) => [
    ...missingIf(
      unlocode === undefined && customsOffice === undefined,
      'unlocode',
      'Give a place or a customs office.',
    ),
    ...faultIf(
      unlocode !== undefined && customsOffice !== undefined,
      ['customsOffice'],
      'Give one of the two only.',
    ),
  ],
)

export const transport = z
  .strictObject({
    mode: code('Mode', 'UN/ECE Recommendation 19: 1 sea, 2 rail, 3 road, 4 air, 5 mail.', /^[0-9]$/, '1'),
    imo: code('IMO number', 'The ship.', /^\d{7}$/, '0000000').optional(),
    voyage: line('Voyage', 'The voyage number.', 30).optional(),
    flight: code('Flight', 'The flight number.', /^[A-Z0-9]{2,3}\d{1,4}[A-Z]?$/, 'ZZ123').optional(),
    container: code('Container', 'ISO 6346.', /^[A-Z]{3}[UJZ]\d{7}$/, 'FICU0000010').optional(),
    vehicle: line('Vehicle', 'Registration of the vehicle.', 30).optional(),
  })
  .meta({ title: 'Transport', description: 'How the goods travelled.' })

export const declaration = addRule(
  z
    .strictObject({
      hash: code(
        'Hash',
        'SHA-256 of the declaration: the usual choice.',
        /^[0-9a-f]{64}$/,
        '0'.repeat(64),
      ).optional(),
      mrn: code('MRN', 'Movement reference number.', /^[0-9A-Z]{18}$/, '26QM00000000000001').optional(),
      ucr: line('UCR', 'Unique consignment reference.', 35).optional(),
    })
    .meta({
      title: 'Declaration',
      description: 'The customs declaration, by its hash unless the number must be known.',
    }),
  ['hash', 'mrn', 'ucr'],
  ({ hash, mrn, ucr }) => {
    const given = [hash, mrn, ucr].filter(one => one !== undefined).length
    return [
      ...missingIf(given === 0, 'hash', 'Give the hash of the declaration.'),
      ...faultIf(
        given > 1,
        [hash === undefined ? 'ucr' : mrn === undefined ? 'ucr' : 'mrn'],
        'Give one of the three only.',
      ),
    ]
  },
)

/** What it travelled in, and under which number it was declared, as consignments are held against it. */
export function carriersOf(
  moved: z.infer<typeof transport> | undefined,
  declared: z.infer<typeof declaration> | undefined,
): (Located | undefined)[] {
  return [
    ...(['container', 'imo', 'vehicle'] as const).map(kind => carrier(`/transport/${kind}`, moved?.[kind])),
    ...(['mrn', 'ucr'] as const).map(kind => carrier(`/declaration/${kind}`, declared?.[kind])),
  ]
}

function carrier(at: string, number: string | undefined): Located | undefined {
  return located(at, number && `${at.split('/').at(-1)}:${number}`)
}
