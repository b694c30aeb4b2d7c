import { expiryOf, limits, parseMembers, type Registry } from '#protocol'
import type { AlarmView } from './desk/desk.ts'
import type { PeerView } from './network/index.ts'
import type { RegistryConflict, Store } from './store/index.ts'
import type { DeliveryCounts } from './subscription.ts'
import type { Surroundings } from './surroundings.ts'

/** What somebody must look at; `at` in seconds since 1970 where the time is known. */
export interface Alarm {
  code: string
  detail: string
  at?: number
  member?: string
}

/** Every code that this node gives, so that metrics and alert rules can name them. */
export const alarmCodes = [
  'fork-proven',
  'key-stopped',
  'registry-conflict',
  'registry-chain-broken',
  'refused-by-all',
  'registry-expiring',
  'registry-expired',
  'clock-off',
  'disk-low',
  'store-set-aside',
  'backup-old',
  'subscription-paused',
] as const

/** A renewal takes the coordinators days: they are reminded a month before. */
const registryReminderDays = 30
const daySeconds = 86_400

/** What speaks against somebody's word: forks, stopped keys, a registry that does not follow the one before. */
export function trustAlarms({
  registry,
  forks,
  stops,
  conflicts,
}: {
  registry: Registry
  forks: ReturnType<Store['evidence']['forks']>
  stops: ReturnType<Store['evidence']['stops']>
  conflicts: readonly RegistryConflict[]
}): Alarm[] {
  const open = forks.filter(fork => fork.settledAt === undefined)
  // Under a newer root than both a members document may leave the chain of either, so everybody comes to go by it.
  const unsettled = conflicts.filter(conflict => newestRootOf(conflict) >= registry.members.rootVersion)
  return [
    ...open.map(({ issuer, channel, seq, at }) => ({
      code: 'fork-proven',
      at,
      member: issuer,
      detail: `${issuer} has signed two notices for place ${seq} of its log in ${channel}. Nothing from there on counts until the coordinators have decided.`,
    })),
    ...stops.map(({ member, kid, channel, reason, at }) => ({
      code: 'key-stopped',
      at,
      member,
      detail: `A key of ${member} (${kid.slice(0, 8)}…) was stopped in ${channel}: ${reason}`,
    })),
    ...unsettled.map(({ code, version, at }) => ({
      code: 'registry-conflict',
      at,
      detail: `Two ${code === 'root-conflict' ? 'roots' : 'members documents'} of version ${version} were signed, and this node goes by the first that it saw. Tell the coordinators: they sign a new root ("focalpoint members rotate-root"), and then members renew under it.`,
    })),
    ...(registry.chainBroken
      ? [
          {
            code: 'registry-chain-broken',
            at: secondsOf(registry.members.issued),
            detail: `Members document ${registry.members.version} does not follow the one before it. Compare its fingerprint with another member by telephone.`,
          },
        ]
      : []),
  ]
}

/** Roots follow each other, so a root stands under its own version; a members document names its root. */
function newestRootOf({ code, version, ours, theirs }: RegistryConflict): number {
  if (code === 'root-conflict') return version
  return Math.max(...[ours, theirs].map(({ document }) => parseMembers(document).rootVersion))
}

/** What the others do to us: one of them that is away is everyday, all that hang up on us are not. */
export function peerAlarms(peers: readonly Pick<PeerView, 'connected' | 'status'>[]): Alarm[] {
  const active = peers.filter(({ status }) => status !== 'suspended')
  const refusing = active.filter(({ status }) => status === 'refusing us').length
  const isRefused = refusing * 2 > active.length && active.every(({ connected }) => !connected)
  if (!isRefused) return []
  const who = refusing === active.length ? 'All members' : 'All members that could be reached'
  return [
    alarm(
      'refused-by-all',
      `${who} refuse this node: it may be suspended, or its registry is older than theirs. Call a coordinator and import the newest members document.`,
    ),
  ]
}

/** What time and the machine bring about. */
export function conditionAlarms({
  registry,
  surroundings,
  diskFloorBytes,
  backupDays,
  clockDifference,
  now,
}: {
  registry: Registry
  surroundings: Surroundings
  diskFloorBytes: number
  backupDays: number
  clockDifference: number | undefined
  now: number
}): Alarm[] {
  const { diskFreeBytes, setAside } = surroundings
  const isClockOff = Math.abs(clockDifference ?? 0) > limits.clockToleranceSeconds
  const isDiskLow = diskFreeBytes !== undefined && diskFreeBytes < diskFloorBytes
  return [
    ...expiryAlarms(registry, now),
    ...(isClockOff
      ? [alarm('clock-off', `This machine's clock is ${clockDifference} seconds off its peers' median.`)]
      : []),
    ...(isDiskLow
      ? [
          alarm(
            'disk-low',
            `Only ${mebibytes(diskFreeBytes)} MiB are free on the disk of the store; below ${mebibytes(diskFloorBytes)} MiB nothing is taken in.`,
          ),
        ]
      : []),
    ...setAside.map(({ folder, state, at }) => ({
      ...alarm(
        'store-set-aside',
        `The store was found ${state} and set aside in ${folder}. Read the report in it and look at the disk; delete the folder when nobody needs it.`,
      ),
      ...(at !== undefined && { at }),
    })),
    ...backupAlarms(surroundings, { backupDays, now }),
  ]
}

function expiryAlarms(registry: Registry, now: number): Alarm[] {
  const expiry = expiryOf(registry)
  const date = new Date(expiry * 1000).toISOString().slice(0, 10)
  if (now >= expiry) {
    const until = new Date((expiry + limits.issuingGraceAfterExpirySeconds) * 1000).toISOString().slice(0, 10)
    const detail = `The registry expired on ${date}. Reading goes on; this node issues nothing from ${until} on. Ask a coordinator for the newer registry.`
    return [{ code: 'registry-expired', at: expiry, detail }]
  }
  const from = expiry - registryReminderDays * daySeconds
  if (now < from) return []
  const detail = `The registry expires on ${date}. Ask a coordinator when the next one comes.`
  return [{ code: 'registry-expiring', at: from, detail }]
}

function backupAlarms(
  { lastBackupAt, madeAt }: Surroundings,
  { backupDays, now }: { backupDays: number; now: number },
): Alarm[] {
  const since = lastBackupAt ?? madeAt
  const days = since === undefined ? 0 : Math.floor((now - since) / daySeconds)
  if (since === undefined || days < backupDays) return []
  const what =
    lastBackupAt === undefined
      ? `There is no backup of this node, which is ${days} days old.`
      : `The last backup is ${days} days old.`
  const at = since + backupDays * daySeconds
  return [{ code: 'backup-old', at, detail: `${what} Run: focalpoint backup create` }]
}

/** A subscription that paused itself: somebody waits to be told and is not. */
export function pausedAlarms(paused: DeliveryCounts['paused']): Alarm[] {
  return paused
    .filter(({ code }) => code !== 'by-person')
    .map(({ label, reason, at }) => ({
      code: 'subscription-paused',
      at,
      detail: `The subscription "${label}" has paused itself. ${reason}`,
    }))
}

function alarm(code: (typeof alarmCodes)[number], detail: string): Alarm {
  return { code, detail }
}

/** Remembers since when an alarm without a time of its own has been on. */
export class AlarmClock {
  readonly #since = new Map<string, number>()

  /** As people are told, oldest first. */
  views(alarms: readonly Alarm[], now: number): AlarmView[] {
    const codes = new Set(alarms.map(({ code }) => code))
    for (const code of this.#since.keys()) if (!codes.has(code)) this.#since.delete(code)
    return alarms
      .map(({ at, ...alarm }) => ({ ...alarm, seconds: at ?? this.#sinceOf(alarm.code, now) }))
      .sort((a, b) => a.seconds - b.seconds)
      .map(({ seconds, ...alarm }) => ({ ...alarm, at: new Date(seconds * 1000).toISOString() }))
  }

  #sinceOf(code: string, now: number): number {
    const since = this.#since.get(code) ?? now
    this.#since.set(code, since)
    return since
  }
}

function secondsOf(date: string): number {
  return Date.parse(date) / 1000
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 1_048_576)
}
