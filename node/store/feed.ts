import type { FeedEntry } from '../admission.ts'
import { numberAtEnd, tables, under } from './keys.ts'
import { put, type RowOperation } from './operation.ts'
import type { Rows } from './rows.ts'

export interface Feed {
  /** The newest entry on disk; 0 while there is none. */
  lastCursor: () => number
  /** Entries after this cursor, oldest first. */
  feedAfter: (cursor: number, limit: number) => FeedEntry[]
  /** Resolves as soon as there is an entry after this cursor on disk, or when the signal is aborted. */
  changed: (after: number, signal: AbortSignal) => Promise<void>
  /** Told of the newest row that is on disk. */
  committed: (key: string) => void
}

/** Admitted here in order of arrival; followers keep a cursor of their own and lose nothing. */
export async function openFeed(rows: Rows): Promise<Feed> {
  const [lastKey] = await rows.scanKeys({ ...under('feed'), reverse: true, limit: 1 })
  let last = lastKey === undefined ? 0 : numberAtEnd(lastKey)
  const followers = new Set<() => void>()

  return {
    lastCursor: () => last,
    feedAfter(cursor, limit) {
      const entries: FeedEntry[] = []
      for (let at = cursor + 1; at <= last && entries.length < limit; at++) {
        const value = rows.get(tables.feed.key(at))
        if (value !== undefined) entries.push(parseFeedRow(at, value))
      }
      return entries
    },
    changed(after, signal) {
      if (signal.aborted || last > after) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => {
        if (!signal.aborted && last <= after) return
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
      for (const look of [...followers]) look()
    },
  }
}

export function feedRow({ cursor, kind, id, at }: FeedEntry): RowOperation {
  return put(tables.feed.key(cursor), `${kind} ${id} ${at}`)
}

export function parseFeedRow(cursor: number, value: string): FeedEntry {
  const [kind, id = '', at] = value.split(' ')
  return { cursor, kind: kind as FeedEntry['kind'], id, at: Number(at) }
}
