import { categoryOf, type Goods, goodsList } from '#protocol'

type Words = (text: string) => string

const all: readonly Goods[] = [...goodsList.items, ...goodsList.watch]
const shownMost = 12

/** Goods of which a name in any language, or in the reader's words, holds every word or its beginning; nearest first. */
export function searchGoods(
  text: string,
  { words, withWatch }: { words: Words; withWatch: boolean },
): Goods[] {
  const wanted = fold(text).split(' ').filter(Boolean)
  if (wanted.length === 0) return []
  return all
    .filter(goods => goods.kind === 'listed' || withWatch)
    .map(goods => ({ goods, score: scoreOf(goods, wanted, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, shownMost)
    .map(({ goods }) => goods)
}

/** What the category of a good means, in the words of the list. */
export function meaningOf(id: string): { code: string; meaning: string } | undefined {
  const category = categoryOf(id)
  return goodsList.categories.find(({ code }) => code === category)
}

/** The best of its names: all words whole count most, then beginnings, then a shorter name. */
function scoreOf(goods: Goods, wanted: readonly string[], words: Words): number {
  return Math.max(...namesOf(goods, words).map(name => nameScore(fold(name), wanted)))
}

function nameScore(name: string, wanted: readonly string[]): number {
  const held = name.split(' ')
  const found = wanted.map(word => {
    if (held.includes(word)) return 3
    if (held.some(each => each.startsWith(word))) return 2
    return word.length >= 4 && name.includes(word) ? 1 : 0
  })
  if (found.includes(0)) return 0
  return found.reduce<number>((sum, each) => sum + each, 0) / wanted.length + 1 / (1 + held.length)
}

function namesOf(goods: Goods, words: Words): string[] {
  const aliases = goods.kind === 'listed' ? Object.values(goods.aliases).flat() : []
  return [goods.label, words(goods.label), goods.id.replaceAll('-', ' '), ...aliases]
}

/** Without case, accents, points of vowels and punctuation. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
