import type { Envelope, IndexKeys, Part } from '#protocol'

/** By which road an envelope came to the gate; all of them pass the same one. */
export type Road = 'own' | 'gossip' | 'sync' | 'import'

/** What is odd about a kept notice, and told to people beside it. */
export type Flag = 'clock-ahead' | 'clock-back' | 'body-form' | 'nominal-form' | 'type-unknown'

/** A notice that has passed the gate, as it will be kept. */
export interface Admission {
  envelope: Envelope
  parts: readonly Part[]
  /** Names of parts that may no longer be kept, erased before they were ever stored. */
  erased: readonly string[]
  road: Road
  /** The member whose node gave it to us; our own id for our own. */
  from: string
  /** Seconds since 1970, by our clock. */
  receivedAt: number
  flags: readonly Flag[]
  /** What it can be found by, from its body; empty until a body is held. */
  keys: IndexKeys
  /** Words of its body for plain-text search, folded; empty until a body is held. */
  words: string
  /** Names of parts that we lack and still look for: the channel's, and those that may be for us as a named reader. */
  wanted: readonly string[]
  /** Void notices are kept as evidence and take no place in the log. */
  isVoid: boolean
}

/** Parts that came later for a notice already kept. */
export interface PartsAdmission {
  envelope: Envelope
  parts: readonly Part[]
  flags: readonly Flag[]
  keys: IndexKeys
  words: string
  receivedAt: number
}

/** A notice as kept, with those of its parts that are at hand. */
export interface KeptNotice {
  envelope: Envelope
  parts: readonly Part[]
  erased: readonly string[]
  road: Road
  from: string
  receivedAt: number
  flags: readonly Flag[]
  isVoid: boolean
  /** Its place in our feed. */
  cursor: number
}

/** One line of the feed: admitted here, in order of arrival; what programs are told of. */
export interface FeedEntry {
  cursor: number
  kind: 'notice' | 'parts' | 'erased' | 'voided' | 'forked' | 'matched'
  /** The notice's id; for `forked` of the first notice of the proof, for `matched` of the kept consignment. */
  id: string
  /** Seconds since 1970. */
  at: number
}
