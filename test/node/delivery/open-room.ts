import { type Json, noticeTypes } from '#protocol'
import type { Admission } from '../../../node/admission.ts'
import { contentOf, fold } from '../../../node/content.ts'
import { type Delivery, type DeliveryOptions, openDelivery } from '../../../node/delivery/index.ts'
import { answerOf, mayBeToldElsewhere, noticeFacts } from '../../../node/notice-facts.ts'
import type { Role } from '../../../node/people.ts'
import type { Store } from '../../../node/store/index.ts'
import type { NewSubscription, Shown } from '../../../node/subscription.ts'
import { admit, newAdmission, temporaryStore } from '../store/builders.ts'
import { namesMeet } from './words-meet.ts'

const person = 'p1'

/** A delivery room over a real store, with strings to pull. */
export interface TestRoom extends AsyncDisposable {
  store: Store
  room: Delivery
  clock: { now: number }
  owner: { roles: readonly Role[] | undefined }
  /** Status of a notice, by its id, where it is not "sent". */
  statuses: Map<string, string>
  /** Whether the contents of notices are not at hand for now. */
  isAway: boolean
  faults: unknown[]
  subscribe: (wanted: Partial<NewSubscription> & Pick<NewSubscription, 'target'>) => Promise<Shown>
  /** Admits the next notice of one log; gives its id. */
  arrive: (wanted?: Partial<Admission> & { type?: string; body?: Json; answers?: string }) => Promise<string>
  /** Closes the room and opens it again over the same store. */
  reopen: () => Promise<void>
}

export async function openRoom(options: Partial<DeliveryOptions> = {}): Promise<TestRoom> {
  const store = await temporaryStore()
  const clock = { now: Math.floor(Date.now() / 1000) }
  const owner: TestRoom['owner'] = { roles: ['customs'] }
  const statuses = new Map<string, string>()
  const faults: unknown[] = []
  const find = (id: string) => store.notices.find(id)
  const given: DeliveryOptions = {
    member: 'QM',
    software: 'test',
    rules: { allowNetworks: ['127.0.0.0/8'], allowPorts: ['1-65535'], allowHttp: false },
    ownPorts: () => [],
    feed: {
      after: (cursor, limit) => store.feed.feedAfter(cursor, limit),
      last: () => store.feed.lastCursor(),
      changed: (after, signal) => store.feed.changed(after, signal),
    },
    notices: {
      facts: id => {
        const kept = find(id)
        return kept && noticeFacts(kept, noticeTypes)
      },
      view: async (id, may) => {
        const kept = test.isAway ? undefined : find(id)
        if (kept === undefined) return undefined
        const { body, nominal, type } = contentOf(kept.envelope, kept.parts)
        return {
          id,
          issuer: kept.envelope.issuer,
          seq: kept.envelope.seq,
          type,
          label: type,
          summary: 'a notice',
          issuedAt: new Date(kept.envelope.iat * 1000).toISOString(),
          status: statuses.get(id) ?? 'sent',
          standing: kept.isVoid ? 'void' : 'verified',
          exercise: kept.envelope.exercise,
          ...(body && { body }),
          ...(nominal && may.nominal && { nominal }),
        }
      },
      isToldElsewhere: id => {
        const kept = find(id)
        return kept !== undefined && mayBeToldElsewhere(kept)
      },
      disputedWith: id => (find(id) ? [id] : []),
      answerOf: type => answerOf(type, noticeTypes),
    },
    comparing: { fold, namesMeet },
    rolesOf: () => owner.roles,
    keepsConsignment: (owner, id) => owner === person && id.startsWith('mine'),
    subscriptions: store.subscriptions,
    deliveries: store.deliveries,
    now: () => clock.now,
    log: { info: () => {}, warn: () => {} },
    count: () => {},
    onLoopError: error => void faults.push(error),
    backOffMs: () => 10,
    ...options,
  }
  let room = await openDelivery(given)
  let seq = 0
  let prev: string | null = null
  const test: TestRoom = {
    store,
    isAway: false,
    get room() {
      return room
    },
    clock,
    owner,
    statuses,
    faults,
    subscribe: wanted =>
      room.desk.create(person, { label: 'All', filter: {}, remarks: true, matches: false, ...wanted }),
    async arrive({
      type = 'alert',
      body = { text: 'spiked glove', tlp: 'TLP:AMBER' },
      answers,
      ...wanted
    } = {}) {
      seq += 1
      const rel = answerOf(type, noticeTypes)?.rel ?? 'follows'
      const admission = newAdmission({
        seq,
        prev,
        type,
        parts: {
          body: { value: body, to: 'channel' },
          nominal: { value: { a: { name: 'Bogus Metals' } }, to: 'channel' },
        },
        ...(answers !== undefined && { refs: [{ id: answers, rel }] }),
        receivedAt: clock.now,
        ...wanted,
      } as Parameters<typeof newAdmission>[0])
      prev = admission.envelope.id
      await admit(store, [admission])
      return admission.envelope.id
    },
    async reopen() {
      await room[Symbol.asyncDispose]()
      room = await openDelivery(given)
    },
    async [Symbol.asyncDispose]() {
      await room[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
  return test
}
