import { type FieldError, findGoods, type Goods, goodsList, isObject, type JsonObject } from '#protocol'
import type { Consignment } from '../../consignment.ts'
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

/** What was found beside what was declared; what neither the consignment nor the match tells is missing. */
export function sightedGood(sighted: Sighted): { value: JsonObject; errors: FieldError[] } {
  const { report, consignment } = sighted
  const { found = {} } = report
  const matched = matchedGood(sighted)
  const { category, ...identity } = identityOf(sighted, matched)
  const isNoticeUnknown = report.about !== undefined && 'notice' in report.about && !sighted.notice
  const listed = findGoods(identity.itemId ?? identity.watchId ?? '')
  const declaredHs = declaredCode(consignment)
  const hs = found.hs ?? codeOf(listed) ?? matchedCode(matched) ?? (declaredHs && { ...declaredHs, ex: true })
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
    [hs === undefined, 'hs', 'Give the customs code: neither the consignment nor the match has one.'],
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

function identityOf(
  { report: { about, found }, consignment }: Sighted,
  matched: JsonObject | undefined,
): Identity {
  const item = found?.item ?? (about && 'item' in about ? about.item : undefined)
  const goods = item === undefined ? undefined : findGoods(item)
  if (goods !== undefined) return listedIdentity(goods)
  if (item !== undefined) return { itemId: item, category: 'unknown' }
  if (found?.unlisted === undefined && matched !== undefined) return matchedIdentity(matched)
  return {
    unlisted: { description: lineOf(found?.unlisted ?? consignment.description, 300) },
    ...(found?.category && { category: found.category }),
  }
}

function listedIdentity(goods: Goods): Identity {
  return goods.kind === 'listed'
    ? { itemId: goods.id, category: goods.category }
    : { watchId: goods.id, category: goods.proposedCategory }
}

function matchedIdentity({ itemId, watchId, unlisted, category }: JsonObject): Identity {
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

function codeOf(goods: Goods | undefined): JsonObject | undefined {
  const code = goods?.kind === 'listed' ? goods.hsCodes[0]?.slice(0, 6) : undefined
  return code === undefined ? undefined : { code, edition: editionOfLists, ex: true }
}

function matchedCode(matched: JsonObject | undefined): JsonObject | undefined {
  return isObject(matched?.hs) ? matched.hs : undefined
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
