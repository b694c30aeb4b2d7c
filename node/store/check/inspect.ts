import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beginningOf, isTable, onlyGrows, storeFilesIn } from './files.ts'
import type { HighWater } from './high-water.ts'
import { isSoundLog } from './log-file.ts'
import { isSoundTable } from './table-file.ts'

/** What the files tell before LevelDB touches them: a damaged one can end the process that reads it (trap 17). */
export type Finding =
  | { state: 'new' }
  /** Every byte is as it was sealed, or checks by itself. */
  | { state: 'vouched' }
  /** These tables are not whole: left behind by a crash, or damaged. Without a good mark every row must be read, too. */
  | { state: 'unsure'; tables: string[]; allRows: boolean }
  | { state: 'damaged'; what: string[] }
  /** There is no store where there was one. */
  | { state: 'emptied' }

/** Compares the store's files with the mark, and checks by themselves the bytes that are newer than it. */
export async function inspectFiles(dir: string, mark: HighWater | undefined): Promise<Finding> {
  const names = await storeFilesIn(dir)
  if (!names.some(name => isTable(name) || name.endsWith('.log'))) {
    if (mark !== undefined && mark.batch > 0) {
      return names.length === 0
        ? { state: 'emptied' }
        : { state: 'damaged', what: ['all logs and tables are gone'] }
    }
    // A crash may have come while the first files were made.
    return { state: 'new' }
  }
  const what = [...(await wrongCurrent(dir, names, mark))]
  const tables: string[] = []
  for (const name of names) {
    const sealed = mark?.files[name]
    if (name === 'CURRENT') continue
    if (sealed !== undefined && !(await isAsSealed(join(dir, name), sealed))) what.push(`${name} was changed`)
    else if (onlyGrows(name)) {
      if (!(await isSoundFrom(join(dir, name), sealed?.bytes ?? 0))) what.push(`${name} was changed`)
    } else if (sealed === undefined && !isSoundTable(await readFile(join(dir, name)))) tables.push(name)
  }
  if (what.length > 0) return { state: 'damaged', what }
  const allRows = mark === undefined || mark.isDoubted === true
  return allRows || tables.length > 0 ? { state: 'unsure', tables, allRows } : { state: 'vouched' }
}

/** Those of these tables that are not whole; LevelDB may merge and remove one meanwhile. */
export async function brokenTables(dir: string, names: readonly string[]): Promise<string[]> {
  const broken: string[] = []
  for (const name of names) {
    const bytes = await readFile(join(dir, name)).catch(() => undefined)
    if (bytes !== undefined && !isSoundTable(bytes)) broken.push(name)
  }
  return broken
}

/** CURRENT names the manifest: LevelDB makes an empty store where it is missing, and takes any manifest that it names. */
async function wrongCurrent(
  dir: string,
  names: readonly string[],
  mark: HighWater | undefined,
): Promise<string[]> {
  if (!names.includes('CURRENT')) return ['CURRENT is missing']
  const text = await readFile(join(dir, 'CURRENT'), 'latin1')
  const [, manifest = ''] = /^(MANIFEST-\d{6,})\n$/.exec(text) ?? []
  if (!names.includes(manifest)) return ['CURRENT was changed']
  const sealed = Object.keys(mark?.files ?? {}).filter(name => name.startsWith('MANIFEST-'))
  return sealed.every(name => numberOf(name) <= numberOf(manifest)) ? [] : ['CURRENT was changed']
}

function numberOf(manifest: string): number {
  return Number(manifest.slice('MANIFEST-'.length))
}

async function isAsSealed(
  path: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
): Promise<boolean> {
  return (await beginningOf(path, bytes))?.sha256 === sha256
}

async function isSoundFrom(path: string, from: number): Promise<boolean> {
  const bytes = await readFile(path)
  return bytes.length <= from || isSoundLog(bytes, from)
}
