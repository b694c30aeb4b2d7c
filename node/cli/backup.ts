import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { isError } from '#protocol'
import packageJson from '../../package.json' with { type: 'json' }
import { createBackup } from '../backup/create.ts'
import { backupFiles } from '../backup/manifest.ts'
import { rowsAtRest } from '../backup/rows-at-rest.ts'
import { type VerifiedBackup, verifyBackup } from '../backup/verify.ts'
import type { Config } from '../config.ts'
import { readConfigFile } from '../config-layers.ts'
import { parseKeyFile } from '../key-file.ts'
import { clientFrom } from './client.ts'
import { asConfigured, type ConfigFlags, loadFrom } from './config.ts'
import { asClient, asListing, type Listing, type NodeAddress } from './options.ts'
import { openProgress } from './progress.ts'
import { print, printJson, say, styled, styledTalk } from './talk.ts'

type CreateOptions = ConfigFlags & NodeAddress & Listing & { to: string }

export function describeBackup(command: Command): void {
  asConfigured(
    asClient(
      command
        .command('create')
        .description('Write keys, registry, settings and all that the store holds into a new folder.'),
    ),
  )
    .requiredOption('--to <folder>', 'the folder in which the backup becomes a folder of its own')
    .action(create)
  asListing(command.command('verify').description('Check a backup by itself, with no node and no network.'))
    .argument('<folder>', 'as "backup create" made it')
    .action(verify)
}

async function create(options: CreateOptions): Promise<void> {
  const { config } = await loadFrom(options)
  const settings = await readConfigFile({
    file: options.config ?? process.env.FOCALPOINT_CONFIG,
    workingDirectory: process.cwd(),
  })
  const { folder, bytes, manifest } = await createFrom(options, config, settings?.text)
  if (options.json) printJson({ folder, bytes, ...manifest })
  else print(folder)
  say(`Backed up ${manifest.counts.notice ?? 0} notices (${Math.ceil(bytes / 1024)} KiB).`, options)
  say(`Next: focalpoint backup verify ${folder}`, options)
  if (await holdsOpenKeys(folder))
    say(
      styledTalk(
        'yellow',
        'The keys in it are not encrypted, as they are here: whoever reads it can sign in your name. See "focalpoint keys passphrase".',
      ),
      options,
    )
  if (manifest.destroyAfter !== undefined)
    say(
      `It must be destroyed by the end of ${manifest.destroyAfter}: parts in it may be kept no longer.`,
      options,
    )
}

async function holdsOpenKeys(folder: string): Promise<boolean> {
  const path = join(folder, backupFiles.keys)
  return parseKeyFile(path, await readFile(path, 'utf8')).form === 'plain'
}

/** From the files where no node runs on them, else from the running node. */
async function createFrom(options: CreateOptions, config: Config, settings: string | undefined) {
  const plan = { config, settings, to: options.to, now: Math.floor(Date.now() / 1000) }
  if (options.url !== undefined) return createBackup({ ...plan, rows: rowsOfNode(options, options.url) })
  try {
    return await createBackup({ ...plan, rows: rowsAtRest(config, { software: packageJson.version }) })
  } catch (error) {
    if (!isError(error, 'data-folder-in-use')) throw error
    return createBackup({ ...plan, rows: rowsOfNode(options, process.env.FOCALPOINT_URL ?? urlOf(config)) })
  }
}

async function* rowsOfNode(address: NodeAddress, url: string): AsyncGenerator<string> {
  const client = await clientFrom({ ...address, url })
  const { body } = await client.open('/v1/backups', {}, { method: 'POST' })
  if (body !== null) yield* body.pipeThrough(new TextDecoderStream())
}

function urlOf({ api: { host, port } }: Config): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function verify(folder: string, { json, quiet }: Listing): Promise<void> {
  const backup = await verifyWithProgress(folder, { quiet })
  const { manifest, notices, rows, strangers } = backup
  if (json) printJson({ valid: true, folder, notices, rows, strangers, ...manifest })
  else print(verifiedText(backup))
}

export async function verifyWithProgress(
  folder: string,
  { quiet }: { quiet?: boolean | undefined },
): Promise<VerifiedBackup> {
  let progress: Awaited<ReturnType<typeof openProgress>> | undefined
  const backup = await verifyBackup(folder, {
    onBegin: async total => {
      progress = await openProgress({ what: 'Verifying', total, quiet })
    },
    onRows: rows => progress?.advance(rows),
  })
  progress?.done(`Verified ${backup.rows} rows.`)
  return backup
}

function verifiedText({ manifest, notices, strangers }: VerifiedBackup): string {
  const { member, createdAt, software, destroyAfter } = manifest
  return [
    `${styled('green', '✔ complete and as it was written')}`,
    `  of         ${member}, ${createdAt}, by focalpoint ${software}`,
    `  notices    ${notices}, every signature, chain and part verified`,
    destroyAfter === undefined
      ? '  destroy    nothing in it has a last day'
      : `  destroy    by the end of ${destroyAfter}`,
    ...strangers.map(
      name => `  ${styled('yellow', 'besides')}    ${name} does not belong to the backup: look what it is`,
    ),
  ].join('\n')
}
