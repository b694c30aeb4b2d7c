import { createHash, type Hash } from 'node:crypto'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file's beginning as it once was: so many bytes with this SHA-256 (hexadecimal). */
export interface FileDigest {
  bytes: number
  sha256: string
}

const bytesPerRead = 1024 * 1024

/** Of LevelDB's files those that hold the store; its lock and its own log of what it did hold nothing. */
export async function storeFilesIn(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir))
      .filter(name => /^(?:CURRENT|MANIFEST-\d+|\d+\.(?:log|ldb|sst))$/.test(name))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Tables never change; the write-ahead log and the manifest only grow. */
export function onlyGrows(name: string): boolean {
  return name.endsWith('.log') || name.startsWith('MANIFEST-')
}

export function isTable(name: string): boolean {
  return /\.(?:ldb|sst)$/.test(name)
}

interface Hashed {
  hash: Hash
  bytes: number
}

/** Digests of files that only grow: each byte is read once. */
export class Digests {
  readonly #dir: string
  #hashed = new Map<string, Hashed>()

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Of these files as far as they are flushed; one that LevelDB removes meanwhile is left out. */
  async of(names: readonly string[]): Promise<Record<string, FileDigest>> {
    const found: [string, FileDigest][] = []
    for (const name of names) {
      try {
        found.push([
          name,
          name === 'CURRENT' ? await digestOf(join(this.#dir, name)) : await this.#digest(name),
        ])
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
    const kept = new Set(found.map(([name]) => name))
    this.#hashed = new Map([...this.#hashed].filter(([name]) => kept.has(name)))
    return Object.fromEntries(found)
  }

  async #digest(name: string): Promise<FileDigest> {
    const before = this.#hashed.get(name) ?? { hash: createHash('sha256'), bytes: 0 }
    if (before.bytes > 0 && isTable(name)) return told(before)
    const file = await open(join(this.#dir, name), onlyGrows(name) ? 'r+' : 'r')
    try {
      const { size } = await file.stat()
      // What a power cut would take must not be counted on.
      if (onlyGrows(name) && size > before.bytes) await file.datasync()
      const hashed = { hash: before.hash.copy(), bytes: before.bytes }
      const buffer = Buffer.alloc(Math.min(bytesPerRead, Math.max(0, size - hashed.bytes)))
      while (hashed.bytes < size) {
        const length = Math.min(buffer.length, size - hashed.bytes)
        const { bytesRead } = await file.read(buffer, 0, length, hashed.bytes)
        if (bytesRead === 0) break
        hashed.hash.update(buffer.subarray(0, bytesRead))
        hashed.bytes += bytesRead
      }
      this.#hashed.set(name, hashed)
      return told(hashed)
    } finally {
      await file.close()
    }
  }
}

function told({ hash, bytes }: Hashed): FileDigest {
  return { bytes, sha256: hash.copy().digest('hex') }
}

async function digestOf(path: string): Promise<FileDigest> {
  const bytes = await readFile(path)
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** The same of the file's beginning as it is now; undefined where it is shorter. */
export async function beginningOf(path: string, bytes: number): Promise<FileDigest | undefined> {
  if ((await stat(path)).size < bytes) return undefined
  const file = await open(path, 'r')
  try {
    const hash = createHash('sha256')
    if (bytes > 0)
      for await (const chunk of file.createReadStream({ end: bytes - 1, autoClose: false }))
        hash.update(chunk)
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}
