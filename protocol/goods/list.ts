import type { Category } from '../channels.ts'
import list from './goods-list.json' with { type: 'json' }

interface CasNumber {
  cas: string
  checkDigit: string
  confidence: string
}

/** Where a list names a good; no item where its text was not seen. */
export interface SourceRef {
  instrument: string
  annex?: string
  appendix?: string
  item: string | null
  /** The last day of a text that was replaced, YYYY-MM-DD. */
  validTo?: string | null
}

/** A good that a cited list names. */
export interface GoodsItem {
  kind: 'listed'
  id: string
  section: string
  category: Category
  control: 'prohibited' | 'controlled'
  label: string
  /** Language → what people and papers call it. */
  aliases: { [language: string]: string[] }
  /** HS 2022, six digits; nearly always only a part of the code ("ex"). */
  hsCodes: string[]
  casNumbers: CasNumber[]
  /** What looks alike and is not covered. */
  excludes: string
  notes: string
  sourceRefs: SourceRef[]
  supersededBy?: string[]
  nationalOnly?: boolean
  confidence: string
}

/** A good on no list, for product alerts and sightings only. */
export interface WatchItem {
  kind: 'watch'
  id: string
  proposedCategory: Category
  label: string
  casNumbers: CasNumber[]
  listedIn: string[]
  why: string
  note: string
  confidence: string
}

export type Goods = GoodsItem | WatchItem

/** The list as shipped: a reference to be checked against the Official Journal, without legal effect. */
export const goodsList = {
  id: list.schema,
  version: list.version,
  compiledOn: list.compiledOn,
  about: list.about,
  knownGaps: list.knownGaps as readonly string[],
  categories: list.categories,
  items: list.entries.map(entry => ({ kind: 'listed', ...entry })) as unknown as readonly GoodsItem[],
  watch: list.watchlist.map(entry => ({ kind: 'watch', ...entry })) as unknown as readonly WatchItem[],
} as const

const all: readonly Goods[] = [...goodsList.items, ...goodsList.watch]
const byId = new Map(all.map(goods => [goods.id, goods]))
const names = goodsList.items.map(item => ({ item, texts: namesOf(item).map(fold) }))

/** The good with this id, on the list or on the watch list. */
export function findGoods(id: string): Goods | undefined {
  return byId.get(id)
}

/** The category of a good of either list; of a watch list good it is a proposal. */
export function categoryOf(id: string): Category | undefined {
  const goods = byId.get(id)
  return goods?.kind === 'watch' ? goods.proposedCategory : goods?.category
}

/** Goods whose HS code begins with this one or the other way round; digits beyond the sixth are national. */
export function goodsByHs(code: string): GoodsItem[] {
  const digits = code.replace(/[\s.]/g, '').slice(0, 6)
  if (!/^\d{2,6}$/.test(digits)) return []
  return goodsList.items.filter(item =>
    item.hsCodes.some(hs => hs.startsWith(digits) || digits.startsWith(hs)),
  )
}

/** Goods with this CAS registry number, of both lists. */
export function goodsByCas(cas: string): Goods[] {
  return all.filter(goods => goods.casNumbers.some(number => number.cas === cas.trim()))
}

/** Goods of this name in any language, exact names first, then those with a name that holds every word of the text. */
export function goodsByAlias(text: string): GoodsItem[] {
  const folded = fold(text)
  if (folded === '') return []
  const words = folded.split(' ')
  const exact = names.filter(({ texts }) => texts.includes(folded))
  const worded = names.filter(({ texts }) => texts.some(name => holdsEvery(name, words)))
  return [...new Set([...exact, ...worded])].map(({ item }) => item)
}

function namesOf(item: GoodsItem): string[] {
  return [item.label, ...Object.values(item.aliases).flat()]
}

function holdsEvery(name: string, words: string[]): boolean {
  const held = name.split(' ')
  return words.every(word => held.includes(word))
}

/** Without case, accents and punctuation: "Fer à Béquilles" and "fer a bequilles" are one. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
