import { withoutAnswers } from './deliveries.ts'
import { feedRow } from './feed.ts'
import { withoutBodyIndex } from './index-rows.ts'
import { fieldOf, tables, under } from './keys.ts'
import type { Mirror } from './mirror.ts'
import {
  entryOf,
  envelopeOf,
  indexedPart,
  type NoticeRow,
  noticeRow,
  noticeRowOf,
  textRow,
} from './notice-row.ts'
import { late, type Operation, put, type RowOperation, remove, type View } from './operation.ts'
import type { Rows } from './rows.ts'

export interface Erasure {
  isErased: (id: string, name: string) => boolean
  /** Ids of all notices that lost this part, also of those that are not held. */
  erasedIds: (name: string) => string[]
  /** Parts whose last day lies before this one (YYYY-MM-DD), by notice. */
  dueParts: (day: string) => Promise<{ id: string; names: string[] }[]>
  /** Deletes parts and all that was made from them, for ever; also of a notice that is not held (a restored record). */
  eraseOps: (id: string, names: readonly string[], at: number) => Operation[]
  /** Notes that files may still hold what was erased, until `compact` is done; to be written with `eraseOps`. */
  unfinishedOps: () => Operation[]
  isUnfinished: () => boolean
  /** Every record of an erasure, for a backup: it must outlive what it erased. */
  records: () => Promise<{ id: string; name: string; at: number }[]>
}

const unfinished = 'unfinished-erasure'

/** Notes that files may still hold what was deleted. */
export function unfinishedRow(): RowOperation {
  return put(tables.meta.key(unfinished), '')
}

/** Takes the note away, after all files were written anew. */
export function finishedOps(): Operation[] {
  return [remove(tables.meta.key(unfinished))]
}

export function erasureIn(rows: Rows, erased: Mirror): Erasure {
  return {
    isErased: (id, name) => rows.get(tables.erased.key(id, name)) !== undefined,
    erasedIds: name =>
      erased.entries().flatMap(([key]) => (fieldOf(key, 2) === name ? [fieldOf(key, 1)] : [])),
    async dueParts(day) {
      const keys = await rows.scanKeys({ ...under('until'), lt: tables.until.key(day, '', '') })
      const due = new Map<string, string[]>()
      for (const key of keys) {
        const id = fieldOf(key, 2)
        due.set(id, [...(due.get(id) ?? []), fieldOf(key, 3)])
      }
      return Array.from(due, ([id, names]) => ({ id, names }))
    },
    eraseOps,
    unfinishedOps: () => [unfinishedRow()],
    isUnfinished: () => rows.get(tables.meta.key(unfinished)) !== undefined,
    async records() {
      const found = await rows.scan(under('erased'))
      return found.map(([key, at]) => ({ id: fieldOf(key, 1), name: fieldOf(key, 2), at: Number(at) }))
    },
  }
}

function eraseOps(id: string, names: readonly string[], at: number): Operation[] {
  return late(view => {
    const fresh = names.filter(name => view.get(tables.erased.key(id, name)) === undefined)
    if (fresh.length === 0) return []
    const records = fresh.map(name => put(tables.erased.key(id, name), String(at)))
    const row = noticeRowOf(view.get, id)
    return row === undefined ? records : [...records, ...eraseRows(view, row, { id, names: fresh, at })]
  })
}

function eraseRows(
  view: View,
  row: NoticeRow,
  { id, names, at }: { id: string; names: readonly string[]; at: number },
): RowOperation[] {
  const entry = entryOf(view.get, row, id)
  if (entry === undefined) return []
  const rules = envelopeOf(entry).parts
  const days = names.flatMap(name => {
    const until = rules[name]?.until
    return until === undefined ? [] : [remove(tables.until.key(until, id, name))]
  })
  return [
    textRow(row, { ...entry, parts: entry.parts.filter(part => !names.includes(part.name)) }),
    ...days,
    ...names.map(name => remove(tables.missing.key(id, name))),
    ...(names.includes(indexedPart)
      ? [...withoutBodyIndex(row), noticeRow(id, { ...row, keys: undefined })]
      : []),
    ...withoutAnswers(view, id),
    feedRow({ cursor: view.nextCursor(), kind: 'erased', id, at }),
  ]
}
