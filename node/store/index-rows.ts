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
  return [...envelopeTerms(row), ...(row.keys === undefined ? [] : bodyTerms(row.keys))]
}

function envelopeTerms({ type, issuer }: NoticeRow): Term[] {
  return [`type:${type}`, `issuer:${issuer}`]
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

/** Few terms make up most rows; emptied when full, so that a stranger's terms cannot fill the memory. */
const hashes = new Map<Term, string>()
const hashesMost = 10_000

export function termHash(term: Term): string {
  const known = hashes.get(term)
  if (known !== undefined) return known
  if (hashes.size >= hashesMost) hashes.clear()
  const made = sha256(term).slice(0, hashCharacters)
  hashes.set(term, made)
  return made
}

export function envelopeIndexRows(row: NoticeRow): RowOperation[] {
  return envelopeTerms(row).map(term => put(tables.index.key(termHash(term), row.cursor), ''))
}

export function bodyIndexRows(row: NoticeRow, words: string): RowOperation[] {
  const terms = row.keys === undefined ? [] : bodyTerms(row.keys)
  const rows = terms.map(term => put(tables.index.key(termHash(term), row.cursor), ''))
  return words === '' ? rows : [...rows, put(tables.words.key(row.cursor), words)]
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
  return [
    ...envelopeTerms(row).map(term => remove(tables.index.key(termHash(term), row.cursor))),
    ...withoutBodyIndex(row),
  ]
}
