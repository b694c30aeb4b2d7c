import type { CarriedRef, JsonObject, NoticeType, Registry, Rel, SignedDocument } from '#protocol'
import type { FeedEntry } from '../admission.ts'
import type { OpenedNotices } from '../opened.ts'
import type { Once, Person } from '../people.ts'
import type { CustomsDesk } from './customs.ts'
import type { SendingsDesk, StoredDraft, UnfinishedDesk, UnseenRelease } from './drafting.ts'
import type { ExportDesk } from './export.ts'
import type { Figures } from './figures/count.ts'
import type { PeerStatus } from './peer-status.ts'
import type { SubscriptionDesk } from './subscriptions.ts'

export type { StoredDraft } from './drafting.ts'

/** A registry document, or a stop, as people hand it to their own node. */
export interface OfferedDocument extends SignedDocument {
  kind: 'root' | 'members' | 'stop'
}

/** All that people and programs can ask of this node: the API and the pages stand on it alike. */
export interface Desk extends CustomsDesk {
  member: string
  /** Our own names by language. */
  names: Record<string, string>
  /** Everything that the API says about types is derived from this list. */
  types: readonly NoticeType[]
  drafts: {
    /** Throws `draft-invalid`, `type-unknown`, `channel-mixed`, `ref-unknown`, `ref-elsewhere`, `channel-not-joined`. */
    create(value: unknown, person: Person, o?: { once?: Once }): Promise<StoredDraft>
    /** Sends a returned draft again, too. Throws `draft-changed` when another version is held. */
    replace(id: string, value: unknown, person: Person, o: { version?: number }): Promise<StoredDraft>
    /** Throws what `create` throws, and keeps nothing. */
    check(value: unknown): void
    remove(id: string, person: Person, o?: { version?: number }): Promise<void>
    /** A draft not yet released. */
    find(id: string): StoredDraft | undefined
    list(): Promise<StoredDraft[]>
    /** The notice that a draft became. */
    releasedAs(id: string): string | undefined
    /** It waits no longer for release until it is sent again. Throws `draft-changed`, `draft-returned`. */
    sendBack(id: string, reason: string, person: Person, o: { version?: number }): Promise<StoredDraft>
    /** What became of this author's drafts and was not opened by the author, newest first. */
    unseenReleases(author: string): UnseenRelease[]
    /** This person opens the notice. */
    see(notice: string, person: string): Promise<void>
  }
  unfinished: UnfinishedDesk
  sendings: SendingsDesk
  /** Throws `four-eyes`, `already-released`, `draft-returned`, `idempotency-key-reused`, `recovering`, `signing-stopped`, `clock-off`. */
  release(draftId: string, person: Person, o?: { once?: Once; version?: number }): Promise<NoticeView>
  /** A draft of this answering type with its reference and target filled in; throws `not-found`. */
  answer(
    noticeId: string,
    type: string,
    value: unknown,
    person: Person,
    o?: { once?: Once },
  ): Promise<StoredDraft>
  /** What came of requests that their senders may repeat, for a day. */
  repeats: {
    /** The id of what was made. Throws `idempotency-key-reused`. */
    find(once: Once): string | undefined
    /** The same, else of what this makes and keeps now: asked twice at once it makes one. */
    make(once: Once, make: () => Promise<string>): Promise<string>
    /** Nothing new where it was kept together with what was made. */
    keep(once: Once, id: string): Promise<void>
  }
  notices: {
    /** Newest first. */
    list(query: NoticeQuery, o: { nominal: boolean }): Promise<NoticeView[]>
    find(id: string, o: { nominal: boolean }): Promise<NoticeView | undefined>
    /** The exact signed text; all but `body` and `readers` withheld where names may not be read. */
    text(id: string, o: { nominal: boolean }): string | undefined
  }
  feed: {
    after(cursor: number, limit: number): FeedEntry[]
    last(): number
    /** Resolves when there is an entry after this cursor; settles when the signal is aborted. */
    changed(after: number, signal: AbortSignal): Promise<void>
  }
  subscriptions: SubscriptionDesk
  exports: ExportDesk
  /** What somebody of this office has opened. */
  opened: OpenedNotices
  /** Counted anew when something has come. */
  figures(): Promise<Figures>
  network(): NetworkView
  /** The last two days, oldest first; an hour in which this node was off is missing. */
  networkHistory(): NetworkHourView[]
  registry(): Registry
  /** Puts registry documents and stops in force; gives those that were new. Throws what refuses them. */
  adopt(documents: readonly OfferedDocument[]): Promise<OfferedDocument[]>
  health(): Health
  /** The rows of the store at this moment, as text in pieces. */
  backup(): AsyncIterable<string>
}

export const noticeStatuses = [
  'being sent',
  'sent',
  'held by all',
  'corrected',
  'withdrawn',
  'erased',
] as const
export type NoticeStatus = (typeof noticeStatuses)[number]

export const standings = ['verified', 'key since retired', 'void', 'disputed', 'unknown key'] as const
export type Standing = (typeof standings)[number]

export interface NoticeQuery {
  type?: string
  issuer?: string
  /** Digits only, 4 to 10. */
  hs?: string
  goods?: string
  country?: string
  q?: string
  status?: NoticeStatus
  /** Void ones are listed only when they are asked for. */
  standing?: Standing
  /** ISO 8601, in UTC. */
  since?: string
  /** Only those with a smaller cursor. */
  before?: number
  limit: number
}

export interface NoticeView {
  id: string
  issuer: string
  channel: string
  seq: number
  type: string
  label: string
  summary: string
  /** ISO 8601, as claimed by the issuer. */
  issuedAt: string
  /** ISO 8601, by our clock. */
  receivedAt: string
  status: NoticeStatus
  standing: Standing
  exercise: boolean
  flags: readonly string[]
  body?: JsonObject
  nominal?: JsonObject
  parts: PartView[]
  refs: readonly CarriedRef[]
  referredToBy: { id: string; rel: Rel | (string & {}); type: string; issuer: string }[]
  heldBy: { count: number; of: number; missing: string[] }
  cursor: number
}

export interface PartView {
  name: string
  to: string
  until?: string
  held: boolean
  erased: boolean
}

export interface NetworkView {
  member: string
  participants: ParticipantView[]
  /** The channel that is worst off. */
  signing: { state: string; reason?: string }
  channels: ChannelView[]
  registry: RegistryStateView
  /** Oldest first. */
  alarms: AlarmView[]
  holdings: HoldingView[]
}

/** How the members' nodes were in one hour. */
export interface NetworkHourView {
  /** ISO 8601. */
  from: string
  /** Member → the worst of its status words that lasted, and the most that it was behind by. */
  members: Record<string, { status: PeerStatus; behindBy: number }>
}

/** One channel that this node has joined. */
export interface ChannelView {
  channel: string
  state: string
  reason?: string
  /** The kid that signs our next notice there; none where none may. */
  key?: string
  /** How many of the other members have told all their heads of it since this node was started. */
  heardFrom: number
  /** The other members. */
  others: number
}

export interface RegistryStateView {
  root: number
  members: number
  /** ISO 8601. */
  expires: string
  /** Whole days; below 0 once it has expired. */
  daysLeft: number
  expired: boolean
  /** ISO 8601: from then on this node issues nothing, unless the registry is renewed. */
  issuingStopsAt: string
  /** SHA-256 of the members document. */
  hash: string
}

/** Something that somebody must look at. */
export interface AlarmView {
  code: string
  /** ISO 8601: since when. */
  at: string
  detail: string
  /** Whom it is about, where it is about one member. */
  member?: string
}

/** Who holds one log, and how far. */
export interface HoldingView {
  channel: string
  issuer: string
  /** The highest place known here. */
  head: number
  /** Of the channel's members, ourselves included, those who hold the head. */
  heldBy: { count: number; of: number }
  /** Member → highest place held; who has not told is not in here. */
  heldBySeq: Record<string, number>
}

export interface ParticipantView {
  member: string
  names: Record<string, string>
  status: PeerStatus
  connected: boolean
  behindBy: number
  /** ISO 8601. */
  lastHeardAt?: string
  software?: string
  clockDifferenceSeconds?: number
  /** Of the registry that its node goes by. */
  rootVersion?: number
  membersVersion?: number
  storeBytes?: number
  lagMs?: number
  keys: KeyView[]
  /** The literal text of what last went wrong between us. */
  lastError?: string
}

/** A signing key, as the registry has it. */
export interface KeyView {
  kid: string
  /** One of the words: in force, stopped, ended. */
  state: string
  /** Channel → first place. */
  from: Record<string, number>
  /** Channel → last place, once the registry has ended it. */
  end?: Record<string, number>
  /** ISO 8601: until then it may issue without a newer registry. */
  until?: string
}

export interface Health {
  ready: boolean
  checks: { name: string; ok: boolean; detail: string }[]
}
