import type { FeedEntry } from '../admission.ts'
import { numberAtEnd, tables, under } from './keys.ts'
import { put, type RowOperation } from './operation.ts'
import type { Rows } from './rows.ts'

export interface Feed {
  /** Of the newest entry on disk; while there is none, the floor. */
  lastCursor: () => number
  /** Entries after this cursor, oldest first. */
  feedAfter: (cursor: number, limit: number) => FeedEntry[]
  /** Resolves as soon as there is an entry after this cursor on disk, or when the signal is aborted. */
  changed: (after: number, signal: AbortSignal) => Promise<void>
  /** Told of the newest row that is on disk. */
  committed: (key: string) => void
  /** Reads the end again, after a write that failed. */
  reread: () => Promise<void>
}

/** A feed that was filled anew begins above this cursor, so that no follower's cursor is ahead of it. */
export function feedFloorRow(cursor: number): RowOperation {
  return put(tables.meta.key('feed-floor'), String(cursor))
}

export function feedFloor(get: Rows['get']): number {
  return Number(get(tables.meta.key('feed-floor')) ?? 0)
}

/** Admitted here in order of arrival; followers keep a cursor of their own and lose nothing. */
export async function openFeed(rows: Rows): Promise<Feed> {
  const floor = feedFloor(key => rows.get(key))
  let last = await lastOf(rows)
  const followers = new Set<() => void>()
  const tell = () => {
    for (const look of [...followers]) look()
  }
  /** The floor is no entry: a feed that is filled anew may stay empty until a peer gives it the first. */
  const hasAfter = (cursor: number) => last > Math.max(cursor, floor)

  return {
    lastCursor: () => last,
    feedAfter(cursor, limit) {
      const entries: FeedEntry[] = []
      for (let at = Math.max(cursor, floor) + 1; at <= last && entries.length < limit; at++) {
        const value = rows.get(tables.feed.key(at))
        if (value !== undefined) entries.push(parseFeedRow(at, value))
      }
      return entries
    },
    changed(after, signal) {
      if (signal.aborted || hasAfter(after)) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => {
        if (!signal.aborted && !hasAfter(after)) return
        followers.delete(look)
        signal.removeEventListener('abort', look)
        resolve()
      }
      followers.add(look)
      signal.addEventListener('abort', look)
      return promise
    },
    committed(key) {
      last = numberAtEnd(key)
      tell()
    },
    async reread() {
      last = await lastOf(rows)
      tell()
    },
  }
}

async function lastOf(rows: Rows): Promise<number> {
  const [lastKey] = await rows.scanKeys({ ...under('feed'), reverse: true, limit: 1 })
  return lastKey === undefined ? feedFloor(key => rows.get(key)) : numberAtEnd(lastKey)
}

export function feedRow({ cursor, kind, id, at }: FeedEntry): RowOperation {
  return put(tables.feed.key(cursor), `${kind} ${id} ${at}`)
}

export function parseFeedRow(cursor: number, value: string): FeedEntry {
  const [kind, id = '', at] = value.split(' ')
  return { cursor, kind: kind as FeedEntry['kind'], id, at: Number(at) }
}
