import { Digests, onlyGrows, storeFilesIn } from './files.ts'
import { type HighWater, writeHighWater } from './high-water.ts'

/** A mark is at most so much older than what it tells of. */
const sealWithinMs = 1000

export interface SealerOptions {
  dir: string
  /** Where the mark is kept: outside the store. */
  path: string
  /** Files of tables that belong to the store for good. */
  tableFiles: () => string[]
  /** What is on disk for sure. */
  counts: () => Omit<HighWater, 'files'>
  onError: (error: unknown) => void
}

/** Writes the high-water mark, soon after commits. */
export class Sealer {
  readonly #options: SealerOptions
  readonly #digests: Digests
  #timer: NodeJS.Timeout | undefined
  #sealing: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: SealerOptions) {
    this.#options = options
    this.#digests = new Digests(options.dir)
  }

  /** To be called after every commit. */
  committed(): void {
    if (this.#isClosed) return
    this.#timer ??= setTimeout(() => void this.seal(), sealWithinMs).unref()
  }

  /** Resolves when a mark of this moment is on disk. Never throws: a full disk must not end anything. */
  seal(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sealing = this.#sealing.then(() => this.#sealNow()).catch(this.#options.onError)
    return this.#sealing
  }

  /** The last mark, before the database is closed. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.seal()
  }

  async #sealNow(): Promise<void> {
    const { dir, path, tableFiles, counts } = this.#options
    // In this order: what is counted is on disk, and a file that is gone by then is left out.
    const counted = counts()
    const tables = tableFiles()
    const names = (await storeFilesIn(dir)).filter(
      name => onlyGrows(name) || name === 'CURRENT' || tables.includes(name),
    )
    await writeHighWater(path, { ...counted, files: await this.#digests.of(names) })
  }
}
