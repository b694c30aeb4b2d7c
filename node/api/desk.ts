import type { CarriedRef, Draft, JsonObject, NoticeType, Registry, Rel } from '#protocol'
import type { FeedEntry } from '../admission.ts'
import type { Person } from '../people.ts'

/** All that the API asks of the node. */
export interface Desk {
  member: string
  /** Our own names by language. */
  names: Record<string, string>
  /** Everything that the API says about types is derived from this list. */
  types: readonly NoticeType[]
  drafts: {
    /** Throws `draft-invalid`, `type-unknown`, `channel-mixed`, `ref-unknown`, `ref-elsewhere`, `channel-not-joined`. */
    create(value: unknown, person: Person): Promise<StoredDraft>
    /** Throws `draft-changed` when another version is held. */
    replace(id: string, value: unknown, person: Person, o: { version?: number }): Promise<StoredDraft>
    remove(id: string, person: Person): Promise<void>
    /** A draft not yet released. */
    find(id: string): StoredDraft | undefined
    list(): Promise<StoredDraft[]>
  }
  /** Throws `four-eyes`, `already-released`, `idempotency-key-reused`, `recovering`, `signing-stopped`, `clock-off`. */
  release(draftId: string, person: Person, o: { idempotencyKey?: string }): Promise<NoticeView>
  /** A draft of this answering type with its reference and target filled in; throws `not-found`. */
  answer(noticeId: string, type: string, value: unknown, person: Person): Promise<StoredDraft>
  notices: {
    /** Newest first. */
    list(query: NoticeQuery, o: { nominal: boolean }): Promise<NoticeView[]>
    find(id: string, o: { nominal: boolean }): Promise<NoticeView | undefined>
    /** The exact signed text; the nominal part withheld where it may not be read. */
    text(id: string, o: { nominal: boolean }): string | undefined
  }
  feed: {
    after(cursor: number, limit: number): FeedEntry[]
    last(): number
    /** Resolves when there is an entry after this cursor; settles when the signal is aborted. */
    changed(after: number, signal: AbortSignal): Promise<void>
  }
  network(): NetworkView
  registry(): Registry
  health(): Health
}

export interface StoredDraft {
  id: string
  draft: Draft
  /** The id of the person who wrote it. */
  author: string
  /** Seconds since 1970. */
  createdAt: number
  updatedAt: number
  /** From 1; one more with every change. */
  version: number
  /** The id of the notice that it became. */
  releasedAs?: string
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
  signing: { state: string; reason?: string }
  registry: { root: number; members: number; expires: string }
}

export interface ParticipantView {
  member: string
  names: Record<string, string>
  /** One of the words: up to date, catching up, not heard, refusing us, refused by us, suspended. */
  status: string
  behindBy: number
  /** ISO 8601. */
  lastHeardAt?: string
  software?: string
  clockDifferenceSeconds?: number
  lastError?: string
}

export interface Health {
  ready: boolean
  checks: { name: string; ok: boolean; detail: string }[]
}
