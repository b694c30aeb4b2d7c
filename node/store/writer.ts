import type { FocalpointError } from '#protocol'
import type { Operation, RowOperation, View } from './operation.ts'

// How rows reach the disk, in three phases.
// 1. Asked: `write` makes the rows at once and puts them into the last batch that waits. From here their order is
//    fixed, and later rows see them.
// 2. Under way: one batch at a time, when it is full, alone, or has waited its few milliseconds.
// 3. Committed: on disk; only now are heads and followers told, then those who asked.

/** Trap 19: synced batches of 64 to 256 are twenty-five times as fast as single ones; larger ones are slower. */
const noticesPerBatch = 256

interface Batch {
  rows: Map<string, string | undefined>
  notices: number
  isAlone: boolean
  /** By `performance.now()`. */
  dueAt: number
  done: PromiseWithResolvers<void>
}

export interface WriterOptions {
  groupCommitMs: number
  sync: boolean
  /** The last cursor on disk. */
  cursor: number
  get: (key: string) => string | undefined
  batch: (rows: ReadonlyMap<string, string | undefined>, options: { sync: boolean }) => Promise<void>
  committed: (rows: ReadonlyMap<string, string | undefined>) => void
  /** Throws what refuses rows while there is little space. */
  checkRoom: (rows: readonly RowOperation[], get: (key: string) => string | undefined) => void
  /** Told that nothing can be written before `resume`; gives what whoever asks is told. */
  failed: (cause: unknown) => FocalpointError
}

export class Writer {
  readonly #options: WriterOptions
  readonly #queue: Batch[] = []
  #underWay: Batch | undefined
  #timer: NodeJS.Timeout | undefined
  #failure: FocalpointError | undefined
  #cursor: number

  constructor(options: WriterOptions) {
    this.#options = options
    this.#cursor = options.cursor
  }

  /** After a write has failed no other can succeed until the database is opened again (trap 20). */
  get failure(): FocalpointError | undefined {
    return this.#failure
  }

  /** The database was opened again, and this is the last cursor on disk. */
  resume(cursor: number): void {
    this.#cursor = cursor
    this.#failure = undefined
  }

  /** Resolves when durable; throws `disk-full`, `store-failed`. */
  write(operations: readonly Operation[], { isAlone = false }: { isAlone?: boolean } = {}): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure)
    const cursor = this.#cursor
    let rows: RowOperation[]
    try {
      rows = this.#rowsOf(operations)
      this.#options.checkRoom(rows, key => this.#get(key))
    } catch (error) {
      // Cursors taken for what is not written would be holes in the feed.
      this.#cursor = cursor
      return Promise.reject(error)
    }
    if (rows.length === 0) return this.drained()
    const batch = this.#batchFor(isAlone)
    for (const row of rows) batch.rows.set(row.key, valueIn(row))
    batch.notices += Math.max(1, operations.filter(operation => operation.type === 'late').length)
    this.#schedule()
    return batch.done.promise
  }

  /** Resolves when everything asked for so far is on disk. */
  drained(): Promise<void> {
    const last = this.#queue.at(-1) ?? this.#underWay
    return last ? last.done.promise : Promise.resolve()
  }

  /** Made before any of them joins a batch, so that a failure half way leaves nothing behind. */
  #rowsOf(operations: readonly Operation[]): RowOperation[] {
    const rows: RowOperation[] = []
    const before = new Map<string, string | undefined>()
    const view: View = {
      get: key => (before.has(key) ? before.get(key) : this.#get(key)),
      nextCursor: () => ++this.#cursor,
    }
    for (const operation of operations) {
      const made = operation.type === 'late' ? operation.rows(view) : [operation]
      for (const row of made) rows.push(row)
      if (operations.length > 1) for (const row of made) before.set(row.key, valueIn(row))
    }
    return rows
  }

  #get(key: string): string | undefined {
    for (let at = this.#queue.length - 1; at >= 0; at--) {
      const rows = this.#queue[at]?.rows
      if (rows?.has(key)) return rows.get(key)
    }
    const rows = this.#underWay?.rows
    return rows?.has(key) ? rows.get(key) : this.#options.get(key)
  }

  #batchFor(isAlone: boolean): Batch {
    const last = this.#queue.at(-1)
    if (last && !isAlone && !last.isAlone && last.notices < noticesPerBatch) return last
    const dueAt = performance.now() + this.#options.groupCommitMs
    const batch: Batch = { rows: new Map(), notices: 0, isAlone, dueAt, done: Promise.withResolvers() }
    this.#queue.push(batch)
    return batch
  }

  #schedule(): void {
    const next = this.#queue[0]
    if (next === undefined || this.#underWay) return
    const isReady = this.#queue.length > 1 || next.isAlone || next.notices >= noticesPerBatch
    const waitMs = isReady ? 0 : next.dueAt - performance.now()
    if (waitMs <= 0) this.#commit(next)
    else this.#timer ??= setTimeout(() => this.#commit(this.#queue[0]), waitMs)
  }

  async #commit(batch: Batch | undefined): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (batch === undefined) return
    this.#queue.shift()
    this.#underWay = batch
    try {
      await this.#options.batch(batch.rows, { sync: this.#options.sync })
    } catch (cause) {
      return this.#fail(batch, cause)
    }
    this.#underWay = undefined
    this.#options.committed(batch.rows)
    batch.done.resolve()
    this.#schedule()
  }

  /** What waited was made on top of what failed: it fails too. */
  #fail(batch: Batch, cause: unknown): void {
    const failure = this.#options.failed(cause)
    this.#failure = failure
    this.#underWay = undefined
    for (const failed of [batch, ...this.#queue.splice(0)]) failed.done.reject(failure)
  }
}

function valueIn(row: RowOperation): string | undefined {
  return row.type === 'put' ? row.value : undefined
}
