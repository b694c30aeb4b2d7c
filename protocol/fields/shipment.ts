import { z } from 'zod'
import { addRule, faultIf, missingIf } from './rule.ts'
import { code, line } from './text.ts'

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
