import { edges, fieldOf, tables } from './keys.ts'
import type { Database } from './rows.ts'

type Row = [key: string, value: string]

/**
 * What a restore makes again from the notices, or what is true of this folder alone; and what must not lie about in
 * copies: secrets that webhooks are signed with, and answers of receivers, which may quote what is erased later. Sessions
 * and sign-in links end for ever, and a restore would open them again.
 */
const leftOut: readonly string[] = [
  edges.first,
  edges.last,
  tables.meta.key('schema'),
  tables.meta.key('unfinished-erasure'),
  tables.batch.key(0),
  tables.index.key('', 0),
  tables.words.key(0),
  tables.beacon.key(),
  tables.secret.key(''),
  tables.attempt.key('', '', 0),
  tables.networkHour.key(0),
  tables.session.key(''),
  tables.link.key(''),
  tables.failures.key(''),
].map(tableOf)

/** The rows of one moment that a backup holds: all but those left out, so that a new table is in it by itself. */
export async function* snapshotOf(database: Pick<Database, 'pages'>): AsyncGenerator<Row[]> {
  for await (const page of database.pages()) {
    const kept = page.filter(([key]) => !leftOut.includes(tableOf(key)))
    if (kept.length > 0) yield kept
  }
}

/** Rows of one kind each are named by their whole key. */
function tableOf(key: string): string {
  const table = fieldOf(key, 0)
  return ['registry', 'meta', ''].includes(table) ? key : table
}
