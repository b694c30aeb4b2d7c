import { createReadStream, existsSync } from 'node:fs'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { edges, fieldOf, tables } from '../keys.ts'
import { parseEntry } from '../notice-row.ts'
import { salvageInChild } from './children.ts'

/**
 * Made from the notices when they enter again, or true of the lost store alone, as sessions and links: repairing may
 * bring back one that has ended. All other tables are carried over.
 */
const derived: readonly string[] = [
  tables.notice.key(''),
  tables.head.key('', ''),
  tables.voids.key(''),
  tables.missing.key('', ''),
  tables.until.key('', '', ''),
  tables.ref.key('', 0),
  tables.refCount.key(''),
  tables.index.key('', 0),
  tables.words.key(0),
  tables.batch.key(0),
  tables.meta.key(''),
  tables.feed.key(0),
  tables.session.key(''),
  tables.link.key(''),
].map(key => fieldOf(key, 0))

const texts: readonly string[] = [tables.log.key('', '', 0), tables.voided.key('', '')].map(key =>
  fieldOf(key, 0),
)

/** What could be read of a store that was set aside. */
export interface Salvaged {
  /** Rows that were made here and that no peer has. */
  local: Map<string, string>
  /** The last cursor of its feed that could be read. */
  feed: number
  /** Signed notices, log by log in order; void ones last. */
  notices: () => AsyncGenerator<string>
}

/** Reads copies in children: the folder itself stays as it was found. */
export async function salvage(dir: string, work: string): Promise<Salvaged> {
  await rm(work, { recursive: true, force: true })
  const found: string[] = []
  if (existsSync(dir)) {
    for (const repair of [false, true]) {
      const copy = join(work, 'copy')
      const to = join(work, repair ? 'repaired' : 'read')
      await mkdir(work, { recursive: true, mode: 0o700 })
      await cp(dir, copy, { recursive: true })
      const why = await salvageInChild({ dir: copy, to, repair })
      await rm(copy, { recursive: true, force: true })
      if (existsSync(to)) found.push(to)
      if (why.length === 0) break
    }
  }
  const local = new Map<string, string>()
  let feed = 0
  for await (const [key, value] of rowsIn(found)) {
    const table = fieldOf(key, 0)
    if (table === 'feed') feed = Math.max(feed, Number(fieldOf(key, 1)))
    // What was read without repair comes first: repairing may bring back what was written over.
    if (isLocal(key) && !local.has(key)) local.set(key, value)
  }
  return { local, feed, notices: () => noticesIn(found) }
}

function isLocal(key: string): boolean {
  const table = fieldOf(key, 0)
  return (
    !derived.includes(table) &&
    !texts.includes(table) &&
    key !== edges.first &&
    key !== edges.last &&
    key !== tables.beacon.key()
  )
}

async function* noticesIn(paths: readonly string[]): AsyncGenerator<string> {
  for await (const [key, value] of rowsIn(paths)) {
    if (!texts.includes(fieldOf(key, 0))) continue
    const { jws, parts } = parseEntry(value)
    yield [jws, ...parts.map(part => part.text), ''].join('~')
  }
}

async function* rowsIn(paths: readonly string[]): AsyncGenerator<[key: string, value: string]> {
  for (const path of paths) {
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
    for await (const line of lines) {
      const row = parseRow(line)
      if (row !== undefined) yield row
    }
  }
}

/** A child that was aborted may leave half a line. */
function parseRow(line: string): [string, string] | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
