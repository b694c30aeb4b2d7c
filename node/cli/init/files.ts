import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { channelNames } from '#protocol'
import { alreadyThere, createDurably } from '../../durable-file.ts'
import { writeNothingSigned } from '../../last-signed.ts'
import type { InitPlan } from './plan.ts'

/** A file of a new node, by its name in the folder. */
export interface NewFile {
  name: string
  text: string
  /** Secrets are for their owner only. */
  isSecret: boolean
}

/** Names in the folder of a new node. */
export const fileNames = {
  settings: 'focalpoint.toml',
  keys: 'focalpoint-keys.json',
  recovery: 'recovery-key.json',
  trust: 'trust.json',
  request: 'join-request.json',
} as const

/** The store's folder, beside the settings, where no other was chosen. */
export const dataFolder = 'focalpoint-data'

type Places = Pick<InitPlan, 'folder' | 'dataDir' | 'lastSignedDir'>

/** Throws `already-there`: also where a store or a record is that belongs to another key. */
export function checkNothingThere(
  { folder, dataDir, lastSignedDir }: Places,
  names: readonly string[],
): void {
  for (const name of names) if (existsSync(join(folder, name))) throw alreadyThere(join(folder, name))
  for (const path of [dataDir, lastSignedDir]) {
    if (existsSync(path) && readdirSync(path).some(isNotOfTheDisk)) throw alreadyThere(path)
  }
}

/** Everything or nothing: what was made is taken away again when a later file cannot be. */
export async function writeAll(places: Places, files: readonly NewFile[]): Promise<void> {
  checkNothingThere(
    places,
    files.map(({ name }) => name),
  )
  const { folder, dataDir, lastSignedDir } = places
  await using made = new AsyncDisposableStack()
  for (const path of [folder, dataDir, lastSignedDir]) await makeFolder(path, made)
  for (const { name, text, isSecret } of files) {
    const path = join(folder, name)
    await createDurably(path, text, { mode: isSecret ? 0o600 : 0o644 })
    made.defer(() => rm(path, { force: true }))
  }
  for (const channel of channelNames) {
    made.defer(() => rm(join(lastSignedDir, `${channel}.json`), { force: true }))
  }
  await writeNothingSigned(lastSignedDir, channelNames)
  made.move()
}

/** A disk of its own that is mounted there has this folder from the start. */
function isNotOfTheDisk(name: string): boolean {
  return name !== 'lost+found'
}

/** Takes away only the folders that were made here. */
async function makeFolder(path: string, made: AsyncDisposableStack): Promise<void> {
  if (existsSync(path)) return
  await makeFolder(dirname(path), made)
  await mkdir(path, { mode: 0o700 })
  made.defer(() => rmdir(path))
}
