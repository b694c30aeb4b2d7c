import { FocalpointError } from '#protocol'
import type { AuditRows } from '../audit.ts'
import type { OpenedRows } from '../opened.ts'
import type { SignInRows } from '../sign-in/sign-in.ts'
import type { DeliveryRows, SubscriptionRows } from '../subscription.ts'
import { openAnswered } from './answered.ts'
import { auditRowsIn } from './audit.ts'
import { type LeftChannels, leftChannelsIn } from './channels.ts'
import { checkMark } from './check/check.ts'
import type { HighWater } from './check/high-water.ts'
import { Sealer } from './check/sealer.ts'
import { type ColumnMaps, columnMapsIn } from './column-maps.ts'
import { type Consignments, consignmentsIn } from './consignments.ts'
import { deliveriesIn } from './deliveries.ts'
import { Disk } from './disk.ts'
import { type Drafts, draftsIn } from './drafts.ts'
import { type Erasure, erasureIn, finishedOps } from './erasure.ts'
import { type Evidence, evidenceIn } from './evidence.ts'
import { type Feed, openFeed } from './feed.ts'
import { type Heads, headsIn } from './heads.ts'
import { type Idempotency, idempotencyIn } from './idempotency.ts'
import { fieldOf } from './keys.ts'
import { type Mirror, mirroredRows, openMirror } from './mirror.ts'
import { type NetworkHours, networkHoursIn } from './network-hours.ts'
import { type Notices, noticesIn } from './notices.ts'
import { openedRowsIn } from './opened.ts'
import type { Operation } from './operation.ts'
import { type Outbox, outboxIn } from './outbox.ts'
import { type PersonRows, peopleIn } from './people.ts'
import { openQueue } from './queue.ts'
import { openRegistryRows, type RegistryRows } from './registry.ts'
import { Database, type Rows } from './rows.ts'
import { checkSchema } from './schema.ts'
import { type NoticeSearch, searchIn } from './search.ts'
import { type Sendings, sendingsIn } from './sending.ts'
import { signInRowsIn } from './sign-in.ts'
import { snapshotOf } from './snapshot.ts'
import { subscriptionsIn } from './subscriptions.ts'
import { type TokenRows, tokensIn } from './tokens.ts'
import { type Unfinished, unfinishedIn } from './unfinished.ts'
import { Writer } from './writer.ts'

export type { StoredColumnMap } from './column-maps.ts'
export type { KeptConsignment, Rescreened } from './consignments.ts'
export type { OpenDraft, ReleasedDraft, StoredDraft } from './drafts.ts'
export type { StoredFork, StoredStop } from './evidence.ts'
export type { NetworkHour } from './network-hours.ts'
export type { LogEntry, LogPart } from './notice-row.ts'
export type { Operation } from './operation.ts'
export type { Outgoing } from './outbox.ts'
export type { RegistryConflict } from './registry.ts'
export { schema } from './schema.ts'
export type { Search } from './search.ts'
export type { StoredSending } from './sending.ts'

export interface StoreOptions {
  dir: string
  /** How long a write waits for company; a synced batch of many costs as much as one of one. */
  groupCommitMs?: number
  /** No beacon number is lower: the time in seconds keeps them increasing over a restored backup. */
  beaconsFrom?: number
  /** With less free space on the disk nothing new is taken in. */
  freeSpaceBytes?: number
  /** Where the high-water mark is kept, outside the store; without it there is none. */
  markPath?: string
  /** What the store must hold at least. */
  mark?: HighWater | undefined
  /** A new store's feed begins above this cursor. */
  feedFloor?: number
  /** Told when the mark could not be written. */
  onError?: (error: unknown) => void
  /** Only to show what is lost without: an acknowledged notice may vanish with the power. */
  unsafeNoSync?: boolean
}

export interface Store extends AsyncDisposable {
  readonly notices: Notices
  readonly feed: Omit<Feed, 'committed'>
  readonly search: NoticeSearch
  readonly erasure: Erasure
  readonly drafts: Drafts
  readonly unfinished: Unfinished
  readonly sendings: Sendings
  readonly consignments: Consignments
  readonly columnMaps: ColumnMaps
  readonly idempotency: Idempotency
  readonly outbox: Outbox
  readonly people: PersonRows
  readonly tokens: TokenRows
  readonly signIn: SignInRows
  readonly audit: AuditRows
  readonly opened: OpenedRows
  readonly evidence: Evidence
  readonly registry: RegistryRows
  readonly channels: LeftChannels
  readonly subscriptions: SubscriptionRows
  readonly deliveries: DeliveryRows
  readonly networkHours: NetworkHours
  /** False while nothing new is taken in: there is little space, or a write has failed. It becomes true by itself. */
  readonly isWritable: boolean
  /** Why not, in words for people. */
  readonly refusal: string | undefined
  /** What was read and is not as it was written; the next start sets the store aside. */
  readonly damage: string | undefined
  hasRow: (key: string) => boolean
  /** All of these rows or none, together with others; resolves when durable. Throws `disk-full`, `store-failed`. */
  write: (operations: readonly Operation[]) => Promise<void>
  /** In a batch of their own, at once, after all that was asked before. */
  writeAlone: (operations: readonly Operation[]) => Promise<void>
  /** Afterwards no file of the folder holds what was deleted before. */
  compact: () => Promise<void>
  /** All rows of one moment that cannot be made again from others, page by page in key order: for a backup. */
  snapshot: () => AsyncGenerator<[key: string, value: string][]>
  /** `bytes` as the folder takes on disk. */
  counts: () => Promise<{ notices: number; bytes: number }>
}

/** Opens the store, or makes it. Throws `data-folder-in-use`, `data-folder-unusable`, `store-damaged`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dir, groupCommitMs = 5, beaconsFrom = 0, unsafeNoSync = false } = options
  await using opened = new AsyncDisposableStack()
  const database = opened.adopt(await Database.open(dir), room => room.close())
  await checkSchema(database, { feedFloor: options.feedFloor ?? 0 })
  const [wrong] = await checkMark(database, options.mark)
  if (wrong !== undefined) throw damaged(wrong)
  const feed = await openFeed(database)
  const mirrors = await openMirrors(database)
  const queue = await openQueue(database)
  const answered = await openAnswered(database)
  const held = { ...mirrors, queue, ref: answered }
  const rows = mirroredRows(database, new Map(Object.entries(mirrors)))
  const heads = headsIn(mirrors.head)
  const sealer = opened.adopt(sealerOf(options, { database, mirrors, feed, heads }), room => room?.close())
  const disk = opened.use(
    await Disk.watch({
      dir,
      floorBytes: options.freeSpaceBytes ?? 0,
      async reopen() {
        await database.reopen()
        await Promise.all(Object.values(held).map(table => table.reread()))
        await feed.reread()
        writer.resume(feed.lastCursor())
      },
    }),
  )
  const writer = new Writer({
    groupCommitMs,
    sync: !unsafeNoSync,
    cursor: feed.lastCursor(),
    get: rows.get,
    batch: (batch, how) => database.batch(batch, how),
    committed: batch => {
      tell(batch, { held, feed })
      sealer?.committed()
    },
    checkRoom: (made, get) => disk.checkRoom(made, get),
    failed: cause => disk.failed(cause),
  })
  opened.defer(() => writer.drained().catch(() => {}))
  const write = (operations: readonly Operation[]) => writer.write(operations)
  const writeAlone = (operations: readonly Operation[]) => writer.write(operations, { isAlone: true })
  const registry = await openRegistryRows({
    rows,
    conflicts: mirrors.conflict,
    write: writeAlone,
    beaconsFrom,
  })
  await sealer?.seal()
  const life = opened.move()

  return {
    notices: noticesIn({ rows, heads, missing: mirrors.missing, answered }),
    feed,
    search: searchIn(rows),
    erasure: erasureIn(rows, mirrors.erased),
    drafts: draftsIn(mirrors.draft),
    unfinished: unfinishedIn(mirrors.unfinished),
    sendings: sendingsIn(mirrors.sending),
    consignments: consignmentsIn(rows),
    columnMaps: columnMapsIn(mirrors.columnmap),
    idempotency: idempotencyIn(rows),
    outbox: outboxIn({ rows, waiting: mirrors.waiting }),
    people: peopleIn(mirrors.person),
    tokens: tokensIn(mirrors.token),
    signIn: signInRowsIn({ mirrors, write: writeAlone }),
    audit: auditRowsIn({ rows, write }),
    opened: openedRowsIn({ rows, write }),
    evidence: evidenceIn({ forks: mirrors.fork, stops: mirrors.stop }),
    registry,
    channels: leftChannelsIn(rows),
    subscriptions: subscriptionsIn({ rows, mirrors, write }),
    deliveries: deliveriesIn({ rows, queue, mirrors, write }),
    networkHours: networkHoursIn(mirrors.networkhour),
    get isWritable() {
      return disk.refusal === undefined
    },
    get refusal() {
      return disk.refusal?.message
    },
    get damage() {
      return database.damage
    },
    hasRow: key => rows.get(key) !== undefined,
    write,
    writeAlone,
    async compact() {
      await writer.drained()
      await database.compact()
      await writeAlone(finishedOps())
    },
    async *snapshot() {
      await writer.drained()
      yield* snapshotOf(database)
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
  'unfinished',
  'sending',
  'waiting',
  'person',
  'token',
  'password',
  'session',
  'link',
  'failures',
  'signedin',
  'columnmap',
  'fork',
  'stop',
  'conflict',
  'subscription',
  'secret',
  'reached',
  'dead',
  'reminder',
  'networkhour',
] as const
type Mirrored = Record<(typeof mirrored)[number], Mirror>

async function openMirrors(rows: Rows): Promise<Mirrored> {
  const opened = mirrored.map(async table => [table, await openMirror(rows, table)] as const)
  return Object.fromEntries(await Promise.all(opened)) as Mirrored
}

/** Heads and the like first, then those who follow the feed: they read what they are told of. */
function tell(
  batch: ReadonlyMap<string, string | undefined>,
  { held, feed }: { held: Record<string, Pick<Mirror, 'committed'>>; feed: Feed },
): void {
  const byTable = new Map(Object.entries(held))
  let newest: string | undefined
  for (const [key, value] of batch) {
    const table = fieldOf(key, 0)
    byTable.get(table)?.committed(key, value)
    if (table === 'feed') newest = key
  }
  if (newest !== undefined) feed.committed(newest)
}

interface Sealed {
  database: Database
  mirrors: Mirrored
  feed: Feed
  heads: Heads
}

/** None without a path, and none where nothing is flushed: it would vouch for what a power cut takes. */
function sealerOf(
  { dir, markPath, unsafeNoSync, onError = () => {} }: StoreOptions,
  { database, mirrors, feed, heads }: Sealed,
): Sealer | undefined {
  if (markPath === undefined || unsafeNoSync) return undefined
  return new Sealer({
    dir,
    path: markPath,
    tableFiles: () => database.tableFiles(),
    counts: () => ({
      batch: database.batches,
      isDoubted: database.damage !== undefined,
      heads: heads.heads(),
      feed: feed.lastCursor(),
      tables: Object.fromEntries(mirrored.map(table => [table, mirrors[table].count()])),
    }),
    onError,
  })
}

function damaged(what: string): FocalpointError<'store-damaged'> {
  return new FocalpointError('store-damaged', `The store is not as it was left: ${what}.`, { what })
}
