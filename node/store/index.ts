import { FocalpointError } from '#protocol'
import { type Drafts, draftsIn } from './drafts.ts'
import { type Erasure, erasureIn, finishedOps } from './erasure.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import { type Feed, openFeed } from './feed.ts'
import { headsIn } from './heads.ts'
import { type Idempotency, idempotencyIn } from './idempotency.ts'
import { fieldOf, tables } from './keys.ts'
import { type Mirror, mirroredRows, openMirror } from './mirror.ts'
import { type Notices, noticesIn } from './notices.ts'
import type { Operation } from './operation.ts'
import { type Outbox, outboxIn } from './outbox.ts'
import { type PersonRows, peopleIn } from './people.ts'
import { openRegistryRows, type RegistryRows } from './registry.ts'
import { Database, type Rows } from './rows.ts'
import { type NoticeSearch, searchIn } from './search.ts'
import { type TokenRows, tokensIn } from './tokens.ts'
import { Writer } from './writer.ts'

export type { OpenDraft, ReleasedDraft, StoredDraft } from './drafts.ts'
export type { StoredFork, StoredStop } from './evidence.ts'
export type { IdempotentRelease } from './idempotency.ts'
export type { LogEntry, LogPart } from './notice-row.ts'
export type { Operation } from './operation.ts'
export type { Outgoing } from './outbox.ts'
export type { Search } from './search.ts'

export interface StoreOptions {
  dir: string
  /** How long a write waits for company; a synced batch of many costs as much as one of one. */
  groupCommitMs?: number
  /** No beacon number is lower: the time in seconds keeps them increasing over a restored backup. */
  beaconsFrom?: number
  /** Only to show what is lost without: an acknowledged notice may vanish with the power. */
  unsafeNoSync?: boolean
}

export interface Store extends AsyncDisposable {
  readonly notices: Notices
  readonly feed: Omit<Feed, 'committed'>
  readonly search: NoticeSearch
  readonly erasure: Erasure
  readonly drafts: Drafts
  readonly idempotency: Idempotency
  readonly outbox: Outbox
  readonly people: PersonRows
  readonly tokens: TokenRows
  readonly evidence: Evidence
  readonly registry: RegistryRows
  /** False once a write has failed, until the store is opened again. */
  readonly isWritable: boolean
  /** All of these rows or none, together with others; resolves when durable. Throws `disk-full`. */
  write: (operations: readonly Operation[]) => Promise<void>
  /** In a batch of their own, at once, after all that was asked before. */
  writeAlone: (operations: readonly Operation[]) => Promise<void>
  /** Afterwards no file of the folder holds what was deleted before. */
  compact: () => Promise<void>
  /** `bytes` as the folder takes on disk. */
  counts: () => Promise<{ notices: number; bytes: number }>
}

/** The version of the key table. */
const schema = '1'

/** Opens the store, or makes it. Throws `data-folder-in-use`, `data-folder-unusable`, `store-damaged`. */
export async function openStore({
  dir,
  groupCommitMs = 5,
  beaconsFrom = 0,
  unsafeNoSync = false,
}: StoreOptions): Promise<Store> {
  await using opened = new AsyncDisposableStack()
  const database = opened.adopt(await Database.open(dir), room => room.close())
  await checkSchema(database)
  const feed = await openFeed(database)
  const mirrors = await openMirrors(database)
  const rows = mirroredRows(database, new Map(Object.entries(mirrors)))
  const heads = headsIn(mirrors.head)
  const writer = new Writer({
    path: dir,
    groupCommitMs,
    sync: !unsafeNoSync,
    cursor: feed.lastCursor(),
    get: rows.get,
    batch: (batch, options) => database.batch(batch, options),
    committed: batch => tell(batch, { mirrors, feed }),
  })
  opened.defer(() => writer.drained().catch(() => {}))
  const write = (operations: readonly Operation[]) => writer.write(operations)
  const writeAlone = (operations: readonly Operation[]) => writer.write(operations, { isAlone: true })
  const registry = await openRegistryRows({ rows, write: writeAlone, beaconsFrom })
  const life = opened.move()

  return {
    notices: noticesIn({ rows, heads, missing: mirrors.missing }),
    feed,
    search: searchIn(rows),
    erasure: erasureIn(rows),
    drafts: draftsIn(mirrors.draft),
    idempotency: idempotencyIn(rows),
    outbox: outboxIn({ rows, waiting: mirrors.waiting }),
    people: peopleIn(mirrors.person),
    tokens: tokensIn(mirrors.token),
    evidence: evidenceIn({ forks: mirrors.fork, stops: mirrors.stop }),
    registry,
    get isWritable() {
      return writer.isWritable
    },
    write,
    writeAlone,
    async compact() {
      await writer.drained()
      await database.compact()
      await writeAlone(finishedOps())
    },
    counts: async () => ({ notices: heads.count(), bytes: await database.bytes() }),
    [Symbol.asyncDispose]: () => life.disposeAsync(),
  }
}

/** Small tables, those that are asked for as a whole, and those that the gate asks for every notice. */
const mirrored = [
  'head',
  'missing',
  'erased',
  'voids',
  'draft',
  'waiting',
  'person',
  'token',
  'fork',
  'stop',
] as const
type Mirrored = Record<(typeof mirrored)[number], Mirror>

async function openMirrors(rows: Rows): Promise<Mirrored> {
  const opened = mirrored.map(async table => [table, await openMirror(rows, table)] as const)
  return Object.fromEntries(await Promise.all(opened)) as Mirrored
}

/** Heads and the like first, then those who follow the feed: they read what they are told of. */
function tell(
  batch: ReadonlyMap<string, string | undefined>,
  { mirrors, feed }: { mirrors: Mirrored; feed: Feed },
): void {
  const byTable = new Map<string, Mirror>(Object.entries(mirrors))
  let newest: string | undefined
  for (const [key, value] of batch) {
    const table = fieldOf(key, 0)
    byTable.get(table)?.committed(key, value)
    if (table === 'feed') newest = key
  }
  if (newest !== undefined) feed.committed(newest)
}

/** Throws `store-damaged` rather than misread rows of another version. */
async function checkSchema(database: Database): Promise<void> {
  const key = tables.meta.key('schema')
  const found = database.get(key)
  if (found === schema) return
  if (found === undefined && (await database.scanKeys({ limit: 1 })).length === 0) {
    return database.batch(new Map([[key, schema]]), { sync: true })
  }
  throw new FocalpointError(
    'store-damaged',
    `This store is of version ${found ?? 'unknown'} and this focalpoint reads version ${schema}: use the focalpoint that wrote it.`,
    { what: `schema ${found ?? 'missing'}` },
  )
}
