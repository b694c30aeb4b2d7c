import type { Frontier, Head } from '#protocol'
import { fieldOf, tables } from './keys.ts'
import type { Mirror } from './mirror.ts'
import { put, type RowOperation, remove } from './operation.ts'

export interface Heads {
  head: (channel: string, issuer: string) => Head | undefined
  heads: () => Frontier
  /** Notices in all logs: a log has no holes. */
  count: () => number
}

/** The last notice of every log that is on disk and not void. */
export function headsIn(mirror: Mirror): Heads {
  return {
    head(channel, issuer) {
      const value = mirror.get(tables.head.key(channel, issuer))
      return value === undefined ? undefined : parseHead(value)
    },
    heads() {
      const frontier = new Map<string, [issuer: string, place: [seq: number, id: string]][]>()
      for (const [key, value] of mirror.entries()) {
        const { seq, id } = parseHead(value)
        const channel = fieldOf(key, 1)
        frontier.set(channel, [...(frontier.get(channel) ?? []), [fieldOf(key, 2), [seq, id]]])
      }
      return Object.fromEntries(
        Array.from(frontier, ([channel, issuers]) => [channel, Object.fromEntries(issuers)]),
      )
    },
    count: () => mirror.entries().reduce((sum, [, value]) => sum + parseHead(value).seq, 0),
  }
}

export function headRow(channel: string, issuer: string, head: Head | undefined): RowOperation {
  const key = tables.head.key(channel, issuer)
  return head ? put(key, `${head.seq} ${head.id}`) : remove(key)
}

export function parseHead(value: string): Head {
  const [seq = '', id = ''] = value.split(' ')
  return { seq: Number(seq), id }
}
