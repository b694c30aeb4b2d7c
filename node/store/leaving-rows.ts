import { partNames } from '#protocol'
import { withoutAnswers } from './deliveries.ts'
import { feedRow } from './feed.ts'
import { withoutBodyIndex } from './index-rows.ts'
import { tables } from './keys.ts'
import { entryOf, envelopeOf, noticeRow, noticeRowOf, textRow } from './notice-row.ts'
import { late, type Operation, put, remove } from './operation.ts'

/** Takes all parts of a notice away and looks for none of them any more; its envelope stays. No erasure: they may come back. */
export function leaveOps(id: string, at: number): Operation[] {
  return late(view => {
    const row = noticeRowOf(view.get, id)
    const entry = row && entryOf(view.get, row, id)
    if (row === undefined || entry === undefined) return []
    const rules = Object.entries(envelopeOf(entry).parts)
    return [
      textRow(row, { ...entry, parts: [] }),
      ...rules.map(([name]) => remove(tables.missing.key(id, name))),
      ...rules.flatMap(([name, { until }]) =>
        until === undefined ? [] : [remove(tables.until.key(until, id, name))],
      ),
      ...withoutBodyIndex(row),
      noticeRow(id, { ...row, keys: undefined }),
      ...withoutAnswers(view, id),
      ...(entry.parts.length > 0 ? [feedRow({ cursor: view.nextCursor(), kind: 'erased', id, at })] : []),
    ]
  })
}

/** Looks for the parts of a notice again, all but those that were erased. */
export function rejoinOps(id: string): Operation[] {
  return late(view => {
    const row = noticeRowOf(view.get, id)
    const entry = row && entryOf(view.get, row, id)
    if (row === undefined || entry === undefined) return []
    const envelope = envelopeOf(entry)
    return partNames(envelope).flatMap(name => {
      const isHeld = entry.parts.some(part => part.name === name)
      if (isHeld || view.get(tables.erased.key(id, name)) !== undefined) return []
      const until = envelope.parts[name]?.until
      return [
        put(tables.missing.key(id, name), ''),
        ...(until === undefined ? [] : [put(tables.until.key(until, id, name), '')]),
      ]
    })
  })
}
