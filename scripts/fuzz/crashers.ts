import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Crasher } from './try-all.ts'

const folder = join(import.meta.dirname, 'crashers')

/** Texts that once made something throw that is none of our errors, or that looked as if they could. */
export async function savedCrashers(): Promise<Crasher[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.json')).sort()
  return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
}

/** Kept under a name of its own, so that the same text is kept once. */
export async function saveCrasher(crasher: Crasher): Promise<void> {
  const name = createHash('sha256').update(crasher.target).update(crasher.text).digest('hex').slice(0, 12)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(crasher, null, 1)}\n`)
}
