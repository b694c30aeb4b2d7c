import { open, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { FocalpointError } from '#protocol'
import { fieldOf, tables } from './keys.ts'
import type { RowOperation } from './operation.ts'

// Trap 20: once a write to LevelDB has failed, all fail until it is opened again, and what follows a record that was
// cut short would be lost. So nothing new is taken in while there is little space, long before LevelDB fails; where it
// fails all the same, nothing is written until a probe shows that there is room, and the database was opened again.

/** How soon it is seen that there is space again. */
const lookEveryMs = 1000
const mebibyte = 1024 * 1024
/** What opening needs besides the rows that it moves from LevelDB's log into a table. */
const openingBytes = 2 * mebibyte

/** What a state takes in and what its people write; erasing, and what keeps the node going, is written as long as it can be. */
const growing: readonly string[] = [
  tables.log.key('', '', 0),
  tables.voided.key('', ''),
  tables.draft.key(''),
].map(key => fieldOf(key, 0))

export interface DiskOptions {
  dir: string
  /** With less free space nothing new is taken in. */
  floorBytes: number
  /** Opens the database again and lets writes go on. */
  reopen: () => Promise<void>
}

/** Whether the store can be written to, and the way back when it cannot. */
export class Disk implements AsyncDisposable {
  readonly #options: DiskOptions
  readonly #timer: NodeJS.Timeout
  #looking: Promise<void> | undefined
  #isShort = false
  #failure: FocalpointError | undefined
  #isClosed = false

  private constructor(options: DiskOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.look(), lookEveryMs).unref()
  }

  static async watch(options: DiskOptions): Promise<Disk> {
    const disk = new Disk(options)
    await disk.look()
    return disk
  }

  /** Why nothing new is taken in, in words for people; undefined while all is well. */
  get refusal(): FocalpointError | undefined {
    return this.#failure ?? (this.#isShort ? this.#short() : undefined)
  }

  /** Throws `disk-full` for rows that add to the logs or drafts while there is little space. */
  checkRoom(rows: readonly RowOperation[], get: (key: string) => string | undefined): void {
    if (!this.#isShort) return
    const adds = rows.some(
      row =>
        row.type === 'put' &&
        growing.includes(fieldOf(row.key, 0)) &&
        row.value.length > (get(row.key)?.length ?? 0),
    )
    if (adds) throw this.#short()
  }

  failed(cause: unknown): FocalpointError {
    this.#failure = failureOf(cause, this.#options.dir)
    return this.#failure
  }

  /** Looks at the disk now, and opens the database again where a write has failed and there is room. */
  look(): Promise<void> {
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#looking
  }

  async #lookNow(): Promise<void> {
    const { dir, floorBytes, reopen } = this.#options
    const space = await statfs(dir).catch(() => undefined)
    this.#isShort = space !== undefined && space.bavail * space.bsize < floorBytes
    if (this.#failure === undefined || this.#isShort || this.#isClosed) return
    try {
      await probe(dir)
      if (this.#isClosed) return
      await reopen()
      this.#failure = undefined
    } catch (error) {
      this.#failure = failureOf(error, dir)
    }
  }

  #short(): FocalpointError<'disk-full'> {
    const { dir, floorBytes } = this.#options
    const least = Math.ceil(floorBytes / mebibyte)
    return new FocalpointError(
      'disk-full',
      `The disk of ${dir} has less than ${least} MiB left, so nothing new is taken in. Free some space; focalpoint then goes on by itself.`,
      { path: dir },
    )
  }
}

/** Writes, flushes and removes as much as opening the database may need. */
async function probe(dir: string): Promise<void> {
  const logs = (await readdir(dir)).filter(name => name.endsWith('.log'))
  const sizes = await Promise.all(logs.map(async name => (await stat(join(dir, name))).size))
  const path = join(dir, 'probe')
  const file = await open(path, 'w')
  try {
    const bytes = Buffer.alloc(mebibyte)
    const needed = openingBytes + sizes.reduce((sum, size) => sum + size, 0)
    for (let written = 0; written < needed; written += bytes.length) await file.write(bytes)
    await file.sync()
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

/** A quota and a limit on files are a full disk to whoever meets them. */
const fullness = /ENOSPC|EDQUOT|EFBIG|No space left|quota exceeded|File too large/i

function failureOf(error: unknown, path: string): FocalpointError {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const what = cause instanceof Error ? cause.message : String(cause)
  if (fullness.test(what) || fullness.test(String(error))) {
    return new FocalpointError(
      'disk-full',
      `The disk of ${path} is full: nothing can be written. Free some space; focalpoint then goes on by itself.`,
      { path },
      { cause },
    )
  }
  return new FocalpointError(
    'store-failed',
    `The store in ${path} cannot be written to: ${what}. focalpoint tries again every second; where that does not help, check the disk and the folder.`,
    { path, what },
    { cause },
  )
}
