import { z } from 'zod'
import { code, line, oneOf } from './text.ts'

/** Decimals travel as text: they are amounts to be read, not floating-point numbers. */
export function decimal(title: string, description: string) {
  return code(title, description, /^(0|[1-9]\d{0,14})(\.\d{1,6})?$/, '18400.00')
}

export const quantity = z
  .strictObject({
    value: z
      .number()
      .nonnegative()
      .max(1e12)
      .meta({ title: 'Number', description: 'How much, in the unit beside it.' }),
    rec20: code(
      'Unit',
      'UN/ECE Recommendation 20: H87 piece, SET set, KGM kilogram, LTR litre.',
      /^[A-Z0-9]{2,3}$/,
      'H87',
    ),
  })
  .meta({ title: 'Quantity', description: 'How much of it, with its unit.' })

const currency = code('Currency', 'ISO 4217, three letters.', /^[A-Z]{3}$/, 'XTS')

export const value = z
  .strictObject({
    amount: decimal('Amount', 'As a decimal number, unconverted.'),
    currency,
    basis: oneOf(
      ['contract', 'estimated'],
      'Basis',
      'The contract price, or an estimate ("EV", ATR Annex VIII, box 17).',
    ),
  })
  .meta({ title: 'Value', description: 'The price in the currency of the contract, or an estimate.' })

export const measure = z
  .strictObject({
    measureName: line('Measure', 'What was measured: voltage, mass, length.', 100),
    value: decimal('Value', 'As a decimal number.'),
    unit: line('Unit', 'kV, kg, mm.', 20),
  })
  .meta({ title: 'Technical measure', description: 'A figure that tells this good from its look-alikes.' })
