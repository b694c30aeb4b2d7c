import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Level } from 'level'
import { FocalpointError, isError } from '#protocol'
import { hasNoHole, lastBatch, markRows, nextBatch } from './batch-marks.ts'
import { checkedValue, withChecksum } from './checksum.ts'
import { edges, fieldOf, under } from './keys.ts'
import { bytesPerStep, type Native, openLevel, readAll, rowsPerStep, whyNotOpen } from './level.ts'

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

/** The LevelDB folder: reads, batches and compaction. Every value has a checksum, put on and taken off here. */
export class Database implements Rows {
  readonly #dir: string
  readonly #reads = new Set<Promise<unknown>>()
  #level: Level<string, string>
  /** The number given last, and the last one on disk. */
  #given = 0
  #batches = 0
  #isBroken = false
  #damage: string | undefined

  private constructor(level: Level<string, string>, dir: string) {
    this.#level = level
    this.#dir = dir
  }

  /** Throws `data-folder-in-use`, `data-folder-unusable`, `store-damaged`. */
  static async open(dir: string): Promise<Database> {
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const database = new Database(await openLevel(dir, { createIfMissing: true }), dir)
      await database.#readMarks()
      return database
    } catch (error) {
      throw isError(error) ? error : whyNotOpen(error, dir)
    }
  }

  /** The number of the last batch on disk. */
  get batches(): number {
    return this.#batches
  }

  /** What was read and is not as it was written; undefined while there was nothing. */
  get damage(): string | undefined {
    return this.#damage
  }

  /** Files of tables that are part of the store now, whole and flushed; their numbers are never used again. */
  tableFiles(): string[] {
    const told = this.#native.getProperty('leveldb.sstables')
    return [...told.matchAll(/^ (\d+):\d+\[/gm)].map(([, number = '']) => `${number.padStart(6, '0')}.ldb`)
  }

  /** Whether no batch is missing from among those on disk (trap 17). */
  async hasAllBatches(): Promise<boolean> {
    return hasNoHole(await this.#markKeys())
  }

  #markKeys(): Promise<string[]> {
    return this.scanKeys(under('batch'))
  }

  async #readMarks(): Promise<void> {
    const last = lastBatch(await this.#markKeys())
    if (last < this.#batches) throw new Error(`batch ${this.#batches} is gone`)
    this.#batches = last
    this.#given = last
    this.#isBroken = false
  }

  /**
   * Closes and opens again what is there, after a write has failed (trap 20); in between reads fail. Throws when the
   * folder holds less than before.
   */
  async reopen(): Promise<void> {
    await Promise.allSettled([...this.#reads])
    await this.#level.close()
    this.#level = await openLevel(this.#dir, { createIfMissing: false })
    await this.#readMarks()
  }

  get(key: string): string | undefined {
    const stored = this.stored(key)
    return stored === undefined ? undefined : this.#soundValue(key, stored)
  }

  /** As it stands on disk, checksum and all. */
  stored(key: string): string | undefined {
    if (this.#level.status === 'open') return this.#level.getSync(key)
    const path = this.#dir
    const what = 'it is being opened again'
    throw new FocalpointError(
      'store-failed',
      `The store in ${path} cannot be read now: ${what}. Try again in a moment.`,
      { path, what },
    )
  }

  async scan(range: Range): Promise<[string, string][]> {
    return this.#valuesOf(await this.#scanStored(range))
  }

  #scanStored(range: Range): Promise<[string, string][]> {
    return this.#read(() => readAll(this.#level.iterator({ ...range, highWaterMarkBytes: bytesPerStep })))
  }

  /** All rows as they are at the first page, whatever is written meanwhile; compaction waits for the last. */
  async *pages(): AsyncGenerator<[key: string, value: string][]> {
    for await (const page of this.storedPages()) yield this.#valuesOf(page)
  }

  /** The same with checksums, unchecked: for a look at what is left of a damaged store. */
  async *storedPages(): AsyncGenerator<[key: string, stored: string][]> {
    const ended = Promise.withResolvers<void>()
    this.#reads.add(ended.promise)
    const steps = this.#level.iterator({ highWaterMarkBytes: bytesPerStep })
    try {
      for (;;) {
        const page = await steps.nextv(rowsPerStep)
        if (page.length === 0) return
        yield page
      }
    } finally {
      await steps.close()
      this.#reads.delete(ended.promise)
      ended.resolve()
    }
  }

  async scanKeys(range: Range): Promise<string[]> {
    return (await this.scan(range)).map(([key]) => key)
  }

  async batch(rows: ReadonlyMap<string, string | undefined>, { sync }: { sync: boolean }): Promise<void> {
    if (this.#isBroken) throw new Error('an earlier write has failed')
    // A batch that is filled step by step takes half the time of an array of operations, which are copied one by one.
    const batch = this.#level.batch()
    for (const [key, value] of rows) {
      if (value === undefined) batch.del(key)
      else batch.put(key, withChecksum(key, value))
    }
    const number = nextBatch(this.#given)
    this.#given = number
    for (const [key, value] of markRows(number)) {
      if (value === undefined) batch.del(key)
      else batch.put(key, withChecksum(key, value))
    }
    try {
      await batch.write({ sync })
    } catch (error) {
      // What follows a record that was cut short in LevelDB's log would be lost with it.
      this.#isBroken = true
      throw error
    }
    this.#batches = Math.max(this.#batches, number)
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
    await this.#native.compactRange(first, last)
  }

  get #native(): Native {
    return this.#level as unknown as Native
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

  #valuesOf(rows: readonly [key: string, stored: string][]): [key: string, value: string][] {
    return rows.map(([key, stored]) => [key, this.#soundValue(key, stored)])
  }

  /** Throws `store-damaged` rather than give wrong bytes to anybody. */
  #soundValue(key: string, stored: string): string {
    const value = checkedValue(key, stored)
    if (value !== undefined) return value
    this.#damage = `a row of the table "${fieldOf(key, 0)}" was changed on the disk`
    throw new FocalpointError(
      'store-damaged',
      `The store is not as it was written: ${this.#damage}. Start focalpoint again: it sets the damaged store aside and fills a new one.`,
      { what: this.#damage },
    )
  }
}
