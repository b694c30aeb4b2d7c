/** What a receiver is told when it is started. */
export interface ReceiverPlan {
  port: number
  secret: string
  /** Where it keeps what it has accepted. */
  file: string
  /** It kills itself when it has so many: before it keeps the next one, */
  diesBefore: readonly number[]
  /** or after it has kept this one, and before it answers. */
  diesAfter: readonly number[]
}

/** A line of what it keeps. */
export interface Accepted {
  id: string
  subject: string
  seq: number
}

export type ReceiverSaid =
  | { said: 'listening'; port: number }
  | { said: 'accepted'; count: number; headers: Record<string, string>; body: string }
  /** It came once more, and was not taken. */
  | { said: 'had'; id: string }

/** What a node that sends is told when it is started. */
export interface SenderPlan {
  dataDir: string
  /** Of the receiver. */
  url: string
  /** How many notices it issues in all. */
  notices: number
}

export type SenderSaid =
  | { said: 'subscribed'; secret: string }
  | { said: 'issued'; notices: number }
  | { said: 'done' }
