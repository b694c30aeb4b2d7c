import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FocalpointError, isError } from '#protocol'
import { checkInChild } from './check/children.ts'
import { storeFilesIn } from './check/files.ts'
import { type HighWater, readHighWater } from './check/high-water.ts'
import { inspectFiles } from './check/inspect.ts'
import { salvage } from './check/salvage.ts'
import { markPathOf, storeDirOf } from './check/set-aside.ts'
import { openStore } from './index.ts'
import { fieldOf, tables, under } from './keys.ts'
import { parseEntry } from './notice-row.ts'
import type { RowOperation } from './operation.ts'
import { RestoredRows, type RestoredRowsOptions } from './restored-rows.ts'
import { Database } from './rows.ts'
import { schema } from './schema.ts'

// A store while no node has it open: what a backup reads of it, what must outlive it, and how a new one is made.

type Row = [key: string, value: string]

/** Whether there is a store in this data folder, whole or not. */
export async function holdsStore(dataDir: string): Promise<boolean> {
  return (await storeFilesIn(storeDirOf(dataDir))).length > 0
}

/** The rows that a backup holds. Throws `not-found`, `data-folder-in-use`, `store-damaged`. */
export async function* snapshotAtRest(dataDir: string): AsyncGenerator<Row[]> {
  if (!(await holdsStore(dataDir))) {
    throw new FocalpointError('not-found', `There is no store in ${dataDir}: check data_dir.`, {
      what: 'store',
      id: dataDir,
    })
  }
  const mark = await readHighWater(markPathOf(dataDir))
  const [wrong] = await damageIn(storeDirOf(dataDir), mark)
  if (wrong !== undefined) {
    throw new FocalpointError(
      'store-damaged',
      `The store in ${dataDir} is damaged (${wrong}), and a backup of it would be too. Start the node: it mends its store from the other members. Then back it up.`,
      { what: wrong },
    )
  }
  await using store = await openStore({ dir: storeDirOf(dataDir), markPath: markPathOf(dataDir), mark })
  yield* store.snapshot()
}

/** Records of erasures: they outlive the store, so that nothing brings a part back. */
export interface Erasures {
  /** `<id>!<name>` of the part → when it was erased, in seconds since 1970. */
  records: ReadonlyMap<string, string>
  /** The store is damaged, and some may have been lost with it. */
  areIncomplete: boolean
}

/** Where a new store is written, until it takes its place. */
export function restoringDirOf(dataDir: string): string {
  return join(dataDir, 'store.restoring')
}

/**
 * Of the store, and of a new one that was whole when a restore broke off just before it took its place. Throws
 * `data-folder-in-use`, `store-version-differs`.
 */
export async function readErasures(dataDir: string): Promise<Erasures> {
  const left = await readErasedIfWhole(restoringDirOf(dataDir))
  const dir = storeDirOf(dataDir)
  const wrong = (await holdsStore(dataDir)) ? await damageIn(dir, undefined) : undefined
  const rows =
    wrong === undefined ? [] : wrong.length === 0 ? await readErased(dir) : await salvageErased(dataDir)
  const records = [...left, ...rows].map(
    ([key, at]) => [`${fieldOf(key, 1)}!${fieldOf(key, 2)}`, at] as const,
  )
  return { records: new Map(records), areIncomplete: wrong !== undefined && wrong.length > 0 }
}

async function readErasedIfWhole(dir: string): Promise<Row[]> {
  if ((await storeFilesIn(dir)).length === 0) return []
  return (await damageIn(dir, undefined)).length === 0 ? readErased(dir) : []
}

/** LevelDB takes its lock before anything else, so a node that runs is met first. */
async function damageIn(dir: string, mark: HighWater | undefined): Promise<string[]> {
  try {
    return await checkInChild({ dir, mark, tables: [] })
  } catch (error) {
    const found = isError(error, 'data-folder-unusable') ? await inspectFiles(dir, mark) : undefined
    if (found?.state !== 'damaged') throw error
    return found.what
  }
}

async function readErased(dir: string): Promise<Row[]> {
  const database = await Database.open(dir)
  try {
    return await database.scan(under('erased'))
  } finally {
    await database.close()
  }
}

async function salvageErased(dataDir: string): Promise<Row[]> {
  const work = join(dataDir, 'restore-work')
  try {
    const { local } = await salvage(storeDirOf(dataDir), work)
    return [...local].filter(([key]) => fieldOf(key, 0) === 'erased')
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

export interface NewStore extends Omit<RestoredRowsOptions, 'entryAt'> {
  dir: string
  /** In key order. */
  pages: AsyncIterable<readonly Row[]>
  /** Of the store that is replaced. */
  erasures: Erasures
  onRows: (rows: number) => void
}

/** Writes the rows of a backup into a new folder; gives how many parts were left out. */
export async function writeNewStore({
  dir,
  pages,
  erasures,
  onRows,
  ...options
}: NewStore): Promise<{ partsLeftOut: number }> {
  const database = await Database.open(dir)
  const entryAt: RestoredRowsOptions['entryAt'] = (channel, issuer, seq) => {
    const text = database.get(tables.log.key(channel, issuer, seq))
    return text === undefined ? undefined : parseEntry(text)
  }
  const rows = new RestoredRows({ ...options, entryAt })
  try {
    for await (const page of pages) {
      for (const isNotice of [false, true]) {
        const some = page.filter(([key]) => (fieldOf(key, 0) === 'notice') === isNotice)
        await write(
          database,
          some.flatMap(([key, value]) => rows.rowsOf(key, value)),
        )
      }
      onRows(page.length)
    }
    await write(database, [...erasedRows(erasures), ...rows.lastRows(), schemaRow()])
    return { partsLeftOut: rows.partsLeftOut }
  } finally {
    await database.close()
  }
}

async function write(database: Database, rows: readonly RowOperation[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(row => [row.key, row.type === 'put' ? row.value : undefined] as const)
  await database.batch(new Map(values), { sync: true })
}

function erasedRows({ records }: Erasures): RowOperation[] {
  return Array.from(records, ([part, at]) => {
    const [id = '', name = ''] = part.split('!')
    return { type: 'put', key: tables.erased.key(id, name), value: at }
  })
}

/** The last of all: a folder that was not written to its end is no store. */
function schemaRow(): RowOperation {
  return { type: 'put', key: tables.meta.key('schema'), value: schema }
}
