import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FocalpointError, openTrust, trustText } from '#protocol'
import type { Config } from '../config.ts'
import { replaceDurably } from '../durable-file.ts'
import { type FileDigest, syncFolder, writeNewFile } from './files.ts'
import { backupFiles, backupFormat, type Manifest, manifestFile } from './manifest.ts'
import { readRowsHead } from './rows-text.ts'
import { tallyOf } from './tally.ts'

export interface BackupPlan {
  config: Pick<Config, 'member' | 'dataDir' | 'keyFile' | 'trustFile'>
  /** The text of focalpoint.toml, where there is one. */
  settings?: string | undefined
  /** As `rowsText` makes it. */
  rows: AsyncIterable<string>
  /** The folder in which the backup becomes a folder of its own. */
  to: string
  /** Seconds since 1970. */
  now: number
}

export interface CreatedBackup {
  folder: string
  bytes: number
  manifest: Manifest
}

/** When the last good backup was made: beside the store, for those who ask how old it is. */
const lastBackupFile = 'last-backup.json'

/**
 * Keys as they are sealed, the store's rows, settings and registry in a new folder. It bears another name until every
 * file and last the manifest is on disk. Throws `backup-invalid` where rows were cut short.
 */
export async function createBackup(plan: BackupPlan): Promise<CreatedBackup> {
  const { config, now, to } = plan
  const createdAt = new Date(now * 1000).toISOString()
  const name = `focalpoint-backup-${config.member}-${createdAt.replace(/\.\d+/, '').replaceAll(':', '-')}`
  const parent = resolve(to)
  const folder = join(parent, name)
  const draft = join(parent, `.${name}.unfinished`)
  await makeFolder(parent, draft)
  try {
    const { manifest, bytes } = await writeFiles(plan, { draft, createdAt })
    await rename(draft, folder)
    await syncFolder(parent)
    await replaceDurably(
      join(config.dataDir, lastBackupFile),
      `${JSON.stringify({ at: now, to: folder, bytes })}\n`,
    )
    return { folder, bytes, manifest }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw asAlreadyThere(error, folder)
  }
}

async function makeFolder(parent: string, draft: string): Promise<void> {
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 })
    await mkdir(draft, { mode: 0o700 })
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    throw new FocalpointError(
      'file-unreadable',
      `No backup can be written to ${parent}: ${what}. Name another folder with --to.`,
      { path: parent, what },
      { cause },
    )
  }
}

async function writeFiles(
  { config, settings, rows }: BackupPlan,
  { draft, createdAt }: { draft: string; createdAt: string },
): Promise<{ manifest: Manifest; bytes: number }> {
  const files: Record<string, FileDigest> = {}
  const write = async (name: string, texts: AsyncIterable<string> | Iterable<string>) => {
    files[name] = await writeNewFile(join(draft, name), texts)
  }
  const rowsPath = join(draft, backupFiles.rows)
  await write(backupFiles.rows, rows)
  const head = await readRowsHead(rowsPath)
  checkMember(head.member, config.member)
  const { counts, heads, destroyAfter, trust } = await tallyOf(rowsPath)
  await write(backupFiles.keys, [await readFile(config.keyFile, 'utf8')])
  await write(backupFiles.trust, [await newestTrust(config.trustFile, trust)])
  if (settings !== undefined) await write(backupFiles.settings, [settings])
  const { member, net, software, schema } = head
  const manifest: Manifest = {
    ...{ format: backupFormat, member, net, createdAt, software, schema, heads, counts },
    ...(destroyAfter !== undefined && { destroyAfter }),
    files,
  }
  const last = await writeNewFile(join(draft, manifestFile), [`${JSON.stringify(manifest, null, 2)}\n`])
  await syncFolder(draft)
  return { manifest, bytes: [...Object.values(files), last].reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** The registry that was in force: what the node had adopted, where that is newer than its file. */
async function newestTrust(trustFile: string, adopted: string | undefined): Promise<string> {
  const text = await readFile(trustFile, 'utf8')
  if (adopted === undefined) return text
  const [first, kept] = await Promise.all([openTrust(text), openTrust(adopted)])
  return kept.net === first.net && kept.members.version > first.members.version ? trustText(kept) : text
}

function checkMember(found: string, member: string): void {
  if (found === member) return
  throw new FocalpointError(
    'conflict',
    `The node that was asked is ${found}'s and these settings are ${member}'s: say with --url which node is meant.`,
    { what: found },
  )
}

/** Two backups within one second: the first stands. */
function asAlreadyThere(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ENOTEMPTY' && code !== 'EEXIST') return error
  return new FocalpointError('already-there', `There is a backup of this second already: ${folder}.`, {
    path: folder,
  })
}
