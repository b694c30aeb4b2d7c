import { categoryOf, type Draft, findGoods, goodsList, type JsonObject } from '#protocol'

/** The last days that anyone may keep what is seeded: far enough for any demonstration. */
const keepBodyUntil = '2036-12-31'
const keepNamesUntil = '2031-12-31'

interface Party {
  body: JsonObject
  names?: JsonObject
}

/** A party; without a name it stays unnamed. Public bodies are told by their kind. */
export function party(
  role: string,
  country: string,
  kind: string,
  name?: string,
  more: JsonObject = {},
): Party {
  const publicBody = ['law-enforcement-authority', 'prison', 'military'].includes(kind)
  return {
    body: { role, country, kind, ...(publicBody ? { publicBody } : {}) },
    ...(name === undefined ? {} : { names: { name, ...more } }),
  }
}

export type PartiesByKey = { readonly [key: string]: Party }

/** A good of the list or the watch list, as alerts give it. */
export function good(id: string): JsonObject {
  const category = categoryOf(id)
  if (category === undefined) throw new Error(`The goods list has no ${id}.`)
  const named = findGoods(id)?.kind === 'watch' ? { watchId: id } : { itemId: id }
  return { listId: goodsList.id, listVersion: goodsList.version, ...named, category }
}

interface Described {
  /** HS 2022. */
  hs: string
  description: string
  /** Number and UN/ECE Recommendation 20 unit. */
  quantity: [value: number, rec20: string]
  /** In XTS, the test currency. */
  contract?: string
}

/** A good of the list with its code, quantity and price. */
export function described(
  id: string,
  { hs, description, quantity, contract }: Described,
  more: JsonObject = {},
): JsonObject {
  return {
    ...good(id),
    hs: hsCode(hs),
    description,
    quantity: { value: quantity[0], rec20: quantity[1] },
    ...(contract === undefined ? {} : { value: { amount: contract, currency: 'XTS', basis: 'contract' } }),
    ...more,
  }
}

/** What the papers of a consignment said. */
export function declaredAs(description: string, hs: string, amount?: string): JsonObject {
  return {
    description,
    hs: { code: hs, edition: 'HS2022' },
    ...(amount === undefined ? {} : { value: { amount, currency: 'XTS', basis: 'contract' } }),
  }
}

function hsCode(code: string): JsonObject {
  return { code, edition: 'HS2022', ex: true }
}

interface Content {
  body: JsonObject
  text: JsonObject
  tlp: string
  preparedBy?: string
  parties?: PartiesByKey
  /** Member ids: the names are then for them only. */
  readers?: string[]
  refs?: NonNullable<Draft['refs']>
}

/** A whole draft, always an exercise. */
export function draft(type: string, content: Content): Draft {
  const { body, text, tlp, preparedBy = 'licensing-officer', parties, readers, refs } = content
  const nominal = namesOf(parties ?? {})
  return {
    type,
    exercise: true,
    body: { ...body, ...partiesOf(parties), lang: 'en', text, tlp, preparedBy, releasedBy: 'releaser' },
    ...(nominal === undefined ? {} : { nominal }),
    ...(readers === undefined ? {} : { readers }),
    parts: {
      body: { to: 'channel', until: keepBodyUntil },
      ...(nominal === undefined
        ? {}
        : { nominal: { to: readers ? 'named' : 'channel', until: keepNamesUntil } }),
    },
    ...(refs === undefined ? {} : { refs }),
  }
}

function partiesOf(parties: PartiesByKey | undefined): JsonObject {
  if (parties === undefined) return {}
  return { parties: Object.fromEntries(Object.entries(parties).map(([key, { body }]) => [key, body])) }
}

function namesOf(parties: PartiesByKey): JsonObject | undefined {
  const named = Object.entries(parties).flatMap(([key, { names }]) =>
    names === undefined ? [] : [[key, names] as const],
  )
  return named.length === 0 ? undefined : Object.fromEntries(named)
}

/** The day so many years later. */
export function yearsAfter(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
}

/** Thirty days later, the last day for a denial notice. */
export function thirtyDaysAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 30 * 86_400_000).toISOString().slice(0, 10)
}
