import { canonical, sha256 } from '#protocol'
import type { AuditCheck, AuditEnd, AuditEntry, AuditRows } from '../audit.ts'
import { numberAtEnd, tables, under } from './keys.ts'
import { late, type Operation, put, putJson, type RowOperation, remove, type View } from './operation.ts'
import type { Rows } from './rows.ts'

/** As kept: with the SHA-256 of the row before, so that each row vouches for all before it. */
interface AuditRow extends AuditEntry {
  prev: string
}

const rowsPerPage = 1000
const none: AuditEnd = { number: 0, hash: sha256('') }

export interface AuditRowsOptions {
  rows: Rows
  write: (operations: readonly Operation[]) => Promise<void>
}

export function auditRowsIn({ rows, write }: AuditRowsOptions): AuditRows {
  return {
    append: entry => write(late(view => appendRows(view, entry))),
    async before(number, limit) {
      const range = { ...under('audit'), reverse: true, limit }
      const found = await rows.scan(number === undefined ? range : { ...range, lt: tables.audit.key(number) })
      return found.map(([, value]) => {
        const { prev: _, ...entry } = parseRow(value)
        return entry
      })
    },
    check: () => checkChain(rows),
    async removeBefore(at) {
      let removed = 0
      // Most looks find nothing: one row tells.
      for (let limit = 1; ; limit = rowsPerPage) {
        const page = await rows.scan({ ...under('audit'), limit })
        const kept = page.findIndex(([, value]) => parseRow(value).at >= at)
        const gone = kept < 0 ? page : page.slice(0, kept)
        const last = gone.at(-1)
        if (last === undefined) return removed
        const mark = putJson(tables.auditMark.key('first'), endOf(last[1]))
        await write([...gone.map(([key]) => remove(key)), mark])
        removed += gone.length
      }
    },
  }
}

/** A mark that a damaged store brought back from before is stepped over, so that no row is written twice. */
function appendRows(view: View, entry: Omit<AuditEntry, 'number'>): RowOperation[] {
  let last = markIn(view.get, 'last')
  for (;;) {
    const next = view.get(tables.audit.key(last.number + 1))
    if (next === undefined) break
    last = endOf(next)
  }
  const number = last.number + 1
  const value = canonical({ ...entry, number, prev: last.hash } satisfies AuditRow)
  return [
    put(tables.audit.key(number), value),
    putJson(tables.auditMark.key('last'), { number, hash: sha256(value) } satisfies AuditEnd),
  ]
}

/** Begins again where the oldest rows were removed meanwhile, as they should be. */
async function checkChain(rows: Rows): Promise<AuditCheck> {
  const begin = markIn(rows.get, 'first')
  const found = await checkFrom(begin, rows)
  const isAsBefore = markIn(rows.get, 'first').number === begin.number
  return found.isWhole || isAsBefore ? found : checkChain(rows)
}

async function checkFrom(begin: AuditEnd, rows: Rows): Promise<AuditCheck> {
  // Read before the rows: what is noted meanwhile is beyond it.
  const marked = markIn(rows.get, 'last')
  let last = begin
  for (;;) {
    const page = await rows.scan({
      ...under('audit'),
      gt: tables.audit.key(last.number),
      limit: rowsPerPage,
    })
    for (const [key, value] of page) {
      const number = last.number + 1
      if (numberAtEnd(key) !== number) return { isWhole: false, number, what: 'removed' }
      const row = parseRow(value)
      // Each row is vouched for by the next one: where it does not, the one before was changed.
      if (row.prev !== last.hash) return { isWhole: false, number: last.number, what: 'changed' }
      if (row.number !== number) return { isWhole: false, number, what: 'changed' }
      last = endOf(value)
      if (marked.number === number && marked.hash !== last.hash)
        return { isWhole: false, number, what: 'changed' }
    }
    if (page.length < rowsPerPage) break
  }
  if (marked.number > last.number) return { isWhole: false, number: last.number + 1, what: 'removed' }
  return { isWhole: true, entries: last.number - begin.number, last }
}

function markIn(get: Rows['get'], end: 'first' | 'last'): AuditEnd {
  const value = get(tables.auditMark.key(end))
  return value === undefined ? none : JSON.parse(value)
}

function endOf(value: string): AuditEnd {
  return { number: parseRow(value).number, hash: sha256(value) }
}

function parseRow(value: string): AuditRow {
  return JSON.parse(value)
}
