import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { backupFiles } from '../backup/manifest.ts'
import { type Restored, restoreBackup } from '../backup/restore.ts'
import type { VerifiedBackup } from '../backup/verify.ts'
import type { Config } from '../config.ts'
import type { ConfigFile } from '../config-layers.ts'
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
  const chosen = await loadFrom(options, settings)
  const to = options.to === undefined ? undefined : resolve(options.to)
  const { config } = to === undefined ? chosen : await loadFrom({ ...options, dataDir: to }, settings)
  const progress = await openProgress({ what: 'Restoring', total: backup.rows, quiet: options.quiet })
  const restored = await restoreBackup({
    backup,
    config,
    replace: options.replace === true,
    now: Math.floor(Date.now() / 1000),
    onRows: rows => progress.advance(rows),
  })
  progress.done(`Restored ${backup.rows} rows.`)
  if (settings !== undefined) await createDurably(settings.path, settings.text)
  if (options.json) printJson({ ...restored, member: config.member, heads: backup.manifest.heads })
  const isElsewhere = config.dataDir !== chosen.config.dataDir
  const lines = saidAfter(backup, { restored, config, settings: settings?.path, isElsewhere })
  for (const line of lines) say(line, options)
}

/** On a machine that has none the backup's own settings become those of this folder, once all else is done. */
async function settingsFrom(
  { folder, manifest }: VerifiedBackup,
  { config }: RestoreOptions,
): Promise<ConfigFile | undefined> {
  const isGiven = config !== undefined || process.env.FOCALPOINT_CONFIG !== undefined
  const path = resolve(usualSettings)
  if (isGiven || existsSync(path) || manifest.files[backupFiles.settings] === undefined) return undefined
  return { path, text: await readFile(join(folder, backupFiles.settings), 'utf8') }
}

interface After {
  restored: Restored
  config: Config
  /** Where the settings of the backup were written. */
  settings: string | undefined
  /** The settings name another data folder than the one that was restored into. */
  isElsewhere: boolean
}

function saidAfter(
  { manifest }: VerifiedBackup,
  { restored, config, settings, isElsewhere }: After,
): string[] {
  const { partsLeftOut, setAside, erasuresAreIncomplete, written } = restored
  const minutes = Math.ceil(config.signing.listenSeconds / 60)
  return [
    `Restored ${manifest.member} as it was on ${manifest.createdAt} into ${config.dataDir}.`,
    ...[...(settings === undefined ? [] : [settings]), ...written].map(path => `Written: ${path}`),
    ...(partsLeftOut > 0
      ? [`${partsLeftOut} parts were left out: their last day is over, or they were erased since.`]
      : []),
    ...(setAside === undefined ? [] : [asideText(setAside)]),
    ...(erasuresAreIncomplete
      ? [
          styledTalk(
            'yellow',
            'The old store was damaged, so some of its records of erasures may be lost: erase again what was erased by hand since the backup.',
          ),
        ]
      : []),
    `What happens next: start it with ${startText(config, isElsewhere)}. It fetches from the other members what it lacks. Reading and screening work at once.`,
    `If the record of what was signed last is still there and fits, it signs as soon as another member has answered; else after it has heard a third of the members and has listened for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}: so no place is signed twice.`,
    'Never run a second node from the same backup.',
  ]
}

function asideText(folder: string): string {
  return existsSync(join(folder, 'store'))
    ? `What was there before is in ${folder}. Destroy it once the node works: parts in it have their last days too.`
    : `The record of what was signed last that was there before is in ${folder}.`
}

function startText({ dataDir }: Config, isElsewhere: boolean): string {
  if (!isElsewhere) return '"focalpoint serve"'
  return `"focalpoint serve --data-dir ${dataDir}", or set data_dir = "${dataDir}" in the settings and then "focalpoint serve"`
}
