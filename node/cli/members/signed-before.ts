import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { FocalpointError, sha256 } from '#protocol'
import { replaceDurably } from '../../durable-file.ts'
import { unreadable } from '../input.ts'

const entry = z.strictObject({
  kid: z.string(),
  net: z.string(),
  kind: z.enum(['root', 'members']),
  version: z.int(),
  /** SHA-256 of the document's text. */
  hash: z.string(),
})
const form = z.strictObject({ format: z.literal('focalpoint-signed/1'), signed: z.array(entry) })

interface Signing extends Omit<z.output<typeof entry>, 'hash'> {
  document: string
}

/**
 * Remembers beside a coordinator's key file what the key signed. Two documents of one kind and version split the
 * Alliance, so the second is refused with `signed-another`, unless `again` says that the first went nowhere.
 */
export async function rememberSigning(
  keyPath: string,
  { document, ...about }: Signing,
  { again = false }: { again?: boolean | undefined } = {},
): Promise<void> {
  const path = recordPath(keyPath)
  const hash = sha256(document)
  const held = await readRecord(path)
  const same = held.filter(
    ({ kid, net, kind, version }) =>
      kid === about.kid && net === about.net && kind === about.kind && version === about.version,
  )
  if (same.some(each => each.hash === hash)) return
  if (same.length > 0 && !again) throw signedAnother(path, about)
  await writeRecord(path, [...held, { ...about, hash }])
}

/** `coordinator-1.json` → `coordinator-1.signed.json`. */
function recordPath(keyPath: string): string {
  return `${keyPath.replace(/\.json$/, '')}.signed.json`
}

async function readRecord(path: string): Promise<z.output<typeof entry>[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw unreadable(path, 'what the key signed before cannot be read', cause)
  }
  try {
    return form.parse(JSON.parse(text)).signed
  } catch (cause) {
    throw unreadable(path, 'it is no list of what a key signed. Bring it back from a copy', cause)
  }
}

async function writeRecord(path: string, signed: z.output<typeof entry>[]): Promise<void> {
  try {
    await replaceDurably(path, `${JSON.stringify({ format: 'focalpoint-signed/1', signed }, null, 2)}\n`)
  } catch (cause) {
    throw unreadable(
      path,
      'what the key signs is written there. Put the key file into a folder that can be written to',
      cause,
    )
  }
}

function signedAnother(
  path: string,
  { kind, version }: Pick<Signing, 'kind' | 'version'>,
): FocalpointError<'signed-another'> {
  const name = kind === 'root' ? 'root' : 'members document'
  return new FocalpointError(
    'signed-another',
    `This key has signed another ${name} ${version} before (${path}). Two that are both in force split the Alliance: import the one in force and make a new proposal. Only if the other one was given to nobody, sign with --again.`,
    { path, kind, version },
  )
}
