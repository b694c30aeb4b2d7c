import { type Frontier, noticeIdOf } from '#protocol'
import { checkedValue } from '../checksum.ts'
import { feedFloor } from '../feed.ts'
import { parseHead } from '../heads.ts'
import { fieldOf, numberAtEnd, tables, under } from '../keys.ts'
import { parseEntry } from '../notice-row.ts'
import type { Database } from '../rows.ts'
import type { HighWater } from './high-water.ts'

/** No batch is missing, and there is all that the mark tells of; needs a few reads. Gives what is wrong. */
export async function checkMark(database: Database, mark: HighWater | undefined): Promise<string[]> {
  if (!(await database.hasAllBatches())) return ['a batch of rows is gone']
  if (mark === undefined) return []
  if (database.batches < mark.batch)
    return [`it ends at batch ${database.batches} and ended at ${mark.batch} before`]
  // Later batches may have voided notices: then heads may be lower.
  if (database.batches > mark.batch) return []
  return headsOf(mark.heads).flatMap(([channel, issuer, place]) =>
    database.get(tables.head.key(channel, issuer)) === place.join(' ')
      ? []
      : [`the log of ${issuer} in ${channel} does not end where it did`],
  )
}

function headsOf(heads: Frontier): [channel: string, issuer: string, place: [number, string]][] {
  return Object.entries(heads).flatMap(([channel, issuers]) =>
    Object.entries(issuers).map(
      ([issuer, place]) => [channel, issuer, place] as [string, string, [number, string]],
    ),
  )
}

/** Reads every row by a run over all and by its key, and follows every log and the feed from end to end. */
export async function checkRows(database: Database): Promise<string[]> {
  const wrong = new Set<string>()
  const logs = new Logs(wrong)
  let cursor: number | undefined
  for await (const page of database.storedPages()) {
    for (const [key, stored] of page) {
      const table = fieldOf(key, 0)
      const value = checkedValue(key, stored)
      if (value === undefined) wrong.add(`a row of the table "${table}" was changed`)
      else if (database.stored(key) !== stored)
        wrong.add(`a row of the table "${table}" is not found by its key`)
      else if (table === 'log') logs.see(key, value)
      else if (table === 'feed') {
        cursor ??= feedFloor(name => database.get(name))
        if (numberAtEnd(key) !== cursor + 1) wrong.add(`the feed has a hole before ${numberAtEnd(key)}`)
        cursor = numberAtEnd(key)
      }
    }
  }
  if (wrong.size > 0) return [...wrong]
  for (const [key, value] of await database.scan(under('head'))) {
    const { seq, id } = parseHead(value)
    logs.checkEnd(`${fieldOf(key, 1)}!${fieldOf(key, 2)}`, { seq, id })
  }
  logs.checkAllEnded()
  for (const id of logs.ids) {
    if (database.get(tables.notice.key(id)) === undefined)
      wrong.add('a notice of a log is not known by its id')
  }
  return [...wrong]
}

/** Logs as they are read in key order: from place 1, each notice with its id and the one before it. */
class Logs {
  readonly #wrong: Set<string>
  readonly #ends = new Map<string, { seq: number; id: string }>()
  readonly #ended = new Set<string>()
  readonly ids: string[] = []

  constructor(wrong: Set<string>) {
    this.#wrong = wrong
  }

  see(key: string, value: string): void {
    const log = `${fieldOf(key, 1)}!${fieldOf(key, 2)}`
    const before = this.#ends.get(log)
    const { id, jws } = parseEntry(value)
    const seq = numberAtEnd(key)
    const payload = payloadOf(jws)
    const isInPlace = seq === (before?.seq ?? 0) + 1 && payload?.seq === seq
    if (!isInPlace || payload?.prev !== (before?.id ?? null))
      this.#wrong.add(`a log has a hole: ${log} ${seq}`)
    if (noticeIdOf(jws) !== id) this.#wrong.add(`a notice is not what its id says: ${log} ${seq}`)
    this.#ends.set(log, { seq, id })
    this.ids.push(id)
  }

  checkEnd(log: string, head: { seq: number; id: string }): void {
    const end = this.#ends.get(log)
    if (end?.seq !== head.seq || end.id !== head.id) this.#wrong.add(`a log does not end at its head: ${log}`)
    this.#ended.add(log)
  }

  checkAllEnded(): void {
    for (const log of this.#ends.keys())
      if (!this.#ended.has(log)) this.#wrong.add(`a log has no head: ${log}`)
  }
}

function payloadOf(jws: string): { seq?: unknown; prev?: unknown } | undefined {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
  } catch {
    return undefined
  }
}
