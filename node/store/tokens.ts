import type { Token } from '../people.ts'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { type Operation, putJson, remove } from './operation.ts'

export interface TokenRows {
  /** Revoked and expired ones too: the caller judges. */
  find: (hash: string) => Token | undefined
  list: () => Token[]
  putOps: (token: Token) => Operation[]
  deleteOps: (hash: string) => Operation[]
}

export function tokensIn(mirror: Mirror): TokenRows {
  const tokens = jsonRows<Token>(mirror)
  return {
    find: hash => tokens.find(tables.token.key(hash)),
    list: tokens.list,
    putOps: token => [putJson(tables.token.key(token.hash), token)],
    deleteOps: hash => [remove(tables.token.key(hash))],
  }
}
