import { findGoods } from '../goods/list.ts'

/** Lists show one line a notice. */
const summaryCharacters = 120

/** At most 120 characters, cut at the end of a word where there is one. */
export function summaryLine(text: string): string {
  if (text.length <= summaryCharacters) return text
  const cut = text.slice(0, summaryCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.replace(/[\s,;:]+\S*$/, '')}…`
}

interface NamedGoods {
  itemId?: string | undefined
  watchId?: string | undefined
  unlisted?: { description: string } | undefined
}

/** The first good in plain words, and how many more there are. */
export function goodsInWords(goods: readonly NamedGoods[]): string {
  const [first] = goods
  if (first === undefined) return 'goods'
  const id = first.itemId ?? first.watchId ?? ''
  const words = findGoods(id)?.label ?? first.unlisted?.description ?? id
  return goods.length === 1 ? words : `${words} and ${goods.length - 1} more`
}

/** "technical-assistance" → "Technical assistance". */
export function capital(code: string): string {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
