import { FocalpointError, sha256 } from '#protocol'
import type { Once } from '../people.ts'
import { tables, under } from './keys.ts'
import { type Operation, putJson, remove } from './operation.ts'
import type { Rows } from './rows.ts'

/** What came of a request with an `Idempotency-Key`: where it is, and nothing of what it holds. */
export interface MadeOnce {
  digest: string
  /** Of what was made. */
  id: string
  /** Seconds since 1970. */
  at: number
}

export interface Idempotency {
  /** The id of what was made. Throws `idempotency-key-reused` when something else was asked with this key. */
  find: (once: Once) => string | undefined
  putOps: (once: Once, made: Pick<MadeOnce, 'id' | 'at'>) => Operation[]
  /** Forgets what was made before this second. */
  forgetOps: (before: number) => Promise<Operation[]>
}

export function idempotencyIn(rows: Rows): Idempotency {
  return {
    find(once) {
      const value = rows.get(keyOf(once))
      if (value === undefined) return undefined
      const { digest, id }: MadeOnce = JSON.parse(value)
      if (digest === once.digest) return id
      throw new FocalpointError(
        'idempotency-key-reused',
        'This Idempotency-Key was used for another request: take a new one for each thing that you ask.',
        { key: once.key },
      )
    },
    putOps: (once, made) => [putJson(keyOf(once), { digest: once.digest, ...made } satisfies MadeOnce)],
    async forgetOps(before) {
      const found = await rows.scan(under('idempotency'))
      return found.filter(([, value]) => isBefore(value, before)).map(([key]) => remove(key))
    },
  }
}

/** Hashed, for both are words from outside. */
function keyOf({ person, key }: Once): string {
  return tables.idempotency.key(sha256(`${person} ${key}`))
}

/** Rows without a time are of an earlier version, which kept them for ever. */
function isBefore(value: string, before: number): boolean {
  const { at = 0 }: Partial<MadeOnce> = JSON.parse(value)
  return at < before
}
