import { parse } from 'csv-parse/sync'
import { FocalpointError } from '#protocol'
import { separatorIn } from '../../desk/consignments/column-map.ts'
import type { ColumnMap } from '../../desk/consignments/column-map-form.ts'
import { type ReadFile, readCsv, readJsonLines, readList } from '../../desk/consignments/read-lines.ts'
import type { ColumnMapsDesk } from '../../desk/customs.ts'

/** How the columns of a list are told: by its first line, by this order, else by a saved map of this name. */
export const namedColumns = 'named'
export const orderedColumns = 'ordered'

/** What the columns are where the first line does not say. */
export const columnOrder = [
  'reference',
  'description',
  'hs.code',
  'quantity.value',
  'quantity.unit',
  'origin',
  'destination',
  'exporter',
  'exporter country',
  'consignee',
  'consignee country',
] as const

/** Of the first line, to count its columns. */
const firstLineBytes = 64 * 1024

/** A list as pasted or as a file. Throws `body-malformed`, and `request-malformed` where columns are missing. */
export async function readGiven(
  bytes: Uint8Array,
  { columns, columnMaps }: { columns: string; columnMaps: ColumnMapsDesk },
): Promise<ReadFile> {
  const first = firstSign(bytes)
  if (first === '{') return readJsonLines(chunks(bytes))
  if (first === '[') return readList(jsonList(bytes))
  if (columns === orderedColumns) return readUnnamed(bytes)
  const map = columns === namedColumns ? undefined : mapNamed(columns, columnMaps)
  return readCsv(chunks(bytes), map, map?.charset ?? 'utf-8')
}

/** With a first line put before it, which names as many columns as there are; lines keep their numbers. */
async function readUnnamed(bytes: Uint8Array): Promise<ReadFile> {
  const text = new TextDecoder().decode(bytes.subarray(0, firstLineBytes))
  const line = text.split(/\r?\n/, 1)[0] ?? ''
  const separator = separatorIn(line)
  const [cells = []] = parse(line, { delimiter: separator, relax_quotes: true, relax_column_count: true })
  const header = (cells as string[]).map((_, at) => columnOrder[at] ?? `column ${at + 1}`)
  const { lines } = await readCsv(
    chunks(Buffer.concat([Buffer.from(`${header.join(separator)}\n`), bytes])),
    undefined,
    'utf-8',
  )
  return { lines: numbered(lines), columns: { read: header, ignored: header.slice(columnOrder.length) } }
}

async function* numbered(lines: ReadFile['lines']): ReadFile['lines'] {
  for await (const read of lines) yield { ...read, line: read.line - 1 }
}

function mapNamed(columns: string, columnMaps: ColumnMapsDesk): ColumnMap {
  const name = columns.replace(/^map:/, '')
  const stored = columnMaps.find(name)
  if (stored !== undefined) return stored.map
  throw new FocalpointError('not-found', 'This column map is no longer there.', {
    what: 'column map',
    id: name,
  })
}

function jsonList(bytes: Uint8Array): unknown[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (Array.isArray(value)) return value
  } catch {
    // Told below.
  }
  throw new FocalpointError(
    'body-malformed',
    'This begins like a JSON list and is none: it may have been cut off.',
    { what: 'JSON' },
  )
}

function firstSign(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, firstLineBytes)).trimStart().charAt(0)
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
