/**
 * Every key on disk, in one table: how it is built, what its row holds, and why there is such a row. Fields are set
 * apart by `!`, which no field but the last can hold; numbers are padded, so that byte order is number order.
 */
export const tables = {
  meta: {
    key: (name: string) => `meta!${name}`,
    holds:
      'schema: the version of this table; unfinished-erasure: nothing; feed-floor: a cursor; rescreened: JSON Rescreened',
    why: 'a store of another version is refused, never misread; an erasure cut short is finished; a refilled feed goes on after the lost one; kept consignments meet every notice once',
  },
  batch: {
    key: (number: number) => `batch!${padded(number)}`,
    holds: 'nothing',
    why: 'marks of the last batches: one that LevelDB dropped from its log shows as a hole',
  },
  notice: {
    key: (id: string) => `notice!${id}`,
    holds:
      'NoticeRow, field by field: place, type, cursor, road, flags, and last what the notice is found by',
    why: 'from an id to all the rest; its presence means that the notice is kept',
  },
  log: {
    key: (channel: string, issuer: string, seq: number) => `log!${channel}!${issuer}!${padded(seq)}`,
    holds: '`<id> <compact JWS>`, then `<name>/<channel|named>/<disclosure>` for each part at hand',
    why: 'one read serves one notice to catch-up; erasing writes the row again without the part',
  },
  head: {
    key: (channel: string, issuer: string) => `head!${channel}!${issuer}`,
    holds: '`<seq> <id>` of the last notice that is not void',
    why: 'the frontier is read at opening without a run over the logs',
  },
  voided: {
    key: (kid: string, id: string) => `void!${kid}!${id}`,
    holds: 'as in the log',
    why: 'void notices are evidence and take no place in a log',
  },
  voids: {
    key: (kid: string) => `voids!${kid}`,
    holds: 'ids of the void notices that are kept of this key',
    why: 'a stolen key must not fill the disk',
  },
  missing: {
    key: (id: string, name: string) => `missing!${id}!${name}`,
    holds: 'nothing',
    why: 'parts looked for, neither held nor erased, to be asked for',
  },
  until: {
    key: (day: string, id: string, name: string) => `until!${day}!${id}!${name}`,
    holds: 'nothing',
    why: 'parts whose last day has passed are found without a run over all of them',
  },
  erased: {
    key: (id: string, name: string) => `erased!${id}!${name}`,
    holds: 'seconds since 1970',
    why: 'nothing may bring this part back',
  },
  ref: {
    key: (target: string, number: number) => `ref!${target}!${padded(number)}`,
    holds: '`<id> <rel>` of a notice that refers to it',
    why: 'who refers to a notice, found from that notice; it may not be held yet',
  },
  refCount: {
    key: (target: string) => `refcount!${target}`,
    holds: 'how many rows of references there were',
    why: 'the next reference is added without reading those before it',
  },
  feed: {
    key: (cursor: number) => `feed!${padded(cursor)}`,
    holds: '`<kind> <id> <seconds since 1970>`',
    why: 'the order of arrival here, which followers read with a cursor of their own',
  },
  index: {
    key: (termHash: string, cursor: number) => `index!${termHash}!${padded(cursor)}`,
    holds: 'nothing: the feed row of this cursor names the notice',
    why: 'search. Terms are hashed: LevelDB quotes keys in its manifest and its own log, where erasing cannot reach',
  },
  words: {
    key: (cursor: number) => `words!${padded(cursor)}`,
    holds: 'folded words of the body',
    why: 'plain-text search walks these rows and no others',
  },
  draft: {
    key: (id: string) => `draft!${id}`,
    holds: 'JSON StoredDraft; once released no more than who and which notice',
    why: 'what is not signed yet',
  },
  unfinished: {
    key: (id: string) => `unfinished!${id}`,
    holds: 'JSON UnfinishedDraft: what was typed into the form, right or not',
    why: 'what is half written survives a restart; it goes when it becomes a draft',
  },
  sending: {
    key: (draft: string) => `sending!${draft}`,
    holds: 'JSON StoredSending',
    why: 'what was released waits a little, so that it can be stopped; the row goes in the batch of the notice',
  },
  idempotency: {
    key: (hash: string) => `idempotency!${hash}`,
    holds: 'JSON MadeOnce, for a day: an id, never content',
    why: 'what a person asks for twice with one Idempotency-Key is made once',
  },
  outbox: {
    key: (id: string) => `outbox!${id}`,
    holds: 'JSON Outgoing',
    why: 'an own notice is told until others show it',
  },
  waiting: {
    key: (channel: string, seq: number) => `waiting!${channel}!${padded(seq)}`,
    holds: 'notice id',
    why: 'what is still to be sent, in log order, without those long sent',
  },
  person: { key: (id: string) => `person!${id}`, holds: 'JSON Person', why: 'who may act here' },
  token: {
    key: (hash: string) => `token!${hash}`,
    holds: 'JSON Token',
    why: 'found by the hash of what is presented; the token itself is nowhere',
  },
  password: {
    key: (person: string) => `password!${person}`,
    holds: 'JSON Password: an Argon2id hash with its parameters',
    why: 'a person signs in with it. In backups: without it an office whose tokens have run out could not get in again',
  },
  session: {
    key: (hash: string) => `session!${hash}`,
    holds: 'JSON Session, by the SHA-256 of its secret',
    why: 'a browser that is signed in. In no backup: what has ended must not open anything again',
  },
  link: {
    key: (hash: string) => `link!${hash}`,
    holds: 'JSON SignInLink, by the SHA-256 of its secret',
    why: 'opens a session once and is gone. In no backup, for the same reason',
  },
  signedIn: {
    key: (person: string) => `signedin!${person}`,
    holds: 'seconds since 1970',
    why: 'when a person came in last is read at once, also of one who never did, and outlives the session',
  },
  failures: {
    key: (person: string) => `failures!${person}`,
    holds: 'JSON Failures: how often in a row a wrong password was given, and when last',
    why: 'a restart gives nobody more tries. In no backup: true of this moment alone',
  },
  audit: {
    key: (number: number) => `audit!${padded(number)}`,
    holds: 'canonical JSON AuditRow, with the SHA-256 of the row before',
    why: 'what persons did here, in order, so that a row removed or changed shows',
  },
  auditMark: {
    key: (end: 'first' | 'last') => `auditmark!${end}`,
    holds: 'JSON: number and SHA-256 of the last row, and of the one before the first that is kept',
    why: 'rows removed at either end show, too',
  },
  opened: {
    key: (notice: string) => `opened!${notice}`,
    holds: '`<person> <seconds since 1970>`',
    why: 'what somebody of this office has opened is not new to it any more',
  },
  openedFrom: {
    key: () => 'openedfrom!',
    holds: 'a cursor',
    why: 'what came before anybody noted what is opened counts as opened',
  },
  consignment: {
    key: (person: string, id: string) => `consignment!${person}!${id}`,
    holds: 'JSON KeptConsignment: what was asked, and of its matches ids, scores and lanes alone',
    why: 'what somebody chose to keep is screened again with every notice; another person has no key to it',
  },
  columnMap: {
    key: (name: string) => `columnmap!${name}`,
    holds: 'JSON StoredColumnMap',
    why: "how an office reads its national system's export",
  },
  subscription: {
    key: (id: string) => `subscription!${id}`,
    holds: 'JSON Subscription',
    why: 'who asked to be told what, and where',
  },
  secret: {
    key: (subscription: string) => `secret!${subscription}`,
    holds: 'JSON WebhookSecret, readable: a signature is made with it. It is in no backup',
    why: 'what is sent is signed so that its receiver knows it is ours',
  },
  reached: {
    key: (subscription: string) => `reached!${subscription}`,
    holds: 'JSON Reached',
    why: 'written with the deliveries that were made of the feed, so that a crash neither loses nor doubles one',
  },
  delivery: {
    key: (subscription: string, id: string) => `delivery!${subscription}!${id}`,
    holds: 'JSON Delivery: ids, never content',
    why: 'what is told, and what became of it; its id is the same for the same event',
  },
  turn: {
    key: (subscription: string, turn: number) => `turn!${subscription}!${padded(turn)}`,
    holds: 'delivery id',
    why: 'deliveries as they are listed and tidied away, in their order',
  },
  queue: {
    key: (subscription: string, turn: number) => `queue!${subscription}!${padded(turn)}`,
    holds: 'delivery id',
    why: 'what is still to be told, without what was told long ago',
  },
  dead: {
    key: (subscription: string, turn: number) => `dead!${subscription}!${padded(turn)}`,
    holds: 'delivery id',
    why: 'what was given up, to be looked at and told again',
  },
  reminder: {
    key: (subscription: string, id: string) => `reminder!${subscription}!${id}`,
    holds: 'seconds since 1970',
    why: 'deliveries that go once more at this time unless somebody opens them',
  },
  attempt: {
    key: (subscription: string, id: string, number: number) =>
      `attempt!${subscription}!${id}!${padded(number)}`,
    holds: 'JSON Attempt',
    why: 'every try, with the beginning of its answer, which goes when a part of the notice is erased. In no backup',
  },
  told: {
    key: (notice: string) => `told!${notice}`,
    holds: '`<subscription>/<delivery>` for each time that it was told',
    why: 'who was told of a notice is told what becomes of it',
  },
  fork: {
    key: (channel: string, issuer: string) => `fork!${channel}!${issuer}`,
    holds: 'JSON StoredFork, the proof of the lowest place',
    why: 'the log is frozen there until the registry decides',
  },
  stop: {
    key: (kid: string, channel: string) => `stop!${kid}!${channel}`,
    holds: 'JSON StoredStop',
    why: 'the key is trusted no further in this channel, until the registry decides',
  },
  trust: {
    key: () => 'registry!trust',
    holds: 'trust.json as last adopted',
    why: 'a restart stands where it stood',
  },
  left: {
    key: (channel: string) => `left!${channel}`,
    holds: 'nothing',
    why: 'the channel was left and its parts deleted; who joins again looks for them',
  },
  conflict: {
    key: (code: string, version: number) => `conflict!${code}!${padded(version)}`,
    holds: 'JSON RegistryConflict',
    why: 'both documents of one version are shown to people',
  },
  networkHour: {
    key: (hour: number) => `networkhour!${padded(hour)}`,
    holds: 'JSON NetworkHour, for the last hours only. It is in no backup',
    why: "how the members' nodes were is shown over two days, also after a restart",
  },
  beacon: {
    key: () => 'registry!beacon',
    holds: 'the highest beacon number reserved',
    why: 'a number must never be used twice, also after a crash',
  },
} as const satisfies Record<string, { key: (...fields: never[]) => string; holds: string; why: string }>

/** Below and above every key of the table; `compact` writes both, so that one file spans them all. */
export const edges = { first: '!', last: '~' }

const digits = 16

/** Room for every safe integer. */
function padded(number: number): string {
  return String(number).padStart(digits, '0')
}

/** The number that a key ends with. */
export function numberAtEnd(key: string): number {
  return Number(key.slice(-digits))
}

/** The field of a key at this place; the table's name is field 0. */
export function fieldOf(key: string, at: number): string {
  let start = 0
  for (let field = 0; field < at; field++) {
    const end = key.indexOf('!', start)
    if (end < 0) return ''
    start = end + 1
  }
  const end = key.indexOf('!', start)
  return end < 0 ? key.slice(start) : key.slice(start, end)
}

/** All keys that begin with these fields and have more. */
export function under(...fields: readonly string[]): { gt: string; lt: string } {
  const prefix = fields.join('!')
  return { gt: `${prefix}!`, lt: `${prefix}"` }
}
