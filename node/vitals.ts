import type { Registry } from '#protocol'
import { type Alarm, AlarmClock, conditionAlarms, pausedAlarms, peerAlarms, trustAlarms } from './alarms.ts'
import type { Config } from './config.ts'
import type { Health, NetworkView } from './desk/desk.ts'
import { measureNode } from './gauges.ts'
import type { SigningGuard } from './guard.ts'
import { clockDifferenceOf, healthOf } from './health.ts'
import type { Metrics } from './metrics.ts'
import type { Network } from './network/index.ts'
import { channelViews, holdingsOf, participantsOf, registryState, worstOf } from './network-view.ts'
import { silencedReason } from './silenced.ts'
import type { Store } from './store/index.ts'
import type { DeliveryCounts } from './subscription.ts'
import type { DiskWatch } from './surroundings.ts'

const bytesPerMebibyte = 1_048_576

export interface VitalsOptions {
  config: Config
  version: string
  member: string
  channels: () => readonly string[]
  others: (channel: string) => readonly string[]
  registry: () => Registry
  store: Store
  disk: DiskWatch
  guard: SigningGuard
  /** The kid that signs our next notice in a channel. */
  keyOf: (channel: string) => string | undefined
  room: Pick<Network, 'peers' | 'holders'>
  deliveries: () => DeliveryCounts
  metrics: Metrics
  now: () => number
}

/** How this node is and how it sees the others. */
export interface Vitals {
  health: () => Health
  network: () => NetworkView
}

/** Gathers them for the API, and hands the same to the metrics. */
export function openVitals(options: VitalsOptions): Vitals {
  const { config, version, member, channels, others, registry, store, disk, guard, room, keyOf, now } =
    options
  const startedAt = now()
  const alarmClock = new AlarmClock()
  const diskFloorBytes = config.store.freeSpaceMib * bytesPerMebibyte
  const clockDifference = () => clockDifferenceOf(room.peers())
  const stopped = () => new Set(store.evidence.stops().map(({ kid }) => kid))
  const found = (): Alarm[] => [
    ...trustAlarms({
      registry: registry(),
      forks: store.evidence.forks(),
      stops: store.evidence.stops(),
      conflicts: store.registry.conflicts(),
    }),
    ...peerAlarms(room.peers()),
    ...pausedAlarms(options.deliveries().paused),
    ...conditionAlarms({
      registry: registry(),
      surroundings: disk.surroundings,
      diskFloorBytes,
      backupDays: config.backup.remindAfterDays,
      clockDifference: clockDifference(),
      now: now(),
    }),
  ]
  const alarms = () => alarmClock.views(found(), now())
  const channelStates = () => channelViews(channels(), { guard, holders: room.holders, others, keyOf })
  const holdings = () =>
    holdingsOf({ member, frontier: frontierOf(store, channels()), holders: room.holders, others })
  const health = () =>
    healthOf({
      store,
      peers: room.peers(),
      upSeconds: now() - startedAt,
      setAside: disk.surroundings.setAside,
    })
  measureNode(options.metrics, {
    member,
    version,
    registry,
    peers: () => room.peers(),
    channels: channelStates,
    holdings,
    alarms,
    outbox: () => store.outbox.waiting(),
    deliveries: options.deliveries,
    stopped,
    clockDifference,
    surroundings: () => disk.surroundings,
    diskFloorBytes,
    storeBytes: () => disk.storeBytes,
    notices: () => noticesIn(store),
    isWritable: () => store.isWritable,
    isReady: () => health().ready,
    now,
  })
  return {
    health,
    network: () => ({
      member,
      participants: participantsOf({
        registry: registry(),
        member,
        peers: room.peers(),
        stopped: stopped(),
        own: { software: version, storeBytes: disk.storeBytes, now: now() },
      }),
      signing: worstOf(channelStates(), silencedReason({ registry: registry(), member, now: now() })),
      channels: channelStates(),
      registry: registryState(registry(), now()),
      alarms: alarms(),
      holdings: holdings(),
    }),
  }
}

function frontierOf(store: Store, channels: readonly string[]) {
  const heads = store.notices.heads()
  return Object.fromEntries(channels.map(channel => [channel, heads[channel] ?? {}]))
}

function noticesIn(store: Store): number {
  return Object.values(store.notices.heads())
    .flatMap(issuers => Object.values(issuers))
    .reduce((sum, [seq]) => sum + seq, 0)
}
