import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { FocalpointError, isObject } from '#protocol'

/** The last notice signed in one channel; `seq` 0 says that nothing was signed yet, which is not the same as no file. */
export interface LastSigned {
  seq: number
  id: string | null
  /** The whole notice, so that a database one place behind can be mended from here. */
  notice: string | null
}

export const nothingSigned: LastSigned = { seq: 0, id: null, notice: null }

/**
 * A memory of its own, outside the database and its backups: whichever of the two was put back from an older copy, the
 * other tells. One file a channel.
 */
export class LastSignedFiles implements AsyncDisposable {
  readonly #folder: string
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The record, or undefined where there is none that can be read. */
  async read(channel: string): Promise<LastSigned | undefined> {
    let value: unknown
    try {
      value = JSON.parse(await readFile(this.#path(channel), 'utf8'))
    } catch {
      return undefined
    }
    if (!isObject(value) || typeof value.seq !== 'number') return undefined
    const { seq, id, notice } = value
    if (seq === 0) return nothingSigned
    return typeof id === 'string' && typeof notice === 'string' ? { seq, id, notice } : undefined
  }

  /** After this returns, a power cut cannot undo it. Throws `disk-full`, `store-failed`. */
  write(channel: string, record: LastSigned): Promise<void> {
    return this.replace(channel, () => record)
  }

  /** One at a time; what is held is read, and the next made of it, only when it is its turn. Undefined leaves it. */
  replace(channel: string, next: (held: LastSigned | undefined) => LastSigned | undefined): Promise<void> {
    const replaced = this.#last.then(async () => {
      if (this.#isClosed) return
      const record = next(await this.read(channel))
      if (record === undefined) return
      try {
        await this.#writeNow(channel, record)
      } catch (cause) {
        throw notWritten(this.#folder, cause)
      }
    })
    this.#last = replaced.catch(() => {})
    return replaced
  }

  /** Write, flush, rename, flush the folder. */
  async #writeNow(channel: string, record: LastSigned): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = this.#path(channel)
    const draft = await open(`${path}.new`, 'w', 0o600)
    try {
      await draft.writeFile(`${JSON.stringify(record)}\n`)
      await draft.sync()
    } finally {
      await draft.close()
    }
    await rename(`${path}.new`, path)
    const folder = await open(this.#folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  /** Finishes the write under way and makes no more: a node that was closed leaves its folder alone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await this.#last
  }

  #path(channel: string): string {
    return join(this.#folder, `${channel}.json`)
  }
}

/** A quota and a limit on files are a full disk to whoever meets them. */
const fullness = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** The notice itself is in the store, so it is not lost: asking again with the same key gives it. */
function notWritten(path: string, cause: unknown): FocalpointError {
  const { code, message: what } = cause as NodeJS.ErrnoException
  const asked = 'The notice is issued; ask again to be sure of it.'
  return fullness.includes(code ?? '')
    ? new FocalpointError(
        'disk-full',
        `The disk of ${path} is full: what was signed last cannot be noted there. Free some space. ${asked}`,
        { path },
        { cause },
      )
    : new FocalpointError(
        'store-failed',
        `What was signed last cannot be noted in ${path}: ${what}. Check the disk and the folder. ${asked}`,
        { path, what },
        { cause },
      )
}

/** Says that this key has signed nothing in these channels: without it a new folder looks like one that was emptied. */
export async function writeNothingSigned(folder: string, channels: readonly string[]): Promise<void> {
  await using files = new LastSignedFiles(folder)
  for (const channel of channels) await files.write(channel, nothingSigned)
}
