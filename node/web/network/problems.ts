import { limits } from '#protocol'
import type { Health, NetworkHourView, NetworkView, ParticipantView } from '../../desk/desk.ts'

/** From what is worst to what can wait, and whom the text is for. */
export const problemKinds = {
  'fork-proven': 'coordinators',
  'key-stopped': 'coordinators',
  'registry-conflict': 'coordinators',
  'registry-chain-broken': 'coordinators',
  'registry-expired': 'coordinators',
  'refused-by-all': 'coordinators',
  'signing-stopped': 'operator',
  'disk-low': 'operator',
  'clock-off': 'operator',
  'check-failed': 'operator',
  'no-key': 'member',
  'refusing-us': 'member',
  'refused-by-us': 'member',
  'not-heard': 'member',
  'long-behind': 'member',
  'not-held': 'member',
  'clock-differs': 'member',
  'registry-expiring': 'coordinators',
  'key-ending': 'member',
  'registry-older': 'member',
  'store-set-aside': 'operator',
  'backup-old': 'operator',
  'subscription-paused': 'operator',
  'version-differs': 'member',
} as const satisfies Record<string, 'member' | 'operator' | 'coordinators'>

export type ProblemCode = keyof typeof problemKinds

/** Something on the network that somebody must see to. */
export interface NetworkProblem {
  code: ProblemCode
  /** Whose node or key it is; absent where it concerns this node or all. */
  member?: string
  /** ISO 8601: since when, last heard, or until when, as the problem has it. */
  at?: string
  /** Notices, seconds or days, as the problem has it. */
  count?: number
  /** Theirs. */
  version?: string
  /** Ours. */
  ownVersion?: string
  /** As the node says it, in English. */
  detail?: string
}

export interface Observed {
  network: NetworkView
  history: readonly NetworkHourView[]
  health: Health
  /** Own notices that are older than `heldWithinSeconds`, and who was not heard to hold them. */
  own: readonly { issuedAt: string; missing: readonly string[] }[]
  /** Seconds since 1970. */
  now: number
}

export const problemLimits = {
  /** Catch-up goes round every few minutes: who lacks a notice for an hour does not get it by itself. */
  heldWithinSeconds: 3600,
  /** A renewal takes the coordinators days: they are reminded a month before. */
  reminderDays: 30,
} as const

const daySeconds = 86_400

/** All that is wrong, worst first. */
export function problemsOf(observed: Observed): NetworkProblem[] {
  const { network } = observed
  const [own, ...others] = network.participants
  const found = [
    ...alarmProblems(network),
    ...ownProblems(observed),
    ...network.participants.flatMap(each => keyProblems(each, observed)),
    ...others.filter(isCounted).flatMap(each => peerProblems(each, own, observed)),
  ]
  const codes = Object.keys(problemKinds)
  return found.sort((one, other) => codes.indexOf(one.code) - codes.indexOf(other.code))
}

/** Whoever is suspended is away for a reason that everybody knows. */
export function isCounted({ status }: ParticipantView): boolean {
  return status !== 'suspended'
}

/** What the node itself raises. */
export function alarmProblems({ alarms, registry }: NetworkView): NetworkProblem[] {
  return alarms.flatMap(({ code, at, detail, member }) => {
    if (!isProblem(code)) return []
    const expires = code.startsWith('registry-expir') && {
      at: registry.expires,
      count: registry.daysLeft,
    }
    return [{ code, at, detail, ...(member !== undefined && { member }), ...expires }]
  })
}

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(problemKinds, code)
}

function ownProblems({ network, health }: Observed): NetworkProblem[] {
  const { state, reason } = network.signing
  const isStopped = state === 'stopped'
  // Peers and clock have problems of their own here.
  const failed = health.checks.filter(({ name, ok }) => !ok && name === 'store')
  return [
    ...(isStopped
      ? [{ code: 'signing-stopped' as const, ...(reason !== undefined && { detail: reason }) }]
      : []),
    ...failed.map(({ detail }) => ({ code: 'check-failed' as const, detail })),
  ]
}

function keyProblems(participant: ParticipantView, { network, now }: Observed): NetworkProblem[] {
  if (!isCounted(participant)) return []
  const { member, keys } = participant
  const inForce = keys.filter(({ state }) => state === 'in force')
  if (inForce.length === 0) return [{ code: 'no-key', member }]
  const soon = now + problemLimits.reminderDays * daySeconds
  // Keys last as long as the registry, which is told for all of them at once.
  return inForce.flatMap(({ until }) =>
    until !== undefined && until < network.registry.issuingStopsAt && secondsOf(until) < soon
      ? [{ code: 'key-ending' as const, member, at: until, count: daysUntil(until, now) }]
      : [],
  )
}

function peerProblems(
  peer: ParticipantView,
  own: ParticipantView | undefined,
  observed: Observed,
): NetworkProblem[] {
  return [...reachProblems(peer, observed), ...differences(peer, own)]
}

/** At most one for each member: what keeps it from us hides what follows from that. */
function reachProblems(peer: ParticipantView, observed: Observed): NetworkProblem[] {
  const { member, status, lastHeardAt, lastError, behindBy } = peer
  const why = {
    member,
    ...(lastHeardAt !== undefined && { at: lastHeardAt }),
    ...(lastError !== undefined && { detail: lastError }),
  }
  if (status === 'refusing us') return [{ code: 'refusing-us', ...why }]
  if (status === 'refused by us') return [{ code: 'refused-by-us', ...why }]
  if (status === 'not heard') return [{ code: 'not-heard', ...why }]
  if (status !== 'catching up') return []
  if (wasBehindBefore(member, observed)) return [{ code: 'long-behind', ...why, count: behindBy }]
  return notHeld(member, observed)
}

/** In the hour before this one, too: it does not catch up by itself. */
function wasBehindBefore(member: string, { history, now }: Observed): boolean {
  const thisHour = Math.floor(now / 3600) * 3600
  const before = history.findLast(({ from }) => secondsOf(from) === thisHour - 3600)
  return before?.members[member]?.status === 'catching up'
}

function notHeld(member: string, { own, now }: Observed): NetworkProblem[] {
  const lacking = own.filter(
    ({ issuedAt, missing }) =>
      missing.includes(member) && now - secondsOf(issuedAt) > problemLimits.heldWithinSeconds,
  )
  const [oldest] = lacking.map(({ issuedAt }) => issuedAt).sort()
  return oldest === undefined ? [] : [{ code: 'not-held', member, at: oldest, count: lacking.length }]
}

function differences(peer: ParticipantView, own: ParticipantView | undefined): NetworkProblem[] {
  const { member, clockDifferenceSeconds = 0, software, membersVersion } = peer
  const isOff = Math.abs(clockDifferenceSeconds) > limits.clockToleranceSeconds
  const isOlder = (membersVersion ?? Infinity) < (own?.membersVersion ?? 0)
  return [
    ...(isOff ? [{ code: 'clock-differs' as const, member, count: clockDifferenceSeconds }] : []),
    ...(isOlder ? [versions('registry-older', member, [membersVersion, own?.membersVersion])] : []),
    ...(software !== undefined && own?.software !== undefined && software !== own.software
      ? [versions('version-differs', member, [software, own.software])]
      : []),
  ]
}

function versions(code: ProblemCode, member: string, [theirs, ours]: [unknown, unknown]): NetworkProblem {
  return { code, member, version: String(theirs), ownVersion: String(ours) }
}

function daysUntil(at: string, now: number): number {
  return Math.floor((secondsOf(at) - now) / daySeconds)
}

function secondsOf(at: string): number {
  return Date.parse(at) / 1000
}
