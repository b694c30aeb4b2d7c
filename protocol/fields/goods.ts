import { z } from 'zod'
import { type Category, categories } from '../channels.ts'
import { categoryOf, findGoods, goodsList } from '../goods/list.ts'
import { decimal, measure, quantity, value } from './amount.ts'
import { partyKey } from './party.ts'
import { addRule, type Fault, faultIf, missingIf } from './rule.ts'
import { code, line, oneOf, prose, several, yesNo } from './text.ts'

const itemPattern = /^[a-z0-9][a-z0-9-]{0,63}$/
const hsPattern = /^(0[1-9]|[1-9]\d)\d{2}(\d{2})?$/
export const hsEditions = ['HS2012', 'HS2017', 'HS2022', 'HS2028'] as const

export function itemId(title = 'List item') {
  return code(title, 'The item of the goods list.', itemPattern, 'body-worn-shock-device')
}

const hsCode = code('Code', 'Harmonized System, 4 or 6 digits without points.', hsPattern, '854370')
const hsEdition = oneOf(hsEditions, 'Edition', 'Which edition of the Harmonized System.')
const ex = yesNo('Part of the code', 'Whether the good is only a part of what the code covers ("ex").')
const why = line('Why', 'Why this code is likely.', 300)

const hs = z
  .strictObject({ code: hsCode, edition: hsEdition, ex })
  .meta({ title: 'HS code', description: 'The customs code. A code by itself is never a finding.' })

export const likelyHs = z
  .strictObject({ code: hsCode, edition: hsEdition, ex, why })
  .meta({ title: 'Likely HS code', description: 'Where customs may find it declared.' })

const cn = z
  .strictObject({
    code: code('Code', 'Combined Nomenclature, 8 digits.', /^\d{8}$/, '85437090'),
    year: z.int().min(1988).max(2100).meta({ title: 'Year', description: 'The year of the nomenclature.' }),
    ex,
  })
  .meta({ title: 'CN code', description: "The European Union's eight-digit code." })

export const chemical = z
  .strictObject({
    cas: code('CAS number', 'CAS registry number.', /^\d{2,7}-\d{2}-\d$/, '57-33-0'),
    inchikey: code(
      'InChIKey',
      'International chemical identifier, hashed.',
      /^[A-Z]{14}-[A-Z]{10}-[A-Z]$/,
      'WEXRUCMBJFQVBZ-UHFFFAOYSA-N',
    ).optional(),
    inn: line('INN', 'International non-proprietary name.', 100).optional(),
    atc: code(
      'ATC code',
      'Anatomical Therapeutic Chemical code.',
      /^[A-Z]\d{2}[A-Z]{2}\d{2}$/,
      'N05CA01',
    ).optional(),
    concentration: decimal('Concentration', 'Per cent by weight.').optional(),
    form: line('Form', 'Powder, solution, salt.', 100).optional(),
  })
  .meta({ title: 'Chemical', description: 'A substance by its numbers.' })

const list = {
  listId: code('Goods list', 'Which list is used.', /^[a-z0-9][a-z0-9./-]{0,79}$/, goodsList.id),
  listVersion: code('List version', 'Which version of it.', /^\d{1,4}\.\d{1,4}\.\d{1,4}$/, goodsList.version),
}

const category = oneOf(
  categories,
  'Category',
  "The list's category for this good; for a good on no list, the one proposed.",
)

const unlisted = z
  .strictObject({ description: line('What it is', 'The good in a few words.', 300) })
  .meta({ title: 'On no list', description: 'A good that neither list names.' })

/** Which good it is: exactly one of the list's item, a watch list item, or a description. */
const identity = {
  itemId: itemId().optional(),
  watchId: code('Watch list item', 'The item of the watch list.', itemPattern, 'shock-glove').optional(),
  unlisted: unlisted.optional(),
}

const details = {
  hs,
  cn: cn.optional(),
  nationalTariff: code(
    'National tariff code',
    'Digits of the national tariff.',
    /^\d{6,12}$/,
    '8543709099',
  ).optional(),
  description: prose('Description', 'What it is, in plain words, with the reference to the list item.', 2000),
  brand: line('Brand', 'The brand it carries.').optional(),
  model: line('Model', 'The model or type.').optional(),
  manufacturer: partyKey('Manufacturer', 'Who made it.').optional(),
  gtin: code(
    'GTIN',
    'Global trade item number, 8 to 14 digits.',
    /^(\d{8}|\d{12,14})$/,
    '04012345678901',
  ).optional(),
  serialRange: z
    .strictObject({
      from: line('From', 'First serial number.', 50),
      to: line('To', 'Last serial number.', 50),
    })
    .meta({ title: 'Serial numbers', description: 'From the first to the last.' })
    .optional(),
  technical: several(measure, 'Technical measures', 'Figures that matter for the listing.').optional(),
  chemicals: several(chemical, 'Chemicals', 'Needed where the list names the good by CAS number.').optional(),
  quantity,
  value: value.optional(),
  packaging: code(
    'Packaging',
    'UN/ECE Recommendation 21: CT carton, BX box, DR drum.',
    /^[A-Z0-9]{2}$/,
    'CT',
  ).optional(),
  condition: oneOf(
    ['new', 'used', 'kit', 'component'],
    'Condition',
    'Kits and principal components are covered too.',
  ).optional(),
  legitimateUse: several(
    oneOf(['medical', 'veterinary', 'industrial', 'museum'], 'Use', 'An accepted use.'),
    'Legitimate uses',
    'Accepted uses that were claimed or found.',
  ).optional(),
}

const titles = {
  title: 'Good',
  description: 'One good, by its place on the goods list and its customs code.',
}

/** Goods of a denial: always an item of the list. */
export const listedGoods = addRule(
  addRule(
    z.strictObject({ ...list, itemId: itemId(), category, ...details }).meta(titles),
    ['itemId', 'category'],
    identityFaults,
  ),
  ['itemId', 'chemicals'],
  chemicalFaults,
)

/** What was declared to customs, where it can be told. */
const declared = z
  .strictObject({
    description: line('Declared as', 'The words of the declaration.', 500),
    hs: z
      .strictObject({ code: hsCode, edition: hsEdition })
      .meta({ title: 'Declared HS code', description: 'The code of the declaration.' }),
    quantity: quantity.optional(),
    value: value.optional(),
  })
  .meta({ title: 'As declared', description: 'What the papers said, beside what was found.' })

/** Goods of a sighting: what was found or is suspected, and what was declared. */
export const sightedGoods = addRule(
  addRule(
    z.strictObject({ ...list, ...identity, category, declared, ...details }).meta(titles),
    ['itemId', 'watchId', 'unlisted', 'category'],
    identityFaults,
  ),
  ['itemId', 'watchId', 'chemicals'],
  chemicalFaults,
)

/** Goods of an alert: mostly on no list yet, so without quantities; likely codes stand beside them. */
export const alertedGoods = addRule(
  z.strictObject({ ...list, ...identity, category }).meta(titles),
  ['itemId', 'watchId', 'unlisted', 'category'],
  identityFaults,
)

interface Identity {
  itemId?: string | undefined
  watchId?: string | undefined
  unlisted?: { description: string } | undefined
}

function identityFaults({ itemId, watchId, unlisted, category }: Identity & { category: Category }): Fault[] {
  const given = [itemId, watchId, unlisted].filter(one => one !== undefined)
  if (given.length === 0) {
    return [
      {
        path: ['itemId'],
        says: 'Say which good it is: a list item, a watch list item, or unlisted.',
        code: 'missing',
      },
    ]
  }
  if (given.length > 1) {
    const extra = itemId === undefined || watchId === undefined ? 'unlisted' : 'watchId'
    return [{ path: [extra], says: 'Give only one of itemId, watchId and unlisted.' }]
  }
  return [...listedFaults(itemId, category), ...watchFaults(watchId)]
}

function listedFaults(itemId: string | undefined, category: Category): Fault[] {
  if (itemId === undefined) return []
  if (findGoods(itemId)?.kind !== 'listed') {
    return [{ path: ['itemId'], says: `The goods list ${goodsList.version} has no item of this name.` }]
  }
  const listed = categoryOf(itemId)
  return faultIf(listed !== category, ['category'], `The goods list puts this item in ${listed}.`)
}

function watchFaults(watchId: string | undefined): Fault[] {
  const wrong = watchId !== undefined && findGoods(watchId)?.kind !== 'watch'
  return faultIf(wrong, ['watchId'], `The watch list ${goodsList.version} has no item of this name.`)
}

function chemicalFaults({
  itemId,
  watchId,
  chemicals,
}: Identity & { chemicals?: unknown[] | undefined }): Fault[] {
  const goods = findGoods(itemId ?? watchId ?? '')
  const needed = goods !== undefined && goods.casNumbers.length > 0
  return missingIf(
    needed && !chemicals?.length,
    'chemicals',
    'The list names this good by CAS number: give its chemicals.',
  )
}
