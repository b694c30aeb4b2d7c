import type { Draft, ErrorCode } from '#protocol'
import type { Person } from '../people.ts'

export interface StoredDraft {
  id: string
  draft: Draft
  /** The id of the person who wrote it. */
  author: string
  /** Ids of all who wrote at it: somebody else must release it. */
  editors: readonly string[]
  /** Seconds since 1970. */
  createdAt: number
  updatedAt: number
  /** From 1; one more with every change. */
  version: number
  /** Why it does not wait for release any more. */
  returned?: Returned
  /** The id of the notice that it became. */
  releasedAs?: string
}

/** A draft that a releaser has sent back: it waits for its author. */
export interface Returned {
  /** The id of the person who sent it back. */
  by: string
  /** Seconds since 1970. */
  at: number
  /** In that person's words; it stays in this office. */
  reason: string
}

/** A draft that became a notice, which its author has not opened. */
export interface UnseenRelease {
  notice: string
  /** The id of the person who released it. */
  by: string | undefined
  /** Seconds since 1970. */
  at: number
}

/** Field of the form, as a JSON Pointer into the draft → what was typed or chosen there. */
export type Answers = Readonly<Record<string, readonly string[]>>

/** A draft that is being written: as it was typed, right or not. */
export interface UnfinishedDraft {
  /** Also of the draft that it becomes, or is a change of. */
  id: string
  type: string
  answers: Answers
  /** The id of the person who began it. */
  author: string
  /** Ids of all who wrote at it. */
  editors: readonly string[]
  /** The id of the person who changed it last. */
  by: string
  /** Seconds since 1970. */
  createdAt: number
  updatedAt: number
  /** From 1; one more with every change. */
  version: number
  /** Of the complete draft that this is a change of. */
  draftVersion?: number
}

export interface UnfinishedDesk {
  list(): UnfinishedDraft[]
  find(id: string): UnfinishedDraft | undefined
  /**
   * `of`: a complete draft that is to be changed. Throws `conflict` where that has begun, `not-found`, `quota-reached`,
   * `body-too-large`.
   */
  create(wanted: { type: string; answers: Answers; of?: string }, person: Person): Promise<UnfinishedDraft>
  /** Throws `draft-changed` when another version is held, `not-found`, `body-too-large`, `quota-reached`. */
  replace(id: string, answers: Answers, person: Person, o: { version: number }): Promise<UnfinishedDraft>
  remove(id: string): Promise<void>
  /** Resolves when all that was asked for is on disk, and `find` gives it. */
  settled(): Promise<void>
  /** Makes it a draft that waits for release. Throws what `drafts.create` and `drafts.replace` throw. */
  finish(id: string, value: unknown, person: Person, o: { version: number }): Promise<StoredDraft>
}

/** A draft that was released and is about to be signed and sent. */
export interface Sending {
  draft: string
  version: number
  /** The id of the person who released it. */
  by: string
  /** Seconds since 1970: when it was released, and when it goes. */
  at: number
  sendAt: number
  /** Interrupted: the node was started again in between, and waits for a person to say so once more. */
  state: 'counting' | 'interrupted' | 'failed'
  /** Why it could not be sent. */
  failed?: { code: ErrorCode; message: string }
}

export interface SendingsDesk {
  pauseSeconds: number
  find(draft: string): Sending | undefined
  list(): Sending[]
  /** Counts down; the same version twice is one. Throws what `release` throws, before anything is counted. */
  begin(draft: string, person: Person, o: { version: number }): Promise<void>
  /** Throws `not-found` once it has been sent. */
  stop(draft: string, person: Person): Promise<void>
}
