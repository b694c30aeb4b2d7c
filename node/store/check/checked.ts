import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isError } from '#protocol'
import { openStore, type Store, type StoreOptions } from '../index.ts'
import { fieldOf } from '../keys.ts'
import { put } from '../operation.ts'
import { checkInChild } from './children.ts'
import { readHighWater } from './high-water.ts'
import { inspectFiles } from './inspect.ts'
import { type Salvaged, salvage } from './salvage.ts'
import { markPathOf, type SetAside, setAside, storeDirOf, unfinished, writeReport } from './set-aside.ts'

// How a store is opened that checks itself.
// 1. Files: compared with the mark kept outside; newer bytes are checked by themselves. Nothing opens them yet.
// 2. Rows: where no mark vouches for every byte, a child reads them all.
// 3. Opened; no batch may be missing, and it must hold what the mark tells of.
// 4. What does not pass is set aside, and a new store is filled: tables made here at once, notices by whoever opened it,
//    through the gate; what is missing then comes from the peers.

export type CheckedOptions = Omit<StoreOptions, 'dir' | 'mark' | 'markPath' | 'feedFloor'> & {
  dataDir: string
  now: () => number
  /** Only for control runs that show what is lost without: whatever is there is opened. */
  unsafeNoCheck?: boolean
}

/** A store that was lost, to be filled again. */
export interface Refill {
  /** What was found, in words for people. */
  found: SetAside['found']
  folder: string
  /** Table → rows that are not there any more, as far as the mark tells. */
  lost: Record<string, number>
  /** Signed texts of notices that could be read, log by log in order. */
  notices: () => AsyncGenerator<string>
  /** To be called when they have passed the gate: until then every start begins again. */
  done: (report: object) => Promise<void>
}

export interface Checked {
  store: Store
  refills: Refill[]
}

/** Throws `data-folder-in-use`, `data-folder-unusable`, `store-version-differs`. */
export async function openCheckedStore({
  dataDir,
  now,
  unsafeNoCheck = false,
  ...options
}: CheckedOptions): Promise<Checked> {
  const dir = storeDirOf(dataDir)
  if (unsafeNoCheck) return { store: await openStore({ ...options, dir }), refills: [] }
  const wrong = await findDamage(dataDir)
  if (wrong !== undefined) await setAside(dataDir, wrong, new Date(now() * 1000))
  try {
    return await openAndFill({ ...options, dataDir })
  } catch (error) {
    if (!isError(error, 'store-damaged') && !isError(error, 'data-folder-unusable')) throw error
    if (await isHalfMade(dataDir)) await rm(dir, { recursive: true })
    else if (isError(error, 'store-damaged'))
      await setAside(dataDir, { state: 'damaged', what: [error.details.what] }, new Date(now() * 1000))
    else throw error
    return await openAndFill({ ...options, dataDir })
  }
}

/** LevelDB names its first manifest before that is flushed: with the power gone then it opens no more, and held nothing. */
async function isHalfMade(dataDir: string): Promise<boolean> {
  const { state } = await inspectFiles(storeDirOf(dataDir), await readHighWater(markPathOf(dataDir)))
  return state === 'new' && existsSync(join(storeDirOf(dataDir), 'CURRENT'))
}

/** The first two steps. */
async function findDamage(
  dataDir: string,
): Promise<{ state: 'damaged' | 'emptied'; what: string[] } | undefined> {
  const dir = storeDirOf(dataDir)
  // Before the mark is read: one that a crash left in place belongs to a store that was set aside.
  await unfinished(dataDir)
  const mark = await readHighWater(markPathOf(dataDir))
  const found = await inspectFiles(dir, mark)
  if (found.state === 'emptied') return { state: 'emptied', what: ['the folder is empty'] }
  if (found.state === 'damaged') return found
  if (found.state !== 'unsure') return undefined
  const what = await checkInChild({ dir, mark, tables: found.tables, allRows: found.allRows })
  return what.length === 0 ? undefined : { state: 'damaged', what }
}

async function openAndFill({ dataDir, ...options }: Omit<CheckedOptions, 'now'>): Promise<Checked> {
  const lost = await unfinished(dataDir)
  const salvaged: { aside: SetAside; rows: Salvaged }[] = []
  for (const aside of lost) salvaged.push({ aside, rows: await salvage(aside.store, workOf(aside.folder)) })
  const feedFloor = Math.max(
    0,
    ...salvaged.map(({ aside, rows }) => Math.max(aside.mark?.feed ?? 0, rows.feed)),
  )
  const markPath = markPathOf(dataDir)
  const mark = await readHighWater(markPath)
  await using opened = new AsyncDisposableStack()
  const store = opened.use(
    await openStore({ ...options, dir: storeDirOf(dataDir), markPath, mark, feedFloor }),
  )
  const refills: Refill[] = []
  for (const { aside, rows } of salvaged) refills.push(await fill(store, aside, rows))
  opened.move()
  return { store, refills }
}

function workOf(folder: string): string {
  return join(folder, 'work')
}

/** Rows of a page that is written at once. */
const rowsPerWrite = 512

/** Carries the local tables over; what was written since, after a crash in the middle of this, stays. */
async function fill(
  store: Store,
  { folder, found, mark }: SetAside,
  { local, notices }: Salvaged,
): Promise<Refill> {
  const carriedOver: Record<string, number> = {}
  const rows = [...local]
  for (const [key] of rows) carriedOver[fieldOf(key, 0)] = (carriedOver[fieldOf(key, 0)] ?? 0) + 1
  for (let at = 0; at < rows.length; at += rowsPerWrite) {
    const page = rows.slice(at, at + rowsPerWrite).filter(([key]) => !store.hasRow(key))
    await store.write(page.map(([key, value]) => put(key, value)))
  }
  const lost = lostOf(mark?.tables ?? {}, carriedOver)
  return {
    found,
    folder,
    lost,
    notices,
    async done(report) {
      await writeReport(folder, { ...found, carriedOver, lost, isCounted: mark !== undefined, ...report })
      await rm(workOf(folder), { recursive: true, force: true })
    },
  }
}

/** Heads, missing parts and the like come back with the notices. */
const cameFromPeers: readonly string[] = ['head', 'missing', 'voids']

function lostOf(
  before: Readonly<Record<string, number>>,
  carriedOver: Record<string, number>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(before).flatMap(([table, count]) => {
      const lost = count - (carriedOver[table] ?? 0)
      return lost > 0 && !cameFromPeers.includes(table) ? [[table, lost]] : []
    }),
  )
}
