import { stringify } from 'csv-stringify/sync'
import { type Json, patterns } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import type { Column, ColumnMap } from './column-map.ts'
import { fields, isFieldName } from './fields.ts'
import { type Line, linesOf } from './line.ts'
import { valuesAt } from './pointer.ts'

/** Lines that are put together at once. */
const linesPerPiece = 200

/** RFC 4180, in pieces. */
export async function* csvText(views: AsyncIterable<NoticeView>, map: ColumnMap): AsyncGenerator<string> {
  const begin = map.header ? tableText([map.columns.map(({ name }) => clean(name))], map) : ''
  yield `${map.bom ? '\ufeff' : ''}${begin}`
  for await (const view of views) {
    let rows: Cell[][] = []
    for (const line of linesOf(view, map.per)) {
      rows.push(map.columns.map(column => cellText(column, line, map)))
      if (rows.length < linesPerPiece) continue
      yield tableText(rows, map)
      rows = []
    }
    if (rows.length > 0) yield tableText(rows, map)
  }
}

/** A text, or ids, which must stay as they are: one in 64 begins with a dash, and none can be a formula. */
type Cell = string | { ids: string }

/**
 * Cells that a spreadsheet would take for formulas get an apostrophe in front, and any cell with some separator is
 * quoted, whichever the reader splits at (OWASP, CSV injection).
 */
function tableText(rows: Cell[][], { separator }: ColumnMap): string {
  return stringify(rows, {
    delimiter: separator,
    record_delimiter: 'windows',
    escape_formulas: true,
    quoted_match: /[,;|\t]/,
    cast: { object: ({ ids }) => ({ value: String(ids), escape_formulas: false }) },
  })
}

function cellText({ from, always, otherwise = '' }: Column, line: Line, map: ColumnMap): Cell {
  if (from === undefined) return clean(always ?? '')
  const field = isFieldName(from) ? fields[from] : undefined
  const values = field === undefined ? valuesAt(line, from) : field.read(line)
  const isDecimal = field !== undefined && 'isDecimal' in field
  const texts = values
    .map(value => valueText(value, { isDecimal, decimal: map.decimal }))
    .filter(text => text !== '')
  if (texts.length === 0) return clean(otherwise)
  const text = texts.join(map.list)
  return texts.every(each => patterns.digest.test(each)) ? { ids: text } : text
}

function valueText(value: Json, { isDecimal, decimal }: { isDecimal: boolean; decimal: string }): string {
  if (value === null) return ''
  if (typeof value === 'number' || (isDecimal && typeof value === 'string'))
    return clean(String(value).replace('.', decimal))
  return clean(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

/** What no cell may hold: controls and direction controls, which no honest notice has, become visible. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\ufeff]/gv

/** One line a record, whatever splits it: a line break in a text becomes a space. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r?\n|[\u2028\u2029]/g, ' ')
    .replace(unprintable, '\ufffd')
    .trim()
}
