import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Frontier } from '#protocol'
import type { FileDigest } from './files.ts'

/** What the store held at a moment, written down outside it: whoever changes, empties or turns back the one is told by the other. */
export interface HighWater {
  /** The number of the last batch. */
  batch: number
  heads: Frontier
  /** The last cursor of the feed. */
  feed: number
  /** Rows of each table that is read from memory, so that what is lost can be counted. */
  tables: Readonly<Record<string, number>>
  files: Readonly<Record<string, FileDigest>>
  /** Something was read that was not as it was written: the files vouch for nothing. */
  isDoubted?: boolean
}

/** Undefined where there is none, or where it is not as it was written. */
export async function readHighWater(path: string): Promise<HighWater | undefined> {
  try {
    const { sha256, ...mark }: HighWater & { sha256: string } = JSON.parse(await readFile(path, 'utf8'))
    return sha256 === sumOf(mark) ? mark : undefined
  } catch {
    return undefined
  }
}

/** Write, flush, rename, flush the folder: a power cut leaves the old mark or this one. */
export async function writeHighWater(path: string, mark: HighWater): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = await open(`${path}.new`, 'w', 0o600)
  try {
    await draft.writeFile(`${JSON.stringify({ ...mark, sha256: sumOf(mark) })}\n`)
    await draft.sync()
  } finally {
    await draft.close()
  }
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function sumOf(mark: HighWater): string {
  return createHash('sha256').update(JSON.stringify(mark)).digest('hex')
}
