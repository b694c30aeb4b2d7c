import type { Desk, NetworkView, ParticipantView } from './desk/desk.ts'
import type { PeerStatus } from './desk/peer-status.ts'
import type { NetworkHour, Store } from './store/index.ts'

/** Two days, as the pages show them. */
const hoursKept = 48
const hourSeconds = 3600

/** From what is as it should be to what is worst. */
const order: readonly PeerStatus[] = [
  'up to date',
  'suspended',
  'catching up',
  'refused by us',
  'refusing us',
  'not heard',
]

export interface NetworkHistoryOptions {
  store: Pick<Store, 'networkHours' | 'write'>
  network: () => Pick<NetworkView, 'participants'>
  /** Seconds since 1970. */
  now: () => number
}

export interface NetworkHistory {
  hours: Desk['networkHistory']
  /** Looks how everybody is now; what it sees twice in a row counts for the hour. */
  look: () => Promise<void>
}

/**
 * How the members' nodes were, hour by hour. Whoever is just fetching a new notice, or was not yet heard in the first
 * minute after a start, is not in trouble: only what lasts from one look to the next counts.
 */
export function openNetworkHistory({ store, network, now }: NetworkHistoryOptions): NetworkHistory {
  const { networkHours } = store
  let before = new Map<string, ParticipantView>()
  return {
    hours: () => {
      const first = hourOf(now()) - hoursKept + 1
      return networkHours.list().flatMap(({ hour, members }) => {
        const from = new Date(hour * hourSeconds * 1000).toISOString()
        return hour < first ? [] : [{ from, members }]
      })
    },
    async look() {
      const hour = hourOf(now())
      const { participants } = network()
      const held = networkHours.list().find(each => each.hour === hour)
      const members = { ...held?.members }
      for (const each of participants) {
        const lasting = lastingOf(before.get(each.member), each)
        if (lasting !== undefined) members[each.member] = worseOf(members[each.member], lasting)
      }
      before = new Map(participants.map(each => [each.member, each]))
      if (JSON.stringify(members) === JSON.stringify(held?.members ?? {})) return
      await store.write(networkHours.putOps({ hour, members }, hour - hoursKept + 1))
    },
  }
}

type Seen = NetworkHour['members'][string]

/** The better of two looks in a row; nothing at the first. */
function lastingOf(before: ParticipantView | undefined, now: ParticipantView): Seen | undefined {
  if (before === undefined) return undefined
  const status = rank(before.status) < rank(now.status) ? before.status : now.status
  return { status, behindBy: Math.min(before.behindBy, now.behindBy) }
}

function worseOf(one: Seen | undefined, other: Seen): Seen {
  if (one === undefined) return other
  return {
    status: rank(one.status) > rank(other.status) ? one.status : other.status,
    behindBy: Math.max(one.behindBy, other.behindBy),
  }
}

function rank(status: PeerStatus): number {
  return order.indexOf(status)
}

function hourOf(seconds: number): number {
  return Math.floor(seconds / hourSeconds)
}
