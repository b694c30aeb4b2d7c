import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CreatedBackup, createBackup } from '../../../node/backup/create.ts'
import { restoreBackup } from '../../../node/backup/restore.ts'
import { rowsAtRest } from '../../../node/backup/rows-at-rest.ts'
import { verifyBackup } from '../../../node/backup/verify.ts'
import { benchConfig } from '../../../scripts/bench/bench-node.ts'
import type { Participants } from '../../network/participants.ts'

const secondsNow = () => Math.floor(Date.now() / 1000)

/** The settings of one member's node, with its key file and trust file beside its data folder. */
export async function installed(
  alliance: Participants,
  member: string,
  dataDir = alliance.dataDirOf(member),
) {
  const folder = join(alliance.folder, `files of ${member}`)
  const keyFile = join(folder, 'keys.json')
  const trustFile = join(folder, 'trust.json')
  await mkdir(folder, { recursive: true })
  await writeFile(keyFile, JSON.stringify(alliance.keysOf(member)), { mode: 0o600 })
  await writeFile(trustFile, alliance.alliance.trust)
  return { ...benchConfig(member, dataDir), keyFile, trustFile }
}

/** Of a running node where its rows are given, else of its files. */
export async function backUp(
  alliance: Participants,
  member: string,
  {
    rows,
    now = secondsNow(),
    dataDir,
  }: { rows?: AsyncIterable<string>; now?: number; dataDir?: string } = {},
): Promise<CreatedBackup> {
  const config = await installed(alliance, member, dataDir)
  return createBackup({
    config,
    settings: `member = "${member}"\n`,
    rows: rows ?? rowsAtRest(config, { software: 'test' }),
    to: join(alliance.folder, 'backups'),
    now,
  })
}

/** Verified first, as the command does it. */
export async function restore(
  alliance: Participants,
  member: string,
  { folder, dataDir, replace = false, now = secondsNow() }: RestoreOptions,
) {
  const config = await installed(alliance, member, dataDir)
  return restoreBackup({ backup: await verifyBackup(folder), config, replace, now })
}

interface RestoreOptions {
  folder: string
  dataDir?: string
  replace?: boolean
  now?: number
}

/** Writes the rows with the manifest that a forger would write: digest, end and counts fit. */
export async function rewrite(folder: string, text: string): Promise<void> {
  const rows = text
    .trimEnd()
    .split('\n')
    .filter(line => line.startsWith('['))
  const ended = text.replace(/^\{"rows":\d+\}$/m, `{"rows":${rows.length}}`)
  await writeFile(join(folder, 'rows.ndjson'), ended)
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const sha256 = createHash('sha256').update(ended).digest('hex')
  manifest.files['rows.ndjson'] = { bytes: Buffer.byteLength(ended), sha256 }
  manifest.counts = {}
  for (const line of rows) {
    const table = /^\["(\w+)/.exec(line)?.[1] ?? ''
    manifest.counts[table] = (manifest.counts[table] ?? 0) + 1
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
}
