import { type FieldError, FocalpointError } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import { valueOfCells } from './cells.ts'
import { columnsIn, columnsRead, separatorIn, usualMap } from './column-map.ts'
import type { ColumnMap } from './column-map-form.ts'
import { readConsignment } from './consignment-form.ts'
import { type CsvFault, type CsvLine, csvRecords } from './csv-records.ts'
import { checkNotUtf16, decoderOf, type FileLine, fileLines } from './file-lines.ts'
import { customsLimits } from './limits.ts'
import { untilTooManyWrong } from './wrong-lines.ts'

/** A line of what was sent: a consignment, or what is wrong with it. */
export type ReadLine =
  | { line: number; consignment: Consignment }
  | { line: number; reference?: string; errors: FieldError[] }

/** What was read; the first line of a CSV file is behind, and its columns are known. */
export interface ReadFile {
  /** Throws `body-malformed` where too many are wrong, or the bytes do not come. */
  lines: AsyncIterable<ReadLine>
  /** Names of columns, of a CSV file. */
  columns?: { read: string[]; ignored: string[] }
}

const faults: Record<CsvFault, string> = {
  'too-long': `A line has at most ${customsLimits.lineBytes} bytes.`,
  charset:
    'This line is not in the encoding that was named (UTF-8 where none was): convert the file, or give its charset with the content type or in a column map.',
  quote: 'A quote was opened and not closed, or closed in the middle of a cell.',
}

/** A line of JSON each. */
export function readJsonLines(chunks: AsyncIterable<Uint8Array>): ReadFile {
  return { lines: untilTooManyWrong(jsonLines(chunks)) }
}

async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  for await (const read of textLines(fileLines(chunks), 'utf-8')) {
    if ('fault' in read) yield faultyLine(read)
    else if (read.text.trim() !== '') yield jsonLine(read)
  }
}

function jsonLine({ line, text }: { line: number; text: string }): ReadLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { line, errors: [{ pointer: '', code: 'form', detail: 'This line is not JSON.' }] }
  }
  return { line, ...readConsignment(value) }
}

/** Each of a list, numbered from 1. */
export function readList(values: readonly unknown[]): ReadFile {
  return { lines: untilTooManyWrong(listed(values)) }
}

async function* listed(values: readonly unknown[]): AsyncGenerator<ReadLine> {
  for (const [at, value] of values.entries()) yield { line: at + 1, ...readConsignment(value) }
}

/** Throws `body-malformed`, and `request-malformed` where columns are missing. */
export async function readCsv(
  chunks: AsyncIterable<Uint8Array>,
  given: ColumnMap | undefined,
  charset: string,
): Promise<ReadFile> {
  const lines = textLines(fileLines(chunks), charset)
  const first = await lines.next()
  if (first.done === true) throw unreadable('It is empty.')
  if ('fault' in first.value) throw unreadable(faults[first.value.fault])
  const { text } = first.value
  const separator = given?.separator ?? separatorIn(text)
  const reading = {
    separator,
    linesPerCell: customsLimits.linesPerCell,
    cellCharacters: customsLimits.lineBytes,
  }
  const records = csvRecords(andThen({ line: 1, text }, lines), reading)
  const header = await records.next()
  if (header.done === true || 'fault' in header.value) throw unreadable('Its first line names no columns.')
  const names = header.value.cells.slice(0, customsLimits.columnsMost).map(name => name.trim())
  const map = given ?? usualMap(names)
  const columns = columnsIn(names, map)
  return {
    lines: untilTooManyWrong(csvLines(records, { names, map, columns })),
    columns: columnsRead(names, columns),
  }
}

interface Mapped {
  names: readonly string[]
  map: ColumnMap
  columns: ReturnType<typeof columnsIn>
}

async function* csvLines(
  records: ReturnType<typeof csvRecords>,
  { names, map, columns }: Mapped,
): AsyncGenerator<ReadLine> {
  for await (const record of records) {
    if ('fault' in record) {
      yield faultyLine(record)
      continue
    }
    const { line, cells } = record
    if (!hasColumns(cells, names.length)) {
      const detail = `This line has ${cells.length} columns, and the first line has ${names.length}.`
      yield { line, errors: [{ pointer: '', code: 'columns', detail }] }
      continue
    }
    const read = readConsignment(valueOfCells(cells, columns, map))
    yield {
      line,
      ...('errors' in read ? { ...read, errors: named(read.errors, cells, { names, map, columns }) } : read),
    }
  }
}

/** Empty cells behind the last column are what spreadsheets leave there. */
function hasColumns(cells: readonly string[], count: number): boolean {
  return cells.length >= count && cells.slice(count).every(cell => cell.trim() === '')
}

/** Says of each wrong field in which column of the file it stands. */
function named(
  errors: readonly FieldError[],
  cells: string[],
  { names, map, columns }: Mapped,
): FieldError[] {
  const columnOf = new Map<string, string>()
  valueOfCells(cells, columns, map, (pointer, at) => columnOf.set(pointer, names[at] ?? ''))
  return errors.map(error => {
    const [pointer] = [...columnOf.keys()]
      .filter(each => error.pointer === each || error.pointer.startsWith(`${each}/`))
      .toSorted((one, other) => other.length - one.length)
    const column = columnOf.get(pointer ?? '')
    return column === undefined ? error : { ...error, detail: `Column "${column}": ${error.detail}` }
  })
}

async function* textLines(lines: AsyncIterable<FileLine>, charset: string): AsyncGenerator<CsvLine> {
  const decode = decoderOf(charset)
  for await (const read of lines) {
    const { line, bytes } = read
    if (line === 1) checkNotUtf16(read)
    const text = bytes && decode(bytes)
    if (text !== undefined) yield { line, text }
    else yield { line, fault: bytes === undefined ? 'too-long' : 'charset' }
  }
}

async function* andThen(first: CsvLine, rest: AsyncIterable<CsvLine>): AsyncGenerator<CsvLine> {
  yield first
  yield* rest
}

function faultyLine({ line, fault }: { line: number; fault: CsvFault }): ReadLine {
  return { line, errors: [{ pointer: '', code: fault, detail: faults[fault] }] }
}

function unreadable(what: string): FocalpointError<'body-malformed'> {
  return new FocalpointError('body-malformed', `This file cannot be read. ${what}`, { what })
}
