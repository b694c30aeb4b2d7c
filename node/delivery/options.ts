import type { FeedEntry } from '../admission.ts'
import type { Role } from '../people.ts'
import type { DeliveryRows, NoticeFacts, SubscriptionRows, ToldNotice } from '../subscription.ts'
import type { Comparing } from './filter.ts'
import type { Address, TargetRules } from './target.ts'

export interface DeliveryOptions {
  /** The participant whose node this is. */
  member: string
  software: string
  rules: TargetRules
  ownPorts: () => readonly number[]
  feed: {
    after: (cursor: number, limit: number) => FeedEntry[]
    last: () => number
    changed: (after: number, signal: AbortSignal) => Promise<void>
  }
  notices: {
    facts: (id: string) => NoticeFacts | undefined
    /** With the names of parties only where they may be read. */
    view: (id: string, may: { nominal: boolean }) => Promise<ToldNotice | undefined>
    /** Of what is for named readers, or TLP:RED, only that it came. */
    isToldElsewhere: (id: string) => boolean
    /** Ids of notices that a proof of a fork makes doubtful, given the first of the proof. */
    disputedWith: (id: string) => string[]
    /** The reference by which a type answers a notice, and whether that changes the notice. */
    answerOf: (type: string) => { rel: string; isChange: boolean } | undefined
  }
  comparing: Comparing
  /** Undefined for a person that there is not, or who is disabled. */
  rolesOf: (person: string) => readonly Role[] | undefined
  /** Whether this person keeps the consignment that was screened again. */
  keepsConsignment: (person: string, id: string) => boolean
  subscriptions: SubscriptionRows
  deliveries: DeliveryRows
  /** Seconds since 1970. */
  now: () => number
  log: { info: (fields: object, text: string) => void; warn: (fields: object, text: string) => void }
  count: (name: string, labels?: Record<string, string>) => void
  onLoopError: (error: unknown) => void
  /** How long to wait after so many failures in a row. */
  backOffMs?: ((failed: number) => number) | undefined
  /** How many may wait for one receiver. */
  waitingMost?: number
  lookUp?: (host: string) => Promise<readonly Address[]>
}

/** Who was disabled, or may no longer do the work of customs, is told nothing. */
export function mayBeTold(roles: readonly Role[] | undefined): roles is readonly Role[] {
  return roles?.includes('customs') ?? false
}
