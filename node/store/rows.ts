import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Level } from 'level'
import { FocalpointError } from '#protocol'
import { edges } from './keys.ts'

export interface Range {
  gt?: string
  gte?: string
  lt?: string
  reverse?: boolean
  /** At most so many rows. */
  limit?: number
}

/** What is on disk. */
export interface Rows {
  get: (key: string) => string | undefined
  scan: (range: Range) => Promise<[key: string, value: string][]>
  scanKeys: (range: Range) => Promise<string[]>
}

/** What LevelDB can do and `level`, made for browsers too, does not tell. */
interface Compactable {
  compactRange: (start: string, end: string) => Promise<void>
}

/** Rows asked for in one step across the language border (1000 rows: three times the speed of one by one). */
const rowsPerStep = 1000
const bytesPerStep = 1024 * 1024

/** Written to a table when so much has gathered: eight times LevelDB's own, so that a long catch-up is merged less often. */
const writeBufferSize = 32 * 1024 * 1024

/** The LevelDB folder: reads, batches and compaction. */
export class Database implements Rows {
  readonly #level: Level<string, string>
  readonly #dir: string
  readonly #reads = new Set<Promise<unknown>>()

  private constructor(level: Level<string, string>, dir: string) {
    this.#level = level
    this.#dir = dir
  }

  /** Throws `data-folder-in-use`, `data-folder-unusable`, `store-damaged`. */
  static async open(dir: string): Promise<Database> {
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      // Uncompressed: base64url gains little, and a search of the files for erased text stays honest.
      const level = new Level<string, string>(dir, { compression: false, writeBufferSize })
      await level.open()
      return new Database(level, dir)
    } catch (error) {
      throw whyNotOpen(error, dir)
    }
  }

  get(key: string): string | undefined {
    return this.#level.getSync(key)
  }

  scan(range: Range): Promise<[string, string][]> {
    return this.#read(() => readAll(this.#level.iterator({ ...range, highWaterMarkBytes: bytesPerStep })))
  }

  scanKeys(range: Range): Promise<string[]> {
    return this.#read(() => readAll(this.#level.keys({ ...range, highWaterMarkBytes: bytesPerStep })))
  }

  async batch(rows: ReadonlyMap<string, string | undefined>, { sync }: { sync: boolean }): Promise<void> {
    // A batch that is filled step by step takes half the time of an array of operations, which are copied one by one.
    const batch = this.#level.batch()
    for (const [key, value] of rows) {
      if (value === undefined) batch.del(key)
      else batch.put(key, value)
    }
    await batch.write({ sync })
  }

  /**
   * Makes LevelDB forget what was deleted: afterwards no file holds it. Four things would keep it:
   * 1. a read under way is a snapshot, and compaction keeps what a snapshot can see: such reads are awaited first;
   * 2. the write-ahead log, and the table it becomes, hold a value beside its own deletion: round one only moves both
   *    into a table, round two merges them;
   * 3. a table that no row above overlaps is never rewritten: each round first writes a row at both edges;
   * 4. a read begun in the meantime keeps replaced files open: these reads are awaited, then the files swept away.
   */
  async compact(): Promise<void> {
    await Promise.allSettled([...this.#reads])
    await this.#rewrite()
    await this.#rewrite()
    await Promise.allSettled([...this.#reads])
    await this.#compactRange(edges.first, edges.first)
  }

  async #rewrite(): Promise<void> {
    await this.batch(new Map(Object.values(edges).map(key => [key, ''])), { sync: true })
    await this.#compactRange(edges.first, edges.last)
  }

  async #compactRange(first: string, last: string): Promise<void> {
    await (this.#level as unknown as Compactable).compactRange(first, last)
  }

  /** What the folder takes on disk. */
  async bytes(): Promise<number> {
    const names = await readdir(this.#dir)
    // LevelDB removes files as it goes.
    const sizes = await Promise.all(
      names.map(name =>
        stat(join(this.#dir, name)).then(
          size => size.size,
          () => 0,
        ),
      ),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#reads])
    await this.#level.close()
  }

  async #read<T>(start: () => Promise<T>): Promise<T> {
    const reading = start()
    this.#reads.add(reading)
    try {
      return await reading
    } finally {
      this.#reads.delete(reading)
    }
  }
}

interface Steps<Row> {
  nextv: (size: number) => Promise<Row[]>
  close: () => Promise<void>
}

async function readAll<Row>(steps: Steps<Row>): Promise<Row[]> {
  try {
    const first = await steps.nextv(rowsPerStep)
    let all = first
    for (let step = first; step.length > 0; ) {
      step = await steps.nextv(rowsPerStep)
      if (step.length > 0) all = all.concat(step)
    }
    return all
  } finally {
    await steps.close()
  }
}

function whyNotOpen(error: unknown, path: string): FocalpointError {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const { code, message } = cause as { code?: string; message?: string }
  const what = message ?? String(cause)
  if (code === 'LEVEL_LOCKED') {
    return new FocalpointError(
      'data-folder-in-use',
      `Another focalpoint is running on ${path}: stop it first, or give this one a folder of its own.`,
      { path },
      { cause },
    )
  }
  if (code === 'LEVEL_CORRUPTION') {
    return new FocalpointError(
      'store-damaged',
      `The store in ${path} is damaged. Keep a copy, then restore a backup or start empty and catch up from the others.`,
      { what },
      { cause },
    )
  }
  return new FocalpointError(
    'data-folder-unusable',
    `The data folder ${path} cannot be used: ${what}. Check that it is a folder and that focalpoint may write there.`,
    { path, what },
    { cause },
  )
}
