import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FocalpointError, frontierForm } from '#protocol'

export const backupFormat = 'focalpoint-backup/1'

/** Every file that a backup may hold beside its manifest. The record of what was signed last is never among them. */
export const backupFiles = {
  rows: 'rows.ndjson',
  keys: 'keys.json',
  trust: 'trust.json',
  settings: 'focalpoint.toml',
} as const

export const manifestFile = 'manifest.json'

const name = z.enum(Object.values(backupFiles))
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256')

const shape = z.strictObject({
  format: z.literal(backupFormat),
  member: z.string(),
  net: z.string(),
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  software: z.string(),
  /** Of the store's table of keys. */
  schema: z.string(),
  heads: frontierForm,
  /** Rows by table. */
  counts: z.record(z.string(), z.int()),
  /** The last day on which anybody may keep all that is in it (YYYY-MM-DD). */
  destroyAfter: z.iso.date().optional(),
  files: z.partialRecord(name, z.strictObject({ bytes: z.int(), sha256: digest })),
})

/** What a backup says it is: written last, so that a folder without it is no backup. */
export type Manifest = z.output<typeof shape>

/** Throws `backup-invalid`. */
export async function readManifest(folder: string): Promise<Manifest> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(join(folder, manifestFile), 'utf8'))
  } catch (cause) {
    const [newest] = (await backupsIn(folder)).toReversed()
    if (newest !== undefined) throw holdsBackups(folder, newest)
    throw backupInvalid(`${manifestFile} is missing or cannot be read`, cause)
  }
  const result = shape.safeParse(value)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw backupInvalid(`${manifestFile}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  const missing = [backupFiles.rows, backupFiles.keys, backupFiles.trust].find(
    each => result.data.files[each] === undefined,
  )
  if (missing) throw backupInvalid(`${manifestFile} does not name ${missing}`)
  return result.data
}

/** Names of the backups in a folder that is none itself, oldest first. */
async function backupsIn(folder: string): Promise<string[]> {
  if (existsSync(join(folder, manifestFile))) return []
  const names = await readdir(folder).catch((): string[] => [])
  return names.filter(name => existsSync(join(folder, name, manifestFile))).sort()
}

function holdsBackups(folder: string, newest: string): FocalpointError<'backup-invalid'> {
  const what = `This folder holds backups: name one of them, such as ${join(folder, newest)}.`
  return new FocalpointError('backup-invalid', what, { what })
}

/** What lies in the folder of a backup and is not of it: nothing checks it, and nothing reads it. */
export async function strangersIn(folder: string, { files }: Manifest): Promise<string[]> {
  const own = [manifestFile, ...Object.keys(files)]
  return (await readdir(folder)).filter(each => !own.includes(each)).sort()
}

export function backupInvalid(what: string, cause?: unknown): FocalpointError<'backup-invalid'> {
  return new FocalpointError(
    'backup-invalid',
    `This backup cannot be relied on: ${what}. Use another one; nothing was changed.`,
    { what },
    { cause },
  )
}
