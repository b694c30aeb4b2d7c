import type { FeedEntry } from './admission.ts'

/** Who opened a notice first, and when. */
export interface FirstOpening {
  /** The person's id. */
  person: string
  /** Seconds since 1970. */
  at: number
}

/** What officers, releasers and customs have opened: no receipt, and no other node learns of it. */
export interface OpenedNotices {
  /** Tells whether it was the first time. */
  mark(notice: string, person: string): Promise<boolean>
  by(notice: string): FirstOpening | undefined
  /** Newest first: what others issued and none of them has opened; `total` of all of them. */
  unopened(o: { limit: number }): { total: number; notices: { id: string; cursor: number }[] }
}

export interface OpenedRows {
  find(notice: string): FirstOpening | undefined
  /** Nothing where it was opened before; tells whether this was the first time. */
  mark(notice: string, first: FirstOpening): Promise<boolean>
  ids(): Promise<string[]>
  /** The cursor from which on it is noted what is opened: `now` when it is asked for the first time. */
  from(now: number): Promise<number>
}

export interface OpenedOptions {
  rows: OpenedRows
  feed: { after: (cursor: number, limit: number) => FeedEntry[]; last: () => number }
  /** The ids of our own notices from this place on, in every channel. */
  ownIds: (seq: Readonly<Record<string, number>>) => Record<string, string[]>
  now: () => number
}

const entriesPerPage = 1000

/** The ids of what is not opened yet are held in memory, and follow the feed whenever somebody asks. */
export async function openOpened({ rows, feed, ownIds, now }: OpenedOptions): Promise<OpenedNotices> {
  let cursor = await rows.from(feed.last())
  const opened = new Set(await rows.ids())
  const unopened = new Map<string, number>()
  const own = new Set<string>()
  const ownReached: Record<string, number> = {}

  const learnOwn = () => {
    for (const [channel, ids] of Object.entries(ownIds(ownReached))) {
      for (const id of ids) own.add(id)
      ownReached[channel] = (ownReached[channel] ?? 0) + ids.length
    }
  }

  const follow = () => {
    if (cursor >= feed.last()) return
    learnOwn()
    for (
      let page = feed.after(cursor, entriesPerPage);
      page.length > 0;
      page = feed.after(cursor, entriesPerPage)
    ) {
      for (const { kind, id, cursor: at } of page) {
        if (kind === 'notice' && !own.has(id) && !opened.has(id)) unopened.set(id, at)
        cursor = at
      }
    }
  }

  learnOwn()
  follow()
  return {
    async mark(notice, person) {
      follow()
      if (opened.has(notice) || own.has(notice)) return false
      const isFirst = await rows.mark(notice, { person, at: now() })
      follow()
      opened.add(notice)
      unopened.delete(notice)
      return isFirst
    },
    by: notice => rows.find(notice),
    unopened({ limit }) {
      follow()
      const newest = [...unopened].slice(-limit).reverse()
      return { total: unopened.size, notices: newest.map(([id, at]) => ({ id, cursor: at })) }
    },
  }
}
