import type { JsonObject } from './canonical.ts'

/** Whom a part is for: whoever has joined the channel when served, or only the issuer and the named readers. */
export type PartAudience = 'channel' | 'named'

/** Whom a part is for and the last day (YYYY-MM-DD) anyone may keep it. */
export interface PartRule {
  to: PartAudience
  until?: string
}

/** How one notice refers to another. */
export const rels = ['about', 'follows', 'corrects', 'withdraws', 'renews', 'answers', 'duplicates'] as const
export type Rel = (typeof rels)[number]

export interface Ref {
  id: string
  rel: Rel
}

/** What a person writes: no place in a log and no signature yet. */
export interface Draft {
  type: string
  body: JsonObject
  /** The body's party keys → names, identifiers, addresses. */
  nominal?: JsonObject
  /** Member ids; present exactly when a part is for named readers. */
  readers?: string[]
  /** One rule for each of `body` and `nominal`: there is no default, a draft must choose. */
  parts: { [name: string]: PartRule }
  refs?: Ref[]
  /** A drill: never changes a lane, a figure or a deadline, and is marked in every output. */
  exercise?: boolean
}
