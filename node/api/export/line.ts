import { findGoods, isObject, type JsonObject } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'

/** What one line of a table is about: a notice, and of it one good and one party. */
export interface Line extends NoticeView {
  /** As in the body, with `label` as the goods list calls it. */
  good?: JsonObject
  /** As in the body, with its `key`. */
  party?: JsonObject
  /** What the nominal part says of this party, where it may be read. */
  names?: JsonObject
}

/** Of which a notice gives one line each. */
export const linesPer = ['notice', 'good', 'party', 'good-and-party'] as const
export type LinesPer = (typeof linesPer)[number]

/** At least one line for each notice. */
export function* linesOf(view: NoticeView, per: LinesPer): Generator<Line> {
  const goods = per === 'good' || per === 'good-and-party' ? goodsOf(view) : []
  const parties = per === 'party' || per === 'good-and-party' ? partiesOf(view) : []
  for (const good of goods.length === 0 ? [undefined] : goods) {
    for (const named of parties.length === 0 ? [undefined] : parties) {
      yield { ...view, ...(good && { good }), ...named }
    }
  }
}

/** The goods of a notice whose body follows its form. */
export function goodsOf({ body, flags }: NoticeView): JsonObject[] {
  if (flags.includes('body-form') || !Array.isArray(body?.goods)) return []
  return body.goods.filter(isObject).map(labelled)
}

function labelled(good: JsonObject): JsonObject {
  const found = findGoods(String(good.itemId ?? good.watchId ?? ''))
  return found === undefined ? good : { ...good, label: found.label }
}

function partiesOf({ body, nominal, flags }: NoticeView): Pick<Line, 'party' | 'names'>[] {
  if (flags.includes('body-form') || !isObject(body?.parties)) return []
  return Object.entries(body.parties).flatMap(([key, party]) => {
    if (!isObject(party)) return []
    const names = nominal !== undefined && Object.hasOwn(nominal, key) ? nominal[key] : undefined
    return [{ party: { ...party, key }, ...(isObject(names) && { names }) }]
  })
}
