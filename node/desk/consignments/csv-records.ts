import { parse } from 'csv-parse/sync'

/** A record of a CSV file by the line on which it begins, or why it is none. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; fault: CsvFault }

export type CsvFault = 'too-long' | 'charset' | 'quote'

/** A line of text, or why it cannot be read. */
export type CsvLine = { line: number; text: string } | { line: number; fault: CsvFault }

interface Reading {
  separator: string
  linesPerCell: number
  cellCharacters: number
}

interface Parsing extends Reading {
  width: number | undefined
}

interface Parsed {
  record: string[]
  raw: string
}

interface Held {
  line: number
  text: string
}

/** Few calls of the parser, and few lines that are read again where one of them is wrong. */
const linesPerParse = 64
/** Long lines are parsed one by one, so that everything else has its turn in between. */
const charactersPerParse = 64 * 1024

/**
 * Records, of which one may reach over several lines where a cell between quotes does. A quote that is never closed
 * would take all lines after it along: where none closes it within `linesPerCell`, the first line stands by itself, and
 * the ones after it are read as if it were not there.
 */
export async function* csvRecords(
  lines: AsyncIterable<CsvLine>,
  reading: Reading,
): AsyncGenerator<CsvRecord> {
  /** Of the first record: who lacks a quote takes lines along that have as many. */
  let width: number | undefined
  /** Lines that together hold whole cells. */
  let whole: Held[] = []
  /** Lines from the one on in which a quote was opened. */
  let open: Held[] = []

  function* take(held: Held): Generator<CsvRecord> {
    const isOpen = open.length > 0
    if (!isOpen && held.text.trim() === '') return
    if (hasOddQuotes(held.text) === isOpen) {
      whole.push(...open, held)
      open = []
      const characters = whole.reduce((sum, { text }) => sum + text.length, 0)
      if (whole.length >= linesPerParse || characters >= charactersPerParse) yield* flush()
      return
    }
    open.push(held)
    if (isBeyond(open, reading)) yield* giveUp()
  }
  function* flush(): Generator<CsvRecord> {
    const records = recordsOf(whole, { ...reading, width })
    whole = []
    for (const record of records) {
      if ('cells' in record) width ??= record.cells.length
      yield record
    }
  }
  /** The quote of the first open line is none, or the line is wrong; the others are taken again. */
  function* giveUp(): Generator<CsvRecord> {
    yield* flush()
    const [first, ...rest] = open
    open = []
    if (first !== undefined) yield* recordsOf([first], { ...reading, width })
    for (const held of rest) yield* take(held)
  }

  for await (const next of lines) {
    if ('text' in next) {
      yield* take(next)
      continue
    }
    while (open.length > 0) yield* giveUp()
    yield* flush()
    yield next
  }
  while (open.length > 0) yield* giveUp()
  yield* flush()
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOdd = !isOdd
  return isOdd
}

function isBeyond(open: readonly Held[], { linesPerCell, cellCharacters }: Reading): boolean {
  return open.length > linesPerCell || open.reduce((sum, { text }) => sum + text.length, 0) > cellCharacters
}

/** Parsed together; where that does not go, one by one, so that a wrong line takes no other along. */
function recordsOf(held: readonly Held[], parsing: Parsing): CsvRecord[] {
  const [first] = held
  if (first === undefined) return []
  const parsed = parsedOrUndefined(held, parsing)
  if (parsed !== undefined && !hasSwallowed(parsed, parsing)) return placed(parsed, held)
  if (held.length === 1) return [{ line: first.line, fault: 'quote' }]
  return groupsOf(held).flatMap(group => recordsOf(group, parsing))
}

/** A record of several lines with another number of cells: its quote was closed by one that stands in a later line. */
function hasSwallowed(parsed: readonly Parsed[], { width }: Parsing): boolean {
  return width !== undefined && parsed.some(({ record, raw }) => record.length !== width && linesIn(raw) > 1)
}

/** Each with the line on which it begins. */
function placed(parsed: readonly Parsed[], held: readonly Held[]): CsvRecord[] {
  let at = 0
  return parsed.map(({ record, raw }) => {
    const line = held[at]?.line ?? 0
    at += parsed.length === held.length ? 1 : linesIn(raw)
    return { line, cells: record }
  })
}

function linesIn(raw: string): number {
  return raw.replace(/\n$/, '').split('\n').length
}

/** Whole cells each; of a single such group its lines. */
function groupsOf(held: readonly Held[]): Held[][] {
  const groups: Held[][] = []
  let group: Held[] = []
  let isOpen = false
  for (const each of held) {
    group.push(each)
    isOpen = hasOddQuotes(each.text) !== isOpen
    if (isOpen) continue
    groups.push(group)
    group = []
  }
  if (group.length > 0) groups.push(group)
  return groups.length > 1 ? groups : held.map(each => [each])
}

/** Quotes in the middle of a cell, as in inches, are borne in a line that stands by itself. */
function parsedOrUndefined(held: readonly Held[], { separator }: Parsing): Parsed[] | undefined {
  try {
    return parse(held.map(({ text }) => text).join('\n'), {
      delimiter: separator,
      record_delimiter: '\n',
      relax_quotes: held.length === 1,
      relax_column_count: true,
      raw: true,
    }) as unknown as Parsed[]
  } catch {
    return undefined
  }
}
