/** Limits of this room: the unit is in the name, the reason beside it. */
export const deliveryLimits = {
  /** A receiver that takes longer to say that it has it should take it first and work later. */
  exchangeMs: 15_000,
  /** Names are looked up before anything is sent, and while a person waits for the answer of the API. */
  lookupMs: 5_000,
  /** An answer is a status; of its words people read the beginning. */
  answerBytes: 4 * 1024,
  answerCharacters: 500,
  /** To all receivers together; to one there is never more than one. */
  exchangesAtOnce: 8,
  /** Of these, to receivers that were not quick the last time: many that hang hold up none that answers. */
  unprovenAtOnce: 4,
  /** A receiver that takes it first and works later answers long before this. */
  quickMs: 3_000,
  /** Back-off: a receiver that restarts is back within seconds, one that is broken is looked at by people. */
  retryFirstMs: 5_000,
  retryMostMs: 4 * 3_600_000,
  /** Of what an answer asks with Retry-After. */
  retryAfterMostMs: 6 * 3_600_000,
  /** Over a weekend. */
  giveUpAfterSeconds: 3 * 86_400,
  /** Then the secret before the last holds no longer. */
  secretOverlapSeconds: 86_400,
  /** Of a flash alert that nobody has opened. */
  remindAfterSeconds: 4 * 3_600,
  /** What waits beyond this stays in the feed, which forgets nothing. */
  waitingMost: 1_000,
  /** Of that, one page of the feed: what one write holds. */
  pageShare: 1 / 5,
  /** What was done, and the answers to it. */
  keptSeconds: 30 * 86_400,
  subscriptionsPerPerson: 100,
  urlCharacters: 2_000,
} as const
