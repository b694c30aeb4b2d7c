import { fieldOf, under } from './keys.ts'
import type { Rows } from './rows.ts'

/** A small table held in memory too, so that all of it can be read at once; it follows the disk and is never ahead. */
export interface Mirror {
  get: (key: string) => string | undefined
  /** In key order. */
  entries: () => [key: string, value: string][]
  count: () => number
  /** Told of every row that is on disk; undefined for one that is gone. */
  committed: (key: string, value: string | undefined) => void
  /** Reads the table again: of a write that failed it cannot be known whether it is on disk. */
  reread: () => Promise<void>
}

export async function openMirror(rows: Rows, table: string): Promise<Mirror> {
  let held = new Map(await rows.scan(under(table)))
  return {
    get: key => held.get(key),
    entries: () => [...held].sort(([a], [b]) => (a < b ? -1 : 1)),
    count: () => held.size,
    committed(key, value) {
      if (value === undefined) held.delete(key)
      else held.set(key, value)
    },
    async reread() {
      held = new Map(await rows.scan(under(table)))
    },
  }
}

/** Rows of which these tables are read from memory. */
export function mirroredRows(rows: Rows, mirrors: ReadonlyMap<string, Mirror>): Rows {
  return {
    get(key) {
      const mirror = mirrors.get(fieldOf(key, 0))
      return mirror === undefined ? rows.get(key) : mirror.get(key)
    },
    scan: range => rows.scan(range),
    scanKeys: range => rows.scanKeys(range),
  }
}

/** The rows of a table that holds JSON. */
export function jsonRows<Row>(mirror: Mirror): { find: (key: string) => Row | undefined; list: () => Row[] } {
  return {
    find(key) {
      const value = mirror.get(key)
      return value === undefined ? undefined : JSON.parse(value)
    },
    list: () => mirror.entries().map(([, value]) => JSON.parse(value)),
  }
}
