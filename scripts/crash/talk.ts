/** What a child is told when it is started. */
export interface ChildPlan {
  member: string
  dataDir: string
  members: number
  /** It issues; else it receives. */
  isIssuer: boolean
  /** The number of the next draft. */
  nextNumber: number
  /** A release that was asked for and never answered: it is asked for again. */
  unanswered?: { draft: string; number: number } | undefined
  /** The last cursor of its feed that it has told. */
  cursor: number
  unsafeNoSync: boolean
  unsafeNoGuard: boolean
  /** Asks again with a new draft and no `Idempotency-Key`, as a careless program would. */
  unsafeNoKey: boolean
}

/** What a child says, a line of JSON each, written before it goes on. */
export type Said =
  | { said: 'started'; pid: number }
  | { said: 'open'; addresses: string[] }
  | { said: 'releasing'; draft: string; number: number }
  /** The promise: this notice is issued. */
  | { said: 'released'; number: number; seq: number; id: string }
  /** The promise: this notice is received, and stands in the feed. */
  | { said: 'received'; cursor: number; seq: number; id: string }
  | { said: 'paused' }

/** What a child is told while it runs, a line of JSON each. */
export type Told = { connect: string[] } | 'pause' | 'die unanswered'
