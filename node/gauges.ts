import { expiryOf, findMember, type Registry } from '#protocol'
import type { AlarmView, ChannelView, HoldingView } from './desk/desk.ts'
import { peerStatuses } from './desk/peer-status.ts'
import type { Metrics, Sample } from './metrics.ts'
import type { PeerView } from './network/index.ts'
import { issuingStopsAt } from './silenced.ts'
import type { Outgoing } from './store/index.ts'
import type { DeliveryCounts } from './subscription.ts'
import type { Surroundings } from './surroundings.ts'

const states = ['checking', 'recovering', 'ready', 'stopped']

/** What the gauges are read from; each is asked for at a scrape. */
export interface Measured {
  member: string
  version: string
  registry: () => Registry
  peers: () => readonly PeerView[]
  channels: () => readonly ChannelView[]
  holdings: () => readonly HoldingView[]
  alarms: () => readonly AlarmView[]
  outbox: () => readonly Outgoing[]
  deliveries: () => DeliveryCounts
  stopped: () => ReadonlySet<string>
  clockDifference: () => number | undefined
  surroundings: () => Surroundings
  diskFloorBytes: number
  storeBytes: () => number
  notices: () => number
  isWritable: () => boolean
  isReady: () => boolean
  now: () => number
}

export function measureNode({ measure }: Metrics, measured: Measured): void {
  const { registry, surroundings, alarms } = measured
  measure('build_info', () => [{ labels: { version: measured.version }, value: 1 }])
  measure('ready', () => Number(measured.isReady()))
  measureOthers(measure, measured)
  measure('notices', measured.notices)
  measure('outbox_waiting', () => unsentIn(measured.outbox()).length)
  measure('outbox_oldest_seconds', () => oldestOf(unsentIn(measured.outbox()), measured.now()))
  measureDeliveries(measure, measured)
  measure('signing', () => measured.channels().flatMap(signingSamples))
  measure('registry_expiry_timestamp_seconds', () => expiryOf(registry()))
  measure('key_expiry_timestamp_seconds', () => keyExpiry(measured))
  measure('registry_version', () => [
    { labels: { document: 'root' }, value: registry().root.version },
    { labels: { document: 'members' }, value: registry().members.version },
  ])
  measure('clock_difference_seconds', measured.clockDifference)
  measure('disk_free_bytes', () => surroundings().diskFreeBytes)
  measure('disk_floor_bytes', () => measured.diskFloorBytes)
  measure('store_bytes', measured.storeBytes)
  measure('store_writable', () => Number(measured.isWritable()))
  measure('stores_set_aside', () => surroundings().setAside.length)
  measure('forks_open', () => countOf(alarms(), 'fork-proven'))
  measure('stops_open', () => countOf(alarms(), 'key-stopped'))
  measure('alarms', () => alarmSamples(alarms()))
  measure('last_backup_timestamp_seconds', () => surroundings().lastBackupAt ?? 0)
}

function measureOthers(measure: Metrics['measure'], { peers, holdings, member }: Measured): void {
  measure('peers', () => {
    const byStatus = Map.groupBy(peers(), ({ status }) => status)
    return peerStatuses.map(status => ({ labels: { status }, value: byStatus.get(status)?.length ?? 0 }))
  })
  measure('peers_connected', () => peers().filter(({ connected }) => connected).length)
  measure('peers_behind_notices', () => Math.max(0, ...peers().map(({ behind = 0 }) => behind)))
  measure('behind_notices', () =>
    holdings().reduce((sum, { head, heldBySeq }) => sum + head - (heldBySeq[member] ?? 0), 0),
  )
  measure('held_by_all_ratio', () => {
    const all = holdings()
    const held = all.filter(({ heldBy }) => heldBy.count === heldBy.of)
    return all.length === 0 ? undefined : held.length / all.length
  })
}

function measureDeliveries(measure: Metrics['measure'], { deliveries }: Measured): void {
  measure('deliveries_waiting', () => deliveries().waiting)
  measure('deliveries_oldest_seconds', () => deliveries().oldestSeconds)
  measure('deliveries_dead', () => deliveries().deadLetters)
  measure('subscriptions', () => [
    { labels: { state: 'active' }, value: deliveries().active },
    { labels: { state: 'paused' }, value: deliveries().paused.length },
  ])
}

function signingSamples({ channel, state: current }: ChannelView): Sample[] {
  return states.map(state => ({ labels: { channel, state }, value: Number(state === current) }))
}

function alarmSamples(alarms: readonly AlarmView[]): Sample[] {
  const byCode = Map.groupBy(alarms, ({ code }) => code)
  return [...byCode].map(([code, found]) => ({ labels: { code }, value: found.length }))
}

function countOf(alarms: readonly AlarmView[], code: string): number {
  return alarms.filter(alarm => alarm.code === code).length
}

/** Those that only wait for a named reader are sent. */
function unsentIn(outbox: readonly Outgoing[]): Outgoing[] {
  return outbox.filter(({ state }) => state === 'waiting')
}

function oldestOf(waiting: readonly Outgoing[], now: number): number {
  return waiting.reduce((oldest, { since }) => Math.max(oldest, now - since), 0)
}

function keyExpiry({ registry, member, stopped }: Measured): number {
  const keys = findMember(registry(), member)?.signing ?? []
  const isOpen = keys.some(({ kid, end }) => end === undefined && !stopped().has(kid))
  return isOpen ? issuingStopsAt(registry()) : 0
}
