import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { backupInvalid } from './manifest.ts'

export type Row = [key: string, value: string]

const headForm = z.strictObject({
  format: z.literal('focalpoint-rows/1'),
  member: z.string(),
  net: z.string(),
  software: z.string(),
  schema: z.string(),
  /** Seconds since 1970. */
  at: z.int(),
})
const endForm = z.strictObject({ rows: z.int() })

export type RowsHead = Omit<z.output<typeof headForm>, 'format'>

/** Rows as lines of JSON: whose they are, a line for each, and last how many there were, so that a cut shows. */
export async function* rowsText(
  head: RowsHead,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield lineOf({ format: 'focalpoint-rows/1', ...head })
  let rows = 0
  for await (const page of pages) {
    rows += page.length
    yield page.map(lineOf).join('')
  }
  yield lineOf({ rows })
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}

/** Whose rows a file holds. Throws `backup-invalid`. */
export async function readRowsHead(path: string): Promise<RowsHead> {
  for await (const line of linesOf(path)) {
    const head = headForm.safeParse(jsonOf(line, 1))
    if (!head.success) break
    const { format: _, ...rest } = head.data
    return rest
  }
  throw backupInvalid('its rows do not begin by saying whose they are')
}

/** A file's rows in pages. Throws `backup-invalid` at a line that is no row, and at the end where rows are missing. */
export async function* readRows(path: string, { pageRows = 1000 } = {}): AsyncGenerator<Row[]> {
  let page: Row[] = []
  let number = 0
  let rows = 0
  let said: number | undefined
  for await (const line of linesOf(path)) {
    number += 1
    if (number === 1) continue
    if (said !== undefined) throw backupInvalid('its rows go on after their end')
    const value = jsonOf(line, number)
    if (!isRow(value)) {
      said = endForm.safeParse(value).data?.rows
      if (said === undefined) throw backupInvalid(`line ${number} of its rows is no row`)
      continue
    }
    rows += 1
    page.push(value)
    if (page.length < pageRows) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
  if (said !== rows) throw backupInvalid(`it has ${rows} rows and should have ${said ?? 'an end'}`)
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw backupInvalid(`line ${number} of its rows cannot be read`, cause)
  }
}

function isRow(value: unknown): value is Row {
  return Array.isArray(value) && value.length === 2 && value.every(each => typeof each === 'string')
}
