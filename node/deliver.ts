import { sealedType } from '#protocol'
import type { Config } from './config.ts'
import { fold } from './content.ts'
import type { Core } from './core.ts'
import type { DeliveryOptions } from './delivery/index.ts'
import type { NoticeView } from './desk/desk.ts'
import { answerOf, mayBeToldElsewhere, noticeFacts } from './notice-facts.ts'
import type { People } from './people.ts'
import type { Viewer } from './view.ts'

export interface Delivering extends Pick<Core, 'member' | 'store' | 'types' | 'now' | 'log' | 'metrics'> {
  software: string
  rules: Config['delivery']
  /** Of this node itself. */
  ownPorts: () => readonly number[]
  viewer: Viewer
  people: Pick<People, 'find'>
  namesMeet: (one: string, other: string) => boolean
  onLoopError: (error: unknown) => void
  backOffMs?: ((failed: number) => number) | undefined
}

/** What the delivery room asks of the node. */
export function deliveryOptions(delivering: Delivering): DeliveryOptions {
  const { store, types, viewer, people, namesMeet, metrics, ...rest } = delivering
  const find = (id: string) => store.notices.find(id)
  return {
    ...rest,
    feed: {
      after: (cursor, limit) => store.feed.feedAfter(cursor, limit),
      last: () => store.feed.lastCursor(),
      changed: (after, signal) => store.feed.changed(after, signal),
    },
    notices: {
      facts: id => {
        const kept = find(id)
        return kept && noticeFacts(kept, types)
      },
      view: async (id, may) => {
        const kept = find(id)
        return kept && withoutSealedAnswers(await viewer.view(kept, may), find)
      },
      isToldElsewhere: id => {
        const kept = find(id)
        return kept !== undefined && mayBeToldElsewhere(kept)
      },
      disputedWith: id => disputedWith(store, id),
      answerOf: type => answerOf(type, types),
    },
    comparing: { fold, namesMeet },
    rolesOf: id => {
      const person = people.find(id)
      return person === undefined || person.disabled ? undefined : person.roles
    },
    keepsConsignment: (person, id) => store.consignments.find(person, id) !== undefined,
    subscriptions: store.subscriptions,
    deliveries: store.deliveries,
    count: metrics.count,
  }
}

/** Who asked or answered under seal is told to nobody else. */
function withoutSealedAnswers(view: NoticeView, find: Core['store']['notices']['find']): NoticeView {
  const referredToBy = view.referredToBy.filter(({ id }) => find(id)?.envelope.type !== sealedType)
  return { ...view, referredToBy }
}

/** All notices of the log from the place that was signed twice on. */
function disputedWith(store: Core['store'], id: string): string[] {
  const first = store.notices.find(id)
  if (first === undefined) return []
  const { channel, issuer } = first.envelope
  const fork = store.evidence.forkOf(channel, issuer)
  const last = store.notices.head(channel, issuer)?.seq ?? 0
  return fork === undefined ? [] : store.notices.logIds(channel, issuer, fork.seq, last)
}

/** Ports in multiaddrs and URLs. */
export function portsOf(addresses: readonly (string | undefined)[]): number[] {
  return addresses.flatMap(address => {
    const [, port] = /(?:\/tcp\/|:)(\d+)(?:\/|$)/.exec(address ?? '') ?? []
    return port === undefined ? [] : [Number(port)]
  })
}
