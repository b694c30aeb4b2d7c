import { type IndexKeys, sha256 } from '#protocol'
import { tables } from './keys.ts'
import type { NoticeRow } from './notice-row.ts'
import { put, type RowOperation, remove } from './operation.ts'

/** 96 bits: no two terms meet by chance. */
const hashCharacters = 16

/** A term that a notice is found by: its kind and its value. */
export type Term = `${string}:${string}`

/** Terms of the envelope, which stay; terms of the body, which go with it. */
export function termsOf(row: NoticeRow): Term[] {
  return [
    `type:${row.type}`,
    `issuer:${row.issuer}`,
    `channel:${row.channel}`,
    ...(row.keys === undefined ? [] : bodyTerms(row.keys)),
  ]
}

function bodyTerms(keys: IndexKeys): Term[] {
  const terms = new Set<Term>()
  for (const category of keys.category) terms.add(`category:${category}`)
  for (const item of keys.goods) terms.add(`goods:${item}`)
  for (const code of keys.hs) for (const prefix of prefixesOf(code)) terms.add(`hs:${prefix}`)
  for (const country of keys.country) terms.add(`country:${country}`)
  for (const reference of keys.reference) terms.add(`reference:${reference}`)
  return [...terms]
}

/** HS codes are asked for by heading (4), subheading (6), national line (8, 10) or whole. */
function prefixesOf(code: string): string[] {
  const lengths = [4, 6, 8, 10].filter(length => length < code.length)
  return [...lengths.map(length => code.slice(0, length)), code]
}

export function termHash(term: Term): string {
  return sha256(term).slice(0, hashCharacters)
}

export function envelopeIndexRows(row: NoticeRow, id: string): RowOperation[] {
  return termsOf({ ...row, keys: undefined }).map(term =>
    put(tables.index.key(termHash(term), row.cursor), id),
  )
}

export function bodyIndexRows(row: NoticeRow, id: string, words: string): RowOperation[] {
  const terms = row.keys === undefined ? [] : bodyTerms(row.keys)
  const rows = terms.map(term => put(tables.index.key(termHash(term), row.cursor), id))
  return words === '' ? rows : [...rows, put(tables.words.key(row.cursor), `${id} ${words}`)]
}

/** Nothing made from the body stays. */
export function withoutBodyIndex(row: NoticeRow): RowOperation[] {
  const terms = row.keys === undefined ? [] : bodyTerms(row.keys)
  return [
    ...terms.map(term => remove(tables.index.key(termHash(term), row.cursor))),
    remove(tables.words.key(row.cursor)),
  ]
}

export function withoutIndex(row: NoticeRow): RowOperation[] {
  const terms = termsOf({ ...row, keys: undefined })
  return [
    ...terms.map(term => remove(tables.index.key(termHash(term), row.cursor))),
    ...withoutBodyIndex(row),
  ]
}
