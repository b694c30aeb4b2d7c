import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type HighWater, readHighWater } from './high-water.ts'

// A store that is damaged or was emptied is set aside: `store-damaged-<UTC time>` in the data folder holds it in `store`,
// its mark, what was found, and at last a report. A folder without a report is not done with: after a crash it is gone
// through again, which changes nothing that was done.

const prefix = 'store-damaged-'
const markName = 'high-water.json'
const foundName = 'found.json'
const reportName = 'report.json'

/** What was wrong. */
export interface Found {
  state: 'damaged' | 'emptied'
  what: string[]
  /** ISO 8601. */
  at: string
}

export interface SetAside {
  folder: string
  store: string
  found: Found
  mark: HighWater | undefined
}

export function storeDirOf(dataDir: string): string {
  return join(dataDir, 'store')
}

export function markPathOf(dataDir: string): string {
  return join(dataDir, markName)
}

/** Moves the store and its mark away, in this order. */
export async function setAside(dataDir: string, found: Omit<Found, 'at'>, now: Date): Promise<void> {
  const folder = freeName(join(dataDir, `${prefix}${now.toISOString().slice(0, 19).replaceAll(':', '')}Z`))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, foundName), `${JSON.stringify({ ...found, at: now.toISOString() })}\n`)
  if (existsSync(storeDirOf(dataDir))) await rename(storeDirOf(dataDir), join(folder, 'store'))
  await moveMark(dataDir, folder)
}

/** Folders that are not done with, oldest first. */
export async function unfinished(dataDir: string): Promise<SetAside[]> {
  const names = existsSync(dataDir) ? await readdir(dataDir) : []
  const folders = names
    .filter(name => name.startsWith(prefix))
    .sort()
    .map(name => join(dataDir, name))
    .filter(folder => !existsSync(join(folder, reportName)))
  return await Promise.all(folders.map(folder => read(dataDir, folder)))
}

/** Says what became of it; from then on the folder is only evidence. */
export async function writeReport(folder: string, report: object): Promise<void> {
  await writeFile(join(folder, reportName), `${JSON.stringify(report, null, 2)}\n`)
}

async function read(dataDir: string, folder: string): Promise<SetAside> {
  // A crash may have come between the two moves: then there is no store yet that the mark could belong to.
  if (!existsSync(storeDirOf(dataDir))) await moveMark(dataDir, folder)
  const mark = await readHighWater(join(folder, markName))
  return { folder, store: join(folder, 'store'), found: await readFound(folder), mark }
}

async function readFound(folder: string): Promise<Found> {
  try {
    return JSON.parse(await readFile(join(folder, foundName), 'utf8'))
  } catch {
    return { state: 'damaged', what: [], at: '' }
  }
}

async function moveMark(dataDir: string, folder: string): Promise<void> {
  const to = join(folder, markName)
  if (existsSync(markPathOf(dataDir)) && !existsSync(to)) await rename(markPathOf(dataDir), to)
}

function freeName(path: string): string {
  for (let at = 2; ; at++) {
    const name = at === 2 ? path : `${path}-${at - 1}`
    if (!existsSync(name)) return name
  }
}
