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

interface Held {
  line: number
  text: string
}

/** Few calls of the parser, and few lines that are read again where one of them is wrong. */
const linesPerParse = 64

/**
 * Records, of which one may reach over several lines where a cell between quotes does. A quote that is never closed
 * would take all lines after it along: where none closes it within `linesPerCell`, the first line stands by itself, and
 * the ones after it are read as if it were not there.
 */
export async function* csvRecords(
  lines: AsyncIterable<CsvLine>,
  reading: Reading,
): AsyncGenerator<CsvRecord> {
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
      if (whole.length >= linesPerParse) yield* flush()
      return
    }
    open.push(held)
    if (isBeyond(open, reading)) yield* giveUp()
  }
  function* flush(): Generator<CsvRecord> {
    const records = recordsOf(whole, reading)
    whole = []
    yield* records
  }
  /** The quote of the first open line is none, or the line is wrong; the others are taken again. */
  function* giveUp(): Generator<CsvRecord> {
    yield* flush()
    const [first, ...rest] = open
    open = []
    if (first !== undefined) yield* recordsOf([first], reading)
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
function recordsOf(held: readonly Held[], reading: Reading): CsvRecord[] {
  const [first] = held
  if (first === undefined) return []
  const parsed = parsedOrUndefined(held.map(({ text }) => text).join('\n'), reading)
  if (parsed === undefined) {
    if (held.length === 1) return [{ line: first.line, fault: 'quote' }]
    return groupsOf(held).flatMap(group => recordsOf(group, reading))
  }
  if (parsed.length === held.length)
    return parsed.map(({ record }, at) => ({ line: held[at]?.line ?? first.line, cells: record }))
  let at = 0
  return parsed.map(({ record, raw }) => {
    const line = held[at]?.line ?? first.line
    at += raw.replace(/\n$/, '').split('\n').length
    return { line, cells: record }
  })
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

function parsedOrUndefined(
  text: string,
  { separator }: Reading,
): { record: string[]; raw: string }[] | undefined {
  try {
    return parse(text, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_quotes: true,
      relax_column_count: true,
      raw: true,
    }) as unknown as { record: string[]; raw: string }[]
  } catch {
    return undefined
  }
}
