import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonical, isError, openTrust, type Registry } from '#protocol'
import { digestOf } from './files.ts'
import { backupFiles, backupInvalid, type Manifest, readManifest, strangersIn } from './manifest.ts'
import { SignedRows } from './notices.ts'
import { readRows, readRowsHead } from './rows-text.ts'
import { Tally } from './tally.ts'

export interface VerifiedBackup {
  folder: string
  manifest: Manifest
  registry: Registry
  /** `<id>!<name>` of each part that was erased. */
  erased: ReadonlySet<string>
  notices: number
  /** Rows of all tables. */
  rows: number
  /** Files in the folder that are not of the backup. */
  strangers: string[]
}

/**
 * Checks a backup by itself, with no node and no network: every file's digest, every row, every notice's signature and
 * chain, counts and heads as the manifest has them. Throws `backup-invalid`.
 */
export async function verifyBackup(
  folder: string,
  { onBegin, onRows }: { onBegin?: (rows: number) => Promise<void>; onRows?: (rows: number) => void } = {},
): Promise<VerifiedBackup> {
  const manifest = await readManifest(folder)
  await checkDigests(folder, manifest)
  const registry = await readRegistry(folder, manifest)
  const path = join(folder, backupFiles.rows)
  await checkHead(path, manifest)
  const total = Object.values(manifest.counts).reduce((sum, count) => sum + count, 0)
  await onBegin?.(total)
  const signed = new SignedRows(registry)
  const tally = new Tally()
  for await (const page of readRows(path)) {
    await signed.see(page)
    for (const [key, value] of page) tally.see(key, value)
    onRows?.(page.length)
  }
  signed.finish()
  checkSame('heads', tally.heads, manifest.heads)
  checkSame('counts', tally.counts, manifest.counts)
  checkSame('destroyAfter', tally.destroyAfter ?? null, manifest.destroyAfter ?? null)
  return {
    ...{ folder, manifest, registry, erased: signed.erased, notices: signed.notices, rows: total },
    strangers: await strangersIn(folder, manifest),
  }
}

async function checkDigests(folder: string, { files }: Manifest): Promise<void> {
  for (const [name, said] of Object.entries(files)) {
    const found = await digestOf(join(folder, name)).catch(() => undefined)
    if (found === undefined) throw backupInvalid(`${name} is missing or cannot be read`)
    if (found.bytes !== said.bytes || found.sha256 !== said.sha256)
      throw backupInvalid(`${name} was changed or damaged after it was written`)
  }
}

async function readRegistry(folder: string, { net }: Manifest): Promise<Registry> {
  const registry = await openTrust(await readFile(join(folder, backupFiles.trust), 'utf8')).catch(cause => {
    throw isError(cause) ? backupInvalid(`${backupFiles.trust} is not valid (${cause.code})`, cause) : cause
  })
  if (registry.net !== net) throw backupInvalid(`${backupFiles.trust} is of another network`)
  return registry
}

async function checkHead(path: string, manifest: Manifest): Promise<void> {
  const { member, net, software, schema } = await readRowsHead(path)
  const { member: ofMember, net: ofNet, software: by, schema: form } = manifest
  checkSame(
    'member, net, software, schema',
    { member, net, software, schema },
    {
      ...{ member: ofMember, net: ofNet, software: by, schema: form },
    },
  )
}

function checkSame(what: string, found: object | string | null, said: object | string | null): void {
  if (canonical(found) !== canonical(said)) throw backupInvalid(`its ${what} are not those of its manifest`)
}
