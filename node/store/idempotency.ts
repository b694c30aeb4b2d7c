import { tables } from './keys.ts'
import { type Operation, putJson } from './operation.ts'
import type { Rows } from './rows.ts'

/** What came of a release that was asked for with an `Idempotency-Key`. */
export interface IdempotentRelease {
  draftId: string
  noticeId: string
  /** Of the request: the same key with another request is a mistake. */
  digest: string
}

export interface Idempotency {
  findIdempotent: (key: string) => IdempotentRelease | undefined
  putOps: (key: string, release: IdempotentRelease) => Operation[]
}

export function idempotencyIn(rows: Rows): Idempotency {
  return {
    findIdempotent(key) {
      const value = rows.get(tables.idempotency.key(key))
      return value === undefined ? undefined : JSON.parse(value)
    },
    putOps: (key, release) => [putJson(tables.idempotency.key(key), release)],
  }
}
