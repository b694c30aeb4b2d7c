import { z } from 'zod'
import { code, line } from './text.ts'

/** Grammar only: user-assigned codes are allowed, and which codes exist changes with the world. */
export function country(title: string, description: string) {
  return code(title, `${description} ISO 3166-1, two letters.`, /^[A-Z]{2}$/, 'QM')
}

export function unlocode(title: string, description: string) {
  return code(title, `${description} UN/LOCODE, five characters.`, /^[A-Z]{2}[A-Z2-9]{3}$/, 'XHHAR')
}

const postBox =
  /\bp\.?\s*o\.?\s*box\b|\bpostfach\b|\bbo[iî]te postale\b|\bb\.?p\.?\s*\d|\bapartado\b|\bp\.?o\.?b\.?\s*\d/i

/** Where goods really are: a post box holds none. */
export const locationOfGoods = z
  .strictObject({
    country: country('Country', 'Where the goods are.'),
    unlocode: unlocode('Place code', 'The town or port.').optional(),
    place: line('Place', 'The street and town, warehouse or berth. Not a post box (ATR Annex VIII, box 12).')
      .refine(text => !postBox.test(text), 'Goods cannot be in a post box: give the place itself.')
      .optional(),
  })
  .meta({
    title: 'Location of goods',
    description: 'Where the goods are when they are not in the deciding State (ATR 20(8)).',
  })
