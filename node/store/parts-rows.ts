import type { PartsAdmission } from '../admission.ts'
import { feedRow } from './feed.ts'
import { bodyIndexRows } from './index-rows.ts'
import { tables } from './keys.ts'
import {
  entryOf,
  indexedPart,
  type LogEntry,
  logParts,
  type NoticeRow,
  noticeRow,
  noticeRowOf,
  textRow,
} from './notice-row.ts'
import { late, type Operation, put, type RowOperation, remove, type View } from './operation.ts'

/** Parts that came after their notice; those held already, or erased, are dropped. */
export function partsOps(admission: PartsAdmission): Operation[] {
  return late(view => {
    const { id } = admission.envelope
    const row = noticeRowOf(view.get, id)
    const entry = row && entryOf(view.get, row, id)
    if (row === undefined || entry === undefined) return []
    const parts = admission.parts.filter(
      ({ name }) =>
        !entry.parts.some(held => held.name === name) && view.get(tables.erased.key(id, name)) === undefined,
    )
    return parts.length === 0 ? [] : partsRows(view, { row, entry, admission: { ...admission, parts } })
  })
}

function partsRows(
  view: View,
  { row: before, entry, admission }: { row: NoticeRow; entry: LogEntry; admission: PartsAdmission },
): RowOperation[] {
  const { envelope, parts, keys, words, receivedAt } = admission
  const { id } = envelope
  const isFound = !before.isVoid && parts.some(part => part.name === indexedPart)
  const flags = [...new Set([...before.flags, ...admission.flags])]
  const row: NoticeRow = isFound ? { ...before, flags, keys } : { ...before, flags }
  const all = [...entry.parts, ...logParts(envelope, parts)].sort((a, b) => (a.name < b.name ? -1 : 1))
  return [
    noticeRow(id, row),
    textRow(row, { ...entry, parts: all }),
    feedRow({ cursor: view.nextCursor(), kind: 'parts', id, at: receivedAt }),
    ...parts.flatMap(({ name }) => [remove(tables.missing.key(id, name)), ...untilRow(admission, name)]),
    ...(isFound ? bodyIndexRows(row, words) : []),
  ]
}

function untilRow({ envelope }: PartsAdmission, name: string): RowOperation[] {
  const until = envelope.parts[name]?.until
  return until === undefined ? [] : [put(tables.until.key(until, envelope.id, name), '')]
}
