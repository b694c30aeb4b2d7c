/** Limits of this room: the unit is in the name, the reason beside it. */
export const apiLimits = {
  /** Two parts of 96 KiB with the words around them. */
  bodyBytes: 256 * 1024,
  /** A members document of 2 MiB, every other letter of it a quote that JSON escapes, and some roots. */
  registryBodyBytes: 8 * 1024 * 1024,
  /** Forms nest some ten deep, and what looks at a body recurses. */
  jsonDepth: 64,
  /** One page of a list; a screen shows some 50. */
  pageDefault: 50,
  pageMost: 200,
  /** A person fumbling with a token does not reach it; a guessing program is slowed. */
  failedAuthenticationsPerMinute: 60,
  /** A client that sends its headers and body slower than this only holds a place. */
  requestTimeoutMs: 30_000,
  /** Proxies close silent connections after 30 to 60 s. */
  heartbeatMs: 15_000,
  /** A follower that reads nothing for this long is let go; it comes back with its Last-Event-ID. */
  stalledFollowerMs: 30_000,
  /** Each follower is an open socket; an office has a handful of programs. */
  followersMost: 200,
  followersMostPerPerson: 20,
  /** Each walks through the store; an office takes one at a time. */
  exportsMost: 4,
  /** One may be read slowly, or not at all for `stalledFollowerMs`. */
  exportsMostPerPerson: 2,
  /** Answers under way may end; a request that is half sent would hold the closing for `requestTimeoutMs`. */
  closingMs: 1000,
  idempotencyKeyCharacters: 200,
} as const
