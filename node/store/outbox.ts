import { tables } from './keys.ts'
import type { Mirror } from './mirror.ts'
import { type Operation, put, putJson, remove } from './operation.ts'
import type { Rows } from './rows.ts'

/** An own notice on its way out. */
export interface Outgoing {
  /** The notice's id. */
  id: string
  channel: string
  /** Its place in our log: what waits is told in this order. */
  seq: number
  state: 'waiting' | 'sent'
  /** Seconds since 1970, of this state. */
  since: number
  /** Member ids still to be reached with parts for named readers. */
  readers?: readonly string[]
}

export interface Outbox {
  find: (id: string) => Outgoing | undefined
  /** What enough others do not show yet, or a reader lacks; in the order of our log, channel by channel. */
  waiting: () => Outgoing[]
  putOps: (outgoing: Outgoing) => Operation[]
  deleteOps: (outgoing: Pick<Outgoing, 'id' | 'channel' | 'seq'>) => Operation[]
}

export function outboxIn({ rows, waiting }: { rows: Rows; waiting: Mirror }): Outbox {
  function find(id: string): Outgoing | undefined {
    const value = rows.get(tables.outbox.key(id))
    return value === undefined ? undefined : JSON.parse(value)
  }

  return {
    find,
    waiting: () => waiting.entries().flatMap(([, id]) => find(id) ?? []),
    putOps,
    deleteOps: ({ id, channel, seq }) => [
      remove(tables.outbox.key(id)),
      remove(tables.waiting.key(channel, seq)),
    ],
  }
}

function putOps(outgoing: Outgoing): Operation[] {
  const key = tables.waiting.key(outgoing.channel, outgoing.seq)
  const isDone = outgoing.state === 'sent' && (outgoing.readers ?? []).length === 0
  return [putJson(tables.outbox.key(outgoing.id), outgoing), isDone ? remove(key) : put(key, outgoing.id)]
}
