import { type Envelope, limits } from '#protocol'
import { feedRow } from './feed.ts'
import { headRow, parseHead } from './heads.ts'
import { withoutIndex } from './index-rows.ts'
import { tables } from './keys.ts'
import {
  entryOf,
  envelopeOf,
  type LogEntry,
  type NoticeRow,
  noticeRow,
  noticeRowOf,
  textKey,
  textRow,
} from './notice-row.ts'
import { late, type Operation, put, type RowOperation, remove, type View } from './operation.ts'
import { withoutRefs } from './ref-rows.ts'

/**
 * The registry has ended the key below this notice: it leaves its log, and the head falls to the place before it.
 * Every later notice of the log must be voided in the same write.
 */
export function voidOps(id: string, at: number): Operation[] {
  return late(view => {
    const row = noticeRowOf(view.get, id)
    const entry = row && entryOf(view.get, row, id)
    if (row === undefined || entry === undefined || row.isVoid) return []
    return [
      ...leaveLog(view, row, envelopeOf(entry)),
      ...keepAsVoid(view, row, entry),
      feedRow({ cursor: view.nextCursor(), kind: 'voided', id, at }),
    ]
  })
}

export function voidIds(get: View['get'], kid: string): string[] {
  return get(tables.voids.key(kid))?.split(' ') ?? []
}

export function voidListRow(get: View['get'], kid: string, id: string): RowOperation {
  return put(tables.voids.key(kid), [...voidIds(get, kid), id].join(' '))
}

function leaveLog(view: View, row: NoticeRow, envelope: Envelope): RowOperation[] {
  const { channel, issuer, seq } = row
  const { id, prev, parts } = envelope
  const head = view.get(tables.head.key(channel, issuer))
  const isInLog = head !== undefined && parseHead(head).seq >= seq
  return [
    remove(textKey(row, id)),
    ...Object.keys(parts).map(name => remove(tables.missing.key(id, name))),
    ...withoutRefs(view, envelope),
    ...withoutIndex(row),
    ...(isInLog ? [headRow(channel, issuer, prev === null ? undefined : { seq: seq - 1, id: prev })] : []),
  ]
}

function keepAsVoid(view: View, before: NoticeRow, entry: LogEntry): RowOperation[] {
  const { id } = entry
  const { kid } = before
  if (voidIds(view.get, kid).length >= limits.voidNoticesPerKey) {
    return [remove(tables.notice.key(id)), ...withoutDays(envelopeOf(entry))]
  }
  const row: NoticeRow = { ...before, isVoid: true, keys: undefined }
  return [noticeRow(id, row), textRow(row, entry), voidListRow(view.get, kid, id)]
}

function withoutDays({ id, parts }: Envelope): RowOperation[] {
  return Object.entries(parts).flatMap(([name, { until }]) =>
    until === undefined ? [] : [remove(tables.until.key(until, id, name))],
  )
}
