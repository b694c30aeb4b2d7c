import type { Category } from '#protocol'

/** From the least to the most urgent. */
export const urgencies = ['routine', 'priority', 'flash'] as const
export type Urgency = (typeof urgencies)[number]

/** Which notices are wanted: all that is given must hold, and of each list any one; without anything every notice. */
export interface Filter {
  types?: readonly string[]
  /** Items of the goods list or the watch list. */
  goods?: readonly string[]
  categories?: readonly Category[]
  /** Beginnings of HS codes, digits only. */
  hs?: readonly string[]
  /** ISO 3166-1 alpha-2. */
  countries?: readonly string[]
  /** Names of parties. */
  parties?: readonly string[]
  /** At least so urgent; a notice without an urgency is not. */
  urgency?: Urgency
  /** Words of the body; of one text all words must be there. */
  text?: readonly string[]
}

/** What a filter asks of a notice. */
export interface NoticeFacts {
  issuer: string
  type: string
  refs: readonly { id: string; rel: string }[]
  isVoid: boolean
  categories: readonly string[]
  goods: readonly string[]
  hs: readonly string[]
  countries: readonly string[]
  /** Of its parties, as far as they are held. */
  names: readonly string[]
  urgency?: string
  /** Of its body, folded. */
  words: string
}

export type Target =
  | { kind: 'webhook'; url: string }
  /** SHA-256 of the secret in the feed's link, as base64url: the secret itself is nowhere. */
  | { kind: 'feed'; hash: string }

/** Why nothing is sent: by a person, or by itself. */
export const pauseCodes = [
  'by-person',
  'gave-up',
  'gone',
  'target-refused',
  'owner-may-not',
  'secret-missing',
] as const
export type PauseCode = (typeof pauseCodes)[number]

export interface Pause {
  code: PauseCode
  /** In words for people: what happened and what to do. */
  reason: string
  /** Seconds since 1970. */
  at: number
}

/** What one person asked to be told, and where. */
export interface Subscription {
  id: string
  /** The id of the person who owns it. */
  person: string
  label: string
  filter: Filter
  /** Also answers that change nothing: follow-ups and acknowledgements of what was told. */
  remarks: boolean
  /** Also new matches of the consignments that its owner keeps. */
  matches: boolean
  target: Target
  paused?: Pause
  /** Seconds since 1970. */
  createdAt: number
  /** From 1; one more with every change. */
  version: number
}

export interface SubscriptionView extends Subscription {
  /** The place in the feed up to which it was looked at. */
  cursor: number
  waiting: number
  deadLetters: number
  /** Since when its receiver takes nothing; seconds since 1970. */
  failingSince?: number
}

/** What somebody asks to be told. */
export interface NewSubscription {
  label: string
  filter: Filter
  remarks: boolean
  matches: boolean
  target: { kind: 'webhook'; url: string } | { kind: 'feed' }
  /** Also what came after this place in the feed; else only what comes from now on. */
  after?: number
}

export interface SubscriptionChange {
  label?: string
  filter?: Filter
  remarks?: boolean
  matches?: boolean
  url?: string
}

/** With what is shown this once: what a webhook is signed with, or the secret of a feed's link. */
export interface Shown {
  subscription: SubscriptionView
  secret: string
}

/** What is told once more: all after a place or a time (seconds since 1970), one delivery, or what was given up. */
export type Replay = { after: number } | { since: number } | { delivery: string } | { deadLetters: true }

/** How far a subscription has come. */
export interface Reached {
  cursor: number
  /** Of the last delivery: they are sent in the order of their turns. */
  turn: number
  /** Entries that are looked at once more, before those after the cursor. */
  replay?: { after: number; until: number }
}

/** Of a webhook, as `whsec_…`; the one before holds for a while beside it. */
export interface WebhookSecret {
  current: string
  /** `until`: seconds since 1970. */
  before?: { secret: string; until: number }
}

export const deliveryKinds = ['notice', 'parts', 'erased', 'voided', 'forked', 'matched', 'test'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** Dead: given up, until somebody asks for it again; listed: stands in a feed; failed: a test, which is tried once. */
export const deliveryStates = ['waiting', 'delivered', 'dead', 'listed', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** What is to be told: no content, which is made afresh when it is sent. */
export interface Telling {
  /** The same for the same event, however often it is told: receivers keep it apart by this. */
  id: string
  kind: DeliveryKind
  /** The id of the notice; of the consignment for `matched`, of the subscription for `test`. */
  subject: string
  /** The notice told before that this one answers. */
  about?: string
  /** When it came about, in seconds since 1970. */
  at: number
  reminderOf?: string
}

export interface Delivery extends Telling {
  subscription: string
  turn: number
  state: DeliveryState
  attempts: number
  /** Seconds since 1970, like all that follow. */
  madeAt: number
  /** Since when all attempts have failed, and how many of them. */
  failing?: { since: number; times: number }
  /** When it is tried again. */
  nextAt?: number
  deliveredAt?: number
  /** When somebody said that they have read it. */
  openedAt?: number
  /** When it is told once more if nobody has opened it. */
  remindAt?: number
  /** The first attempt whose answer may be kept, after a part of the notice was erased: one before may quote it. */
  quotableFrom?: number
}

/** A delivery with every attempt, oldest first. */
export interface DeliveryView extends Delivery {
  tried: readonly Attempt[]
}

export interface Attempt {
  /** From 1. */
  number: number
  /** Seconds since 1970. */
  at: number
  tookMs: number
  /** `delivered`, or a code of what went wrong. */
  outcome: string
  status?: number
  /** What went wrong, in words for people. */
  detail?: string
  /** The beginning of the answer; it is deleted when a part of the notice is erased. */
  answer?: string
}

/** What is told of a notice: at least this, and all else that the API shows. */
export interface ToldNotice {
  id: string
  issuer: string
  type: string
  label: string
  summary: string
  /** ISO 8601. */
  issuedAt: string
  status: string
  standing: string
  exercise: boolean
}

/** All that a feed or a receiver is told of a notice for named readers, or TLP:RED. */
export interface NoticePointer {
  id: string
  exercise: boolean
  isReadHereOnly: true
}

/** What a feed shows: never a name, for a link is easily passed on. */
export interface FeedView {
  /** Of the subscription. */
  id: string
  label: string
  /** Seconds since 1970, of the newest item; of the subscription while there is none. */
  at: number
  /** Newest first. */
  items: readonly { delivery: Delivery; notice?: ToldNotice | NoticePointer }[]
}

/** What is waiting, and what stands still. */
export interface DeliveryCounts {
  waiting: number
  /** Of what waits longest; 0 for nothing. */
  oldestSeconds: number
  deadLetters: number
  active: number
  /** By whatever: by a person too. */
  paused: readonly (Pause & { label: string })[]
}

/** Where subscriptions, and what is told by them, are kept. */
export interface SubscriptionRows {
  list: () => Subscription[]
  find: (id: string) => Subscription | undefined
  reached: (id: string) => Reached | undefined
  secretOf: (id: string) => WebhookSecret | undefined
  create: (subscription: Subscription, o: { cursor: number; secret?: WebhookSecret }) => Promise<void>
  /** Made of it as it is when this is written. Throws `not-found`. */
  change: (id: string, change: (held: Subscription) => Subscription) => Promise<void>
  putSecret: (id: string, secret: WebhookSecret) => Promise<void>
  replay: (id: string, replay: NonNullable<Reached['replay']>) => Promise<void>
  /** With all that was told by it. */
  remove: (id: string) => Promise<void>
}

export interface DeliveryRows {
  find: (subscription: string, id: string) => Delivery | undefined
  /** Newest first. */
  page: (
    subscription: string,
    o: { before?: number; limit: number; state?: DeliveryState },
  ) => Promise<Delivery[]>
  /** The one whose turn it is. */
  head: (subscription: string) => Delivery | undefined
  waiting: (subscription: string) => number
  /** In the order of their turns. */
  dead: (subscription: string) => Delivery[]
  /** Ids of the deliveries about this notice. */
  told: (subscription: string, notice: string) => string[]
  attempts: (subscription: string, id: string) => Promise<Attempt[]>
  /** Those that may have to be told once more. */
  reminders: () => { subscription: string; id: string; dueAt: number }[]
  /** At the end of the order, in one batch with how far the subscription has come; nothing for one that is gone. */
  add: (
    subscription: string,
    tellings: readonly Telling[],
    o: { now: number; state: DeliveryState; reached?: Omit<Reached, 'turn'> },
  ) => Promise<void>
  /** With the attempt that led to it; nothing for one that is gone. */
  change: (
    subscription: string,
    id: string,
    change: (held: Delivery) => Delivery,
    attempt?: Attempt,
  ) => Promise<void>
  /** Deletes what was done before this time; gives how many. */
  tidy: (subscription: string, before: number) => Promise<number>
}
