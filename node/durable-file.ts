import { chown, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FocalpointError } from '#protocol'

/** Readable and writable by its owner only. */
const ownerOnly = 0o600

/** Write, flush, rename, flush the folder: after this a power cut leaves the old text or the new one, whole. */
export async function replaceDurably(path: string, text: string, { mode = ownerOnly } = {}): Promise<void> {
  const draft = `${path}.new`
  await writeAndSync(draft, text, { flags: 'w', mode })
  await keepOwner(path, draft)
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** Throws `already-there`: what is there is never lost. */
export async function createDurably(path: string, text: string, { mode = ownerOnly } = {}): Promise<void> {
  try {
    await writeAndSync(path, text, { flags: 'wx', mode })
  } catch (cause) {
    throw isExisting(cause) ? alreadyThere(path, cause) : cause
  }
  await syncFolder(dirname(path))
}

export function alreadyThere(path: string, cause?: unknown): FocalpointError<'already-there'> {
  return new FocalpointError(
    'already-there',
    `${path} is there already, and nothing is overwritten. Choose another place, or move it away.`,
    { path },
    { cause },
  )
}

function isExisting(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
}

/** A file that root replaces stays its owner's: the account of the node must go on reading it. */
async function keepOwner(path: string, draft: string): Promise<void> {
  const before = await stat(path).catch(() => undefined)
  if (before !== undefined && process.getuid?.() === 0) await chown(draft, before.uid, before.gid)
}

async function writeAndSync(
  path: string,
  text: string,
  { flags, mode }: { flags: 'w' | 'wx'; mode: number },
): Promise<void> {
  const file = await open(path, flags, mode)
  try {
    await file.chmod(mode)
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
