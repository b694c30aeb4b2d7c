import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { FocalpointNode } from '../../node/node.ts'
import { storeDirOf } from './crash-node.ts'

export const lookEveryMs = 10
export const patienceMs = 20_000

/** Changes one bit of one byte of the store or its mark; gives the kind of file. */
export async function flipIn(
  dataDir: string,
  { random, byBytes, only }: { random: () => number; byBytes: boolean; only: RegExp },
): Promise<string> {
  const store = storeDirOf(dataDir)
  const paths = [...(await readdir(store)).map(name => join(store, name)), join(dataDir, 'high-water.json')]
  const files = paths.filter(path => only.test(basename(path)))
  const sizes = await Promise.all(files.map(async path => ({ path, size: (await stat(path)).size })))
  const { path, size } = chosen(sizes, random, { byBytes })
  const bytes = await readFile(path)
  const at = Math.floor(random() * size)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
  await writeFile(path, bytes)
  return basename(path).replace(/\d{6,}/, 'N')
}

/** The mark first, for it may be older than the store and never newer; again where a file went away meanwhile. */
export async function copyAlive(from: string, to: string): Promise<void> {
  await untilDone('the folder stands still', async () => {
    try {
      await rm(to, { recursive: true, force: true })
      await cp(join(from, 'high-water.json'), join(to, 'high-water.json'))
      await cp(from, to, { recursive: true, filter: path => basename(path) !== 'high-water.json' })
      return true
    } catch {
      return undefined
    }
  })
}

interface Sized {
  path: string
  size: number
}

function chosen(files: readonly Sized[], random: () => number, { byBytes }: { byBytes: boolean }): Sized {
  const weights = files.map(({ size }) => (byBytes ? size : Number(size > 0)))
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const at = weights.findIndex(weight => {
    left -= weight
    return left < 0
  })
  const file = files[at]
  if (file === undefined) throw new TypeError('There are no files.')
  return file
}

/** What only this node has: its people, and drafts in full. */
export async function localOf({ people, desk }: FocalpointNode): Promise<Set<string>> {
  const drafts = await desk.drafts.list()
  return new Set([...people.list(), ...drafts].map(row => JSON.stringify(row)))
}

export async function untilDone<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await delay(lookEveryMs)
  }
  throw new Error(`In ${patienceMs / 1000} s it did not come about that ${what}.`)
}
