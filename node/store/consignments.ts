import { isObject, isPast } from '#protocol'
import type { Consignment, Lane, Match } from '../consignment.ts'
import { feedRow } from './feed.ts'
import { tables, under } from './keys.ts'
import { late, type Operation, putJson, remove } from './operation.ts'
import type { Rows } from './rows.ts'

/** A consignment that somebody chose to keep. Of its matches no text: what is erased must not come back from here. */
export interface KeptConsignment {
  id: string
  /** The id of the person whose it is. */
  person: string
  consignment: Consignment
  /** Seconds since 1970, as is `screenedAt`. */
  keptAt: number
  /** The last day, YYYY-MM-DD. */
  keptUntil: string
  screenedAt: number
  lane: Lane
  exercise: boolean
  matches: readonly Pick<Match, 'kind' | 'notice' | 'type' | 'item' | 'score' | 'lane' | 'exercise'>[]
}

/** How far kept consignments were screened again. */
export interface Rescreened {
  /** All of the feed up to this cursor. */
  through: number
  /** By which rule and list, and on which day: what holds is a matter of dates, too. */
  by: string
}

export interface Consignments {
  find: (person: string, id: string) => KeptConsignment | undefined
  /** Newest first, only older ones than `before`. */
  ofPerson: (person: string, o: { before?: string | undefined; limit: number }) => Promise<KeptConsignment[]>
  /** All of them, page by page. */
  pages: () => AsyncGenerator<KeptConsignment[]>
  putOps: (kept: KeptConsignment) => Operation[]
  deleteOps: (person: string, id: string) => Operation[]
  /** What was found now, with its line in the feed if it is to be told; nothing where it is kept no longer. */
  changeOps: (
    kept: Pick<KeptConsignment, 'person' | 'id'>,
    at: number,
    change: (held: KeptConsignment) => { kept: KeptConsignment; isTold: boolean } | undefined,
  ) => Operation[]
  rescreened: () => Rescreened | undefined
  rescreenedOps: (rescreened: Rescreened) => Operation[]
}

/** Screened without a pause. */
const rowsPerPage = 128

export function consignmentsIn(rows: Rows): Consignments {
  const mark = tables.meta.key('rescreened')
  return {
    find(person, id) {
      const value = rows.get(tables.consignment.key(person, id))
      return value === undefined ? undefined : JSON.parse(value)
    },
    async ofPerson(person, { before, limit }) {
      const range = under('consignment', person)
      const lt = before === undefined ? range.lt : tables.consignment.key(person, before)
      return parsedRows(await rows.scan({ ...range, lt, reverse: true, limit }))
    },
    async *pages() {
      const range = under('consignment')
      for (let gt = range.gt; ; ) {
        const page = await rows.scan({ ...range, gt, limit: rowsPerPage })
        if (page.length > 0) yield parsedRows(page)
        if (page.length < rowsPerPage) return
        gt = page.at(-1)?.[0] ?? gt
      }
    },
    putOps: kept => [putJson(tables.consignment.key(kept.person, kept.id), kept)],
    deleteOps: (person, id) => [remove(tables.consignment.key(person, id))],
    changeOps,
    rescreened() {
      const value = rows.get(mark)
      return value === undefined ? undefined : JSON.parse(value)
    },
    rescreenedOps: rescreened => [putJson(mark, rescreened)],
  }
}

const changeOps: Consignments['changeOps'] = ({ person, id }, at, change) => {
  const key = tables.consignment.key(person, id)
  return late(view => {
    const value = view.get(key)
    const changed = value === undefined ? undefined : change(JSON.parse(value))
    if (changed === undefined) return []
    const row = putJson(key, changed.kept)
    return changed.isTold ? [row, feedRow({ cursor: view.nextCursor(), kind: 'matched', id, at })] : [row]
  })
}

function parsedRows(rows: readonly [key: string, value: string][]): KeptConsignment[] {
  return rows.map(([, value]) => JSON.parse(value))
}

/** The last day on which this row may be kept. */
export function dayOfConsignment(value: string): string | undefined {
  const kept: unknown = JSON.parse(value)
  return isObject(kept) && typeof kept.keptUntil === 'string' ? kept.keptUntil : undefined
}

export function isDueConsignment(value: string, now: number): boolean {
  const day = dayOfConsignment(value)
  return day !== undefined && isPast(day, now)
}
