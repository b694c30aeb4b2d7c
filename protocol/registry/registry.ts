import type { Members } from './members.ts'
import type { HeldRoot, Root } from './root.ts'
import type { SignedDocument } from './signatures.ts'

/** Who may speak and where, as one value that never changes: a newer document makes a new registry. */
export interface Registry {
  readonly net: string
  /** All of them, root 1 first. */
  readonly roots: readonly HeldRoot[]
  /** The newest root. */
  readonly root: Root
  readonly members: Members
  /** SHA-256 of the members document's text. */
  readonly membersHash: string
  readonly signedMembers: SignedDocument
  /** Multiaddrs to begin with. */
  readonly seeds: readonly string[]
  /** The members document did not follow the one before it; a newer root let it in, and people must be told. */
  readonly chainBroken: boolean
}

/** When the registry expires, in seconds since 1970: the earlier of its two documents' dates, at 00:00 UTC. */
export function expiryOf({ root, members }: Registry): number {
  return Math.min(secondsOf(root.expires), secondsOf(members.expires))
}

/** Reading and relaying go on after this; own publishing stops after `issuingGraceAfterExpirySeconds`. */
export function isExpired(registry: Registry, nowSeconds: number): boolean {
  return nowSeconds >= expiryOf(registry)
}

function secondsOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000
}
