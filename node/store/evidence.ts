import type { ForkProof, Stop } from '#protocol'
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
  /** When the registry decided which branch holds; the proof stays as history. */
  settledAt?: number
}

/** A member's own word, or its recovery key's, that a key is trusted no further than `head`. */
export type StoredStop = Pick<Stop, 'member' | 'kid' | 'channel' | 'head' | 'reason'> & {
  by: 'signing' | 'recovery'
  /** The stop as it travels. */
  text: string
  at: number
}

export interface Evidence {
  forkOf: (channel: string, issuer: string) => StoredFork | undefined
  forks: () => StoredFork[]
  /** One open proof for a log, the one of the lowest place; a higher one writes nothing. */
  forkOps: (proof: ForkProof & { text: string; at: number }) => Operation[]
  /** The registry has decided. */
  settleForkOps: (channel: string, issuer: string, at: number) => Operation[]
  stopOf: (kid: string, channel: string) => StoredStop | undefined
  stops: () => StoredStop[]
  stopOps: (stop: StoredStop) => Operation[]
  /** The registry has decided. */
  deleteStopOps: (kid: string, channel: string) => Operation[]
}

export function evidenceIn({ forks, stops }: { forks: Mirror; stops: Mirror }): Evidence {
  const forkRows = jsonRows<StoredFork>(forks)
  const stopRows = jsonRows<StoredStop>(stops)
  return {
    forkOf: (channel, issuer) => forkRows.find(tables.fork.key(channel, issuer)),
    forks: forkRows.list,
    forkOps,
    settleForkOps: (channel, issuer, settledAt) => {
      const key = tables.fork.key(channel, issuer)
      const fork = forkRows.find(key)
      return fork === undefined ? [] : [putJson(key, { ...fork, settledAt })]
    },
    stopOf: (kid, channel) => stopRows.find(tables.stop.key(kid, channel)),
    stops: stopRows.list,
    stopOps: stop => [putJson(tables.stop.key(stop.kid, stop.channel), stop)],
    deleteStopOps: (kid, channel) => [remove(tables.stop.key(kid, channel))],
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
    const known = held === undefined ? undefined : (JSON.parse(held) as StoredFork)
    if (known !== undefined && known.settledAt === undefined && known.seq <= seq) return []
    const fork: StoredFork = { channel, issuer, seq, text, at }
    return [putJson(key, fork), feedRow({ cursor: view.nextCursor(), kind: 'forked', id: a.id, at })]
  })
}
