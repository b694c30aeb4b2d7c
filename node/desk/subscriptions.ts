import type {
  DeliveryState,
  DeliveryView,
  FeedView,
  NewSubscription,
  Replay,
  Shown,
  SubscriptionChange,
  SubscriptionView,
} from '../subscription.ts'

/** What the API asks about being told; whose a subscription is, it looks after itself. All throw `not-found`. */
export interface SubscriptionDesk {
  /** How many one person may have. */
  mostPerPerson: number
  list(): SubscriptionView[]
  find(id: string): SubscriptionView | undefined
  /** Throws `target-…`, `cursor-malformed`, `quota-reached`. */
  create(person: string, wanted: NewSubscription): Promise<Shown>
  /** Throws `subscription-changed` when another version is held, `target-…`, `conflict`. */
  change(id: string, change: SubscriptionChange, o: { version?: number }): Promise<SubscriptionView>
  /** Throws `subscription-changed`. */
  remove(id: string, o: { version?: number }): Promise<void>
  pause(id: string): Promise<SubscriptionView>
  /** What was given up is tried again first, unless it is left aside. Throws `conflict` without a secret. */
  resume(id: string, o: { skipDeadLetters: boolean }): Promise<SubscriptionView>
  rotateSecret(id: string): Promise<Shown>
  /** Sends now and tells what came of it. Throws `too-many-requests`, `conflict` for a feed. */
  test(id: string): Promise<DeliveryView>
  /** Throws `conflict` for a feed, `cursor-malformed`. */
  replay(id: string, replay: Replay): Promise<SubscriptionView>
  /** Newest first. */
  deliveries(
    id: string,
    o: { before?: number; limit: number; state?: DeliveryState },
  ): Promise<DeliveryView[]>
  delivery(id: string, delivery: string): Promise<DeliveryView | undefined>
  opened(id: string, delivery: string): Promise<DeliveryView>
  /** Undefined for a link that opens nothing, or whose owner may no longer read. */
  feed(link: string): Promise<FeedView | undefined>
}
