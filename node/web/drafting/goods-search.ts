import { categoryOf, type Goods, goodsList } from '#protocol'
import { searchGoods } from '../products/search.ts'

const shownMost = 12

/** Goods of this name, code or CAS number to choose from; those on no list yet only where a form takes them. */
export function goodsToPick(
  text: string,
  { words, withWatch }: { words: (text: string) => string; withWatch: boolean },
): Goods[] {
  return searchGoods(text, words)
    .filter(goods => goods.kind === 'listed' || withWatch)
    .slice(0, shownMost)
}

/** What the category of a good means, in the words of the list. */
export function meaningOf(id: string): { code: string; meaning: string } | undefined {
  const category = categoryOf(id)
  return goodsList.categories.find(({ code }) => code === category)
}
