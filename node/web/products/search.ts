import { type Goods, goodsByCas, goodsByHs, goodsList } from '#protocol'

export const allGoods: readonly Goods[] = [...goodsList.items, ...goodsList.watch]

interface Named {
  goods: Goods
  texts: readonly string[]
}

/** In the languages of the list; what the reader calls it is folded in for each reader. */
const named: readonly Named[] = allGoods.map(goods => ({ goods, texts: namesOf(goods).map(fold) }))

/** Words too short or too common to find anything by. */
const wordCharactersLeast = 3
/** A description that has this share of a name's words may speak of it. */
const shareLeast = 0.5

/**
 * Goods by a customs code, a CAS number, or plain words in any language of the list or in the reader's: a name, part of
 * one, or what a consignment says. Best first.
 */
export function searchGoods(text: string, words: (text: string) => string): readonly Goods[] {
  const cas = /\b\d{2,7}-\d{2}-\d\b/.exec(text)
  if (cas !== null) return goodsByCas(cas[0])
  const code = text.replace(/[\s.]/g, '')
  if (/^\d{4,12}$/.test(code)) return goodsByHs(code)
  const query = fold(text)
  if (query === '') return []
  return named
    .map(({ goods, texts }) => {
      const own = fold(words(goods.label))
      return { goods, score: Math.max(...[own, ...texts].map(name => nearness(query, name))) }
    })
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ goods }) => goods)
}

/** 0 to 4: the same; one holds the other as a phrase; every word begins one of the name; some of its words. */
export function nearness(query: string, name: string): number {
  if (name === '' || query === '') return 0
  if (query === name) return 4
  if (holds(query, name)) return 3 + name.length / 1000
  if (holds(name, query)) return 3
  const held = name.split(' ')
  const asked = query.split(' ').filter(word => word.length >= wordCharactersLeast)
  if (asked.length === 0) return 0
  if (asked.every(word => held.some(each => each.startsWith(word)))) return 2
  const telling = held.filter(word => word.length >= wordCharactersLeast)
  const found = telling.filter(each => asked.some(word => alike(word, each)))
  const share = telling.length < 2 ? 0 : found.length / telling.length
  return share > shareLeast ? share : 0
}

/** "belts" and "belt", "cuff" and "cuffs". */
function alike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return long.startsWith(short) && long.length - short.length <= 2
}

function holds(text: string, phrase: string): boolean {
  return ` ${text} `.includes(` ${phrase} `)
}

function namesOf(goods: Goods): string[] {
  return goods.kind === 'listed' ? [goods.label, ...Object.values(goods.aliases).flat()] : [goods.label]
}

/** Without case, accents, punctuation, and what Arabic writes in two ways. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}|\u0640/gu, '')
    .toLowerCase()
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<=^| )ال(?=\p{L}{3})/gu, '')
    .trim()
}
