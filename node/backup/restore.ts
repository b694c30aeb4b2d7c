import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import { channelNames, FocalpointError, noticeTypes } from '#protocol'
import type { Config } from '../config.ts'
import { findingsOf } from '../content.ts'
import { createDurably } from '../durable-file.ts'
import { LastSignedFiles } from '../last-signed.ts'
import { type Erasures, holdsStore, readErasures, restoringDirOf, writeNewStore } from '../store/at-rest.ts'
import { markPathOf, storeDirOf } from '../store/check/set-aside.ts'
import { schema } from '../store/index.ts'
import { syncFolder } from './files.ts'
import { backupFiles } from './manifest.ts'
import { readRows } from './rows-text.ts'
import type { VerifiedBackup } from './verify.ts'

// What was verified becomes the store of a node that is not running.
// 1. Nothing is changed before the old store, if there is one, was read for its records of erasures.
// 2. The new store is written beside the old one, under a name that no node opens.
// 3. The record of what was signed last stays only where it knows more than the backup; else it goes aside, so that the
//    restore guard begins by recovering. The high-water mark goes aside: it tells of the old store.
// 4. The old store goes aside and the new one takes its place. Whoever stops between these steps begins again.
//
// The notices do not pass the gate again: it would number the feed anew, date every receipt today, and refuse what was
// rightly kept before a fork or a stop. Each was verified as the gate does it, and its rows are those that the gate once
// wrote; only what notices are found by is made again.

export interface RestorePlan {
  backup: VerifiedBackup
  config: Pick<Config, 'member' | 'dataDir' | 'keyFile' | 'trustFile' | 'signing'>
  /** Whether a store that is there may be set aside. */
  replace: boolean
  /** Seconds since 1970. */
  now: number
  onRows?: (rows: number) => void
}

export interface Restored {
  dataDir: string
  /** Parts that were in the backup and may no longer be kept. */
  partsLeftOut: number
  /** Where the old store and what belongs to it is now. */
  setAside: string | undefined
  /** The old store was damaged: some of its records of erasures may be lost. */
  erasuresAreIncomplete: boolean
  /** Files of the backup that were missing here and were written. */
  written: string[]
}

/** Throws `conflict`, `data-folder-in-use`, `store-version-differs`. */
export async function restoreBackup(plan: RestorePlan): Promise<Restored> {
  const { backup, config, now } = plan
  checkFits(plan)
  const { dataDir } = config
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if ((await holdsStore(dataDir)) && !plan.replace) throw storeThere(dataDir)
  const erasures = await readErasures(dataDir)
  const draft = restoringDirOf(dataDir)
  await rm(draft, { recursive: true, force: true })
  const { partsLeftOut } = await writeNewStore({
    dir: draft,
    pages: readRows(join(backup.folder, backupFiles.rows)),
    erasures,
    isErased: isErasedIn(backup, erasures),
    findingsOf: (envelope, parts) => findingsOf(envelope, parts, noticeTypes),
    now,
    onRows: plan.onRows ?? (() => {}),
  })
  const aside = await setAside(plan)
  await rename(draft, storeDirOf(dataDir))
  await syncFolder(dataDir)
  return {
    dataDir,
    partsLeftOut,
    setAside: aside,
    erasuresAreIncomplete: erasures.areIncomplete,
    written: await writeMissing(plan),
  }
}

function checkFits({ backup: { folder, manifest }, config }: RestorePlan): void {
  const { dataDir, keyFile, trustFile, signing } = config
  const within = [dataDir, keyFile, trustFile, signing.lastSignedDir].find(path => isWithin(folder, path))
  if (within !== undefined) throw leadsIntoBackup(within)
  if (manifest.member !== config.member) {
    throw new FocalpointError(
      'conflict',
      `This backup is ${manifest.member}'s, and the settings here are ${config.member}'s.`,
      { what: manifest.member },
    )
  }
  if (manifest.schema === schema) return
  throw new FocalpointError(
    'store-version-differs',
    `This backup holds a store of version ${manifest.schema} and this focalpoint reads version ${schema}: restore it with focalpoint ${manifest.software}, then update.`,
    { found: manifest.schema, reads: schema },
  )
}

function isWithin(folder: string, path: string): boolean {
  return `${path}${sep}`.startsWith(`${resolve(folder)}${sep}`)
}

function leadsIntoBackup(path: string): FocalpointError<'conflict'> {
  return new FocalpointError(
    'conflict',
    `These settings lead into the backup itself (${path}), which must stay as it is. Copy its focalpoint.toml into the folder where the node is to be, and run this there. Nothing was changed.`,
    { what: path },
  )
}

function storeThere(dataDir: string): FocalpointError<'conflict'> {
  return new FocalpointError(
    'conflict',
    `There is a store in ${dataDir} already. Add --replace to set it aside; it is kept, and what it knows of erasures is carried over.`,
    { what: 'store' },
  )
}

function isErasedIn(
  { erased }: VerifiedBackup,
  { records }: Erasures,
): (id: string, name: string) => boolean {
  return (id, name) => erased.has(`${id}!${name}`) || records.has(`${id}!${name}`)
}

/** Moves away what belongs to the old store, the store itself last; gives the folder where it is now. */
async function setAside(plan: RestorePlan): Promise<string | undefined> {
  const { config, now } = plan
  const moves = [
    ...(await recordsThatKnowNoMore(plan)),
    ...[markPathOf(config.dataDir), storeDirOf(config.dataDir)].filter(existsSync),
  ]
  if (moves.length === 0) return undefined
  const time = new Date(now * 1000).toISOString().slice(0, 19).replaceAll(':', '')
  const aside = join(config.dataDir, `store-replaced-${time}Z`)
  await mkdir(aside, { mode: 0o700 })
  for (const from of moves) {
    if (from === storeDirOf(config.dataDir)) await rename(from, join(aside, 'store'))
    else {
      // The record of what was signed last is best kept on another disk, and renaming does not reach over two.
      await copyFile(from, join(aside, basename(from)))
      await rm(from)
    }
  }
  return aside
}

/** One that holds a notice of ours that the backup lacks stays: nobody else may have that notice. */
async function recordsThatKnowNoMore({ backup: { manifest }, config }: RestorePlan): Promise<string[]> {
  const { lastSignedDir } = config.signing
  await using files = new LastSignedFiles(lastSignedDir)
  const paths: string[] = []
  for (const channel of channelNames) {
    const record = await files.read(channel)
    const path = join(lastSignedDir, `${channel}.json`)
    const seq = manifest.heads[channel]?.[config.member]?.[0] ?? 0
    if ((record?.seq ?? 0) <= seq && existsSync(path)) paths.push(path)
  }
  return paths
}

/** Keys, registry and settings that are here already are never overwritten. */
async function writeMissing({ backup, config }: RestorePlan): Promise<string[]> {
  const wanted = [
    [backupFiles.keys, config.keyFile],
    [backupFiles.trust, config.trustFile],
  ] as const
  const written: string[] = []
  for (const [name, path] of wanted) {
    if (existsSync(path)) continue
    await createDurably(path, await readFile(join(backup.folder, name), 'utf8'))
    written.push(path)
  }
  return written
}
