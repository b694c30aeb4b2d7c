import { type FieldError, findGoods, type Goods, goodsList, isObject, type JsonObject } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import type { SightingReport } from './form.ts'
import type { Sighted } from './sighted.ts'
import { lineOf, proseOf } from './text.ts'

/** Which good it is: an item of a list, or one on no list. */
interface Identity {
  itemId?: string
  watchId?: string
  unlisted?: { description: string }
  category?: string
}

const editionOfLists = 'HS2022'

/** What was found beside what was declared; what neither the consignment nor the report tells is missing. */
export function sightedGood(sighted: Sighted): { value: JsonObject; errors: FieldError[] } {
  const { report, consignment } = sighted
  const { found = {} } = report
  const matched = isAsMatched(report) ? matchedGood(sighted) : undefined
  const { category, ...identity } = identityOf(sighted)
  const isNoticeUnknown = report.about !== undefined && 'notice' in report.about && !sighted.notice
  const listed = findGoods(identity.itemId ?? identity.watchId ?? '')
  const declaredHs = declaredCode(consignment) ?? (found.hs && withoutPart(found.hs))
  const hs = found.hs ?? (declaredHs && { ...declaredHs, ex: true })
  const quantity = found.quantity ?? quantityOf(consignment)
  const chemicals = found.chemicals ?? chemicalsOf(matched, listed)
  const value = {
    listId: goodsList.id,
    listVersion: goodsList.version,
    ...identity,
    ...(category && { category }),
    declared: {
      description: lineOf(consignment.description, 500),
      ...(declaredHs && { hs: declaredHs }),
      ...(quantityOf(consignment) && { quantity: quantityOf(consignment) }),
      ...(consignment.value && { value: { ...consignment.value, basis: 'contract' } }),
    },
    ...(hs && { hs }),
    description: proseOf(found.description ?? consignment.description, 2000),
    ...(quantity && { quantity }),
    ...(chemicals && { chemicals }),
  }
  const missing: [isMissing: boolean, field: string, detail: string][] = [
    [
      category === undefined && !isNoticeUnknown,
      'category',
      'The good is on no list: say which category you propose.',
    ],
    [hs === undefined, 'hs', 'The consignment has no customs code: give the one that fits.'],
    [quantity === undefined, 'quantity', 'Say how much it was: the consignment has no number with a unit.'],
    [
      (listed?.casNumbers.length ?? 0) > 0 && chemicals === undefined,
      'chemicals',
      'The list names this good by CAS numbers: say which it was.',
    ],
  ]
  return {
    value: value as unknown as JsonObject,
    errors: missing.flatMap(([isMissing, field, detail]) =>
      isMissing ? [{ pointer: `/found/${field}`, code: 'missing', detail }] : [],
    ),
  }
}

/** Of the goods of the notice that was matched the one with the declared code, else the first. */
function matchedGood({ notice, consignment }: Sighted): JsonObject | undefined {
  const goods = Array.isArray(notice?.body?.goods) ? notice.body.goods.filter(isObject) : []
  const code = declaredCode(consignment)?.code
  return goods.find(({ hs }) => isObject(hs) && hs.code === code) ?? goods[0]
}

/** Whether the goods are said to be what made officers look, and nothing else. */
function isAsMatched({ verdict, found }: SightingReport): boolean {
  return verdict !== 'not-the-product' && found?.item === undefined && found?.unlisted === undefined
}

/** What was found wins over what was matched; a false alarm is of what was declared, in the category of what it was taken for. */
function identityOf(sighted: Sighted): Identity {
  const { report, consignment } = sighted
  const { found, verdict } = report
  const matched = matchedIdentity(sighted)
  const category = found?.category
  if (found?.item !== undefined) return { ...itemIdentity(found.item), ...(category && { category }) }
  if (isAsMatched(report) && matched !== undefined) return { ...matched, ...(category && { category }) }
  const proposed = category ?? (verdict === 'not-the-product' ? matched?.category : undefined)
  return {
    unlisted: { description: lineOf(found?.unlisted ?? consignment.description, 300) },
    ...(proposed && { category: proposed }),
  }
}

function itemIdentity(item: string): Identity {
  const goods = findGoods(item)
  if (goods === undefined) return { itemId: item, category: 'unknown' }
  return goods.kind === 'listed'
    ? { itemId: goods.id, category: goods.category }
    : { watchId: goods.id, category: goods.proposedCategory }
}

function matchedIdentity(sighted: Sighted): Identity | undefined {
  const { about } = sighted.report
  if (about && 'item' in about) return itemIdentity(about.item)
  const matched = matchedGood(sighted)
  if (matched === undefined) return undefined
  const { itemId, watchId, unlisted, category } = matched
  return {
    ...(typeof itemId === 'string' && { itemId }),
    ...(typeof watchId === 'string' && { watchId }),
    ...(isObject(unlisted) && typeof unlisted.description === 'string'
      ? { unlisted: { description: unlisted.description } }
      : {}),
    ...(typeof category === 'string' && { category }),
  }
}

/** Six digits are the Harmonized System's; what follows is national. */
function declaredCode({ hs }: Consignment): { code: string; edition: string } | undefined {
  if (hs === undefined) return undefined
  return { code: hs.code.slice(0, hs.code.length < 6 ? 4 : 6), edition: hs.edition ?? editionOfLists }
}

/** The form needs a declared code; where the papers have none, the one that was found stands for it. */
function withoutPart({ code, edition }: { code: string; edition: string }) {
  return { code, edition }
}

function quantityOf({ quantity }: Consignment): JsonObject | undefined {
  return quantity?.unit === undefined ? undefined : { value: quantity.value, rec20: quantity.unit }
}

/** Where the list leaves no choice. */
function chemicalsOf(matched: JsonObject | undefined, goods: Goods | undefined): JsonObject[] | undefined {
  if (Array.isArray(matched?.chemicals)) return matched.chemicals.filter(isObject)
  const [only, second] = goods?.casNumbers ?? []
  return only !== undefined && second === undefined ? [{ cas: only.cas }] : undefined
}
