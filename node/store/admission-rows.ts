import { type Envelope, limits } from '#protocol'
import type { Admission } from '../admission.ts'
import { feedRow } from './feed.ts'
import { headRow, parseHead } from './heads.ts'
import { bodyIndexRows, envelopeIndexRows } from './index-rows.ts'
import { tables } from './keys.ts'
import { indexedPart, logParts, type NoticeRow, noticeRow, textRow } from './notice-row.ts'
import { late, type Operation, put, type RowOperation, type View } from './operation.ts'
import { refRows } from './ref-rows.ts'
import { voidIds, voidListRow } from './void-rows.ts'

/** All rows of a notice that has passed the gate; none when it is kept already, or void beyond what is kept of one key. */
export function admissionOps(admission: Admission): Operation[] {
  return late(view => {
    if (isKept(view.get, admission.envelope)) return []
    if (admission.isVoid && voidIds(view.get, admission.envelope.kid).length >= limits.voidNoticesPerKey)
      return []
    return admissionRows(view, withoutErased(view, admission))
  })
}

/** Beyond the head of its log nothing is kept but void notices, so the disk need not be asked. */
export function isKept(get: View['get'], { id, kid, channel, issuer, seq }: Envelope): boolean {
  const head = get(tables.head.key(channel, issuer))
  if (head === undefined || parseHead(head).seq < seq) return voidIds(get, kid).includes(id)
  return get(tables.notice.key(id)) !== undefined
}

/** An erasure may have come between the gate and this turn. */
function withoutErased(view: View, admission: Admission): Admission {
  const { envelope } = admission
  const erased = Object.keys(envelope.parts).filter(
    name => admission.erased.includes(name) || view.get(tables.erased.key(envelope.id, name)) !== undefined,
  )
  return { ...admission, erased, parts: admission.parts.filter(part => !erased.includes(part.name)) }
}

function admissionRows(view: View, admission: Admission): RowOperation[] {
  const { envelope, parts, erased, isVoid, receivedAt, words } = admission
  const { id, jws, kid, channel, issuer, seq } = envelope
  const isFound = !isVoid && parts.some(part => part.name === indexedPart)
  const row = rowOf(admission, { cursor: view.nextCursor(), isFound })
  const rows = [
    noticeRow(id, row),
    textRow(row, { id, jws, parts: logParts(envelope, parts) }),
    feedRow({ cursor: row.cursor, kind: isVoid ? 'voided' : 'notice', id, at: receivedAt }),
    ...erased.map(name => put(tables.erased.key(id, name), String(receivedAt))),
    ...untilRows(admission),
  ]
  if (isVoid) return [...rows, voidListRow(view.get, kid, id)]
  return [
    ...rows,
    headRow(channel, issuer, { seq, id }),
    ...refRows(view, envelope),
    ...missingNames(admission).map(name => put(tables.missing.key(id, name), '')),
    ...envelopeIndexRows(row),
    ...(isFound ? bodyIndexRows(row, words) : []),
  ]
}

function rowOf(admission: Admission, { cursor, isFound }: { cursor: number; isFound: boolean }): NoticeRow {
  const { envelope, road, from, receivedAt, flags, isVoid, keys } = admission
  const { kid, channel, issuer, seq, type } = envelope
  const row: NoticeRow = { kid, channel, issuer, seq, type, cursor, road, from, receivedAt, flags, isVoid }
  return isFound ? { ...row, keys } : row
}

function missingNames({ wanted, parts, erased }: Admission): string[] {
  return wanted.filter(name => !erased.includes(name) && !parts.some(part => part.name === name))
}

/** Of parts that are held, and of missing ones: once their day has passed nobody asks for them any more. */
function untilRows(admission: Admission): RowOperation[] {
  const { envelope, parts } = admission
  return [...parts.map(part => part.name), ...missingNames(admission)].flatMap(name => {
    const until = envelope.parts[name]?.until
    return until === undefined ? [] : [put(tables.until.key(until, envelope.id, name), '')]
  })
}
