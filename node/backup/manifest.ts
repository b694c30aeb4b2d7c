import { readFile } from 'node:fs/promises'
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

export function backupInvalid(what: string, cause?: unknown): FocalpointError<'backup-invalid'> {
  return new FocalpointError(
    'backup-invalid',
    `This backup cannot be relied on: ${what}. Use another one; nothing was changed.`,
    { what },
    { cause },
  )
}
