import type { ForkProof } from '#protocol'
import { feedRow } from './feed.ts'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, putJson, remove } from './operation.ts'

export interface StoredFork {
  channel: string
  issuer: string
  /** The lowest place proven: the log is frozen before it. */
  seq: number
  /** The proof as it travels. */
  text: string
  /** Seconds since 1970. */
  at: number
}

/** A member's own word, or its recovery key's, that a key is trusted no further. */
export interface StoredStop {
  kid: string
  /** The stop as it travels. */
  text: string
  at: number
}

export interface Evidence {
  forkOf: (channel: string, issuer: string) => StoredFork | undefined
  forks: () => StoredFork[]
  /** One proof for a log, the one of the lowest place; a higher one writes nothing. */
  forkOps: (proof: ForkProof & { text: string; at: number }) => Operation[]
  /** The registry has decided. */
  deleteForkOps: (channel: string, issuer: string) => Operation[]
  stopOf: (kid: string) => StoredStop | undefined
  stops: () => StoredStop[]
  stopOps: (stop: StoredStop) => Operation[]
  deleteStopOps: (kid: string) => Operation[]
}

export function evidenceIn({ forks, stops }: { forks: Mirror; stops: Mirror }): Evidence {
  const forkRows = jsonRows<StoredFork>(forks)
  const stopRows = jsonRows<StoredStop>(stops)
  return {
    forkOf: (channel, issuer) => forkRows.find(tables.fork.key(channel, issuer)),
    forks: forkRows.list,
    forkOps,
    deleteForkOps: (channel, issuer) => [remove(tables.fork.key(channel, issuer))],
    stopOf: kid => stopRows.find(tables.stop.key(kid)),
    stops: stopRows.list,
    stopOps: stop => [putJson(tables.stop.key(stop.kid), stop)],
    deleteStopOps: kid => [remove(tables.stop.key(kid))],
  }
}

function forkOps({
  channel,
  issuer,
  seq,
  a,
  text,
  at,
}: ForkProof & { text: string; at: number }): Operation[] {
  return late(view => {
    const key = tables.fork.key(channel, issuer)
    const held = view.get(key)
    if (held !== undefined && (JSON.parse(held) as StoredFork).seq <= seq) return []
    const fork: StoredFork = { channel, issuer, seq, text, at }
    return [putJson(key, fork), feedRow({ cursor: view.nextCursor(), kind: 'forked', id: a.id, at })]
  })
}
