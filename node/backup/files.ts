import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export interface FileDigest {
  bytes: number
  /** Lower-case hex, as `sha256sum` prints it. */
  sha256: string
}

/** A new file that only its owner can read, flushed to the disk. Throws `EEXIST`. */
export async function writeNewFile(
  path: string,
  texts: AsyncIterable<string> | Iterable<string>,
): Promise<FileDigest> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const text of texts) {
      const piece = Buffer.from(text)
      hash.update(piece)
      bytes += piece.length
      await file.writeFile(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

export async function digestOf(path: string): Promise<FileDigest> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** After this a power cut undoes no renaming in the folder. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
