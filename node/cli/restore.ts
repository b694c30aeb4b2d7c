import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { backupFiles } from '../backup/manifest.ts'
import { type Restored, restoreBackup } from '../backup/restore.ts'
import type { VerifiedBackup } from '../backup/verify.ts'
import type { Config } from '../config.ts'
import { createDurably } from '../durable-file.ts'
import { verifyWithProgress } from './backup.ts'
import { asConfigured, type ConfigFlags, loadFrom } from './config.ts'
import { asListing, type Listing } from './options.ts'
import { openProgress } from './progress.ts'
import { printJson, say, styledTalk } from './talk.ts'

type RestoreOptions = ConfigFlags & Listing & { to?: string; replace?: boolean }

const usualSettings = 'focalpoint.toml'

export function describeRestore(command: Command): void {
  asConfigured(asListing(command))
    .argument('<folder>', 'a backup, as "backup create" made it')
    .option('--to <data folder>', 'the data folder (else data_dir of the settings)')
    .option('--replace', 'set a store that is there aside')
    .action(restore)
}

async function restore(folder: string, options: RestoreOptions): Promise<void> {
  const backup = await verifyWithProgress(folder, options)
  const settings = await settingsFrom(backup, options)
  const { config } = await loadFrom({ ...options, ...(options.to !== undefined && { dataDir: options.to }) })
  const progress = await openProgress({ what: 'Restoring', total: backup.rows, quiet: options.quiet })
  const restored = await restoreBackup({
    backup,
    config,
    replace: options.replace === true,
    now: Math.floor(Date.now() / 1000),
    onRows: rows => progress.advance(rows),
  })
  progress.done(`Restored ${backup.rows} rows.`)
  if (options.json) printJson({ ...restored, member: config.member, heads: backup.manifest.heads })
  for (const line of saidAfter(backup, { restored, config, settings })) say(line, options)
}

/** On a machine that has none the backup's own settings become those of this folder; gives where they were written. */
async function settingsFrom(
  { folder, manifest }: VerifiedBackup,
  { config }: RestoreOptions,
): Promise<string | undefined> {
  const isGiven = config !== undefined || process.env.FOCALPOINT_CONFIG !== undefined
  const path = resolve(usualSettings)
  if (isGiven || existsSync(path) || manifest.files[backupFiles.settings] === undefined) return undefined
  await createDurably(path, await readFile(join(folder, backupFiles.settings), 'utf8'))
  return path
}

function saidAfter(
  { manifest }: VerifiedBackup,
  { restored, config, settings }: { restored: Restored; config: Config; settings: string | undefined },
): string[] {
  const { partsLeftOut, setAside, erasuresAreIncomplete, written } = restored
  const minutes = Math.ceil(config.signing.listenSeconds / 60)
  const own = Object.values(manifest.heads).flatMap(issuers => issuers[config.member] ?? [])
  return [
    `Restored ${manifest.member} as it was on ${manifest.createdAt} into ${config.dataDir}.`,
    ...[...(settings === undefined ? [] : [settings]), ...written].map(path => `Written: ${path}`),
    ...(partsLeftOut > 0
      ? [`${partsLeftOut} parts were left out: their last day is over, or they were erased since.`]
      : []),
    ...(setAside === undefined
      ? []
      : [
          `What was there before is in ${setAside}. Destroy it once the node works: parts in it have their last days too.`,
        ]),
    ...(erasuresAreIncomplete
      ? [
          styledTalk(
            'yellow',
            'The old store was damaged, so some of its records of erasures may be lost: erase again what was erased by hand since the backup.',
          ),
        ]
      : []),
    'What happens next: start it with "focalpoint serve". It fetches from the other members what it lacks.',
    own.length === 0
      ? 'It signs nothing before another member has told that it knows no notices of ours.'
      : `It signs nothing before it has heard from other members how far they know our own log, has caught up with it, and has then listened for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}: so no place is signed twice. Reading and screening work at once.`,
    'Never run a second node from the same backup.',
  ]
}
