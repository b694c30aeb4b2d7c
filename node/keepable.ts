import {
  type Envelope,
  isForChannel,
  isPast,
  limits,
  type Notice,
  type NoticeType,
  type Part,
  partNames,
} from '#protocol'
import type { Admission, Flag, PartsAdmission, Road } from './admission.ts'
import { findingsOf, noKeys } from './content.ts'
import type { Tip } from './tips.ts'
import type { VerifiedNotice } from './waiting.ts'

/** What decides which parts of a notice we keep and what is told beside it. */
export interface Keeping {
  member: string
  types: readonly NoticeType[]
  now: () => number
  isErased: (id: string, name: string) => boolean
}

/** The parts that we may keep: not past their day, not erased, and not for named readers other than us. */
export function keepable(
  { envelope, parts }: Notice,
  held: readonly Part[],
  { member, now, isErased }: Keeping,
): { parts: Part[]; erased: string[] } {
  const readers = [...parts, ...held].find(part => part.name === 'readers')?.value
  const isReader = envelope.issuer === member || (Array.isArray(readers) && readers.includes(member))
  const erased = partNames(envelope).filter(name => {
    const until = envelope.parts[name]?.until
    return (until !== undefined && isPast(until, now())) || isErased(envelope.id, name)
  })
  const kept = parts.filter(
    ({ name }) => !erased.includes(name) && (isForChannel(envelope, name) || isReader),
  )
  return { parts: kept, erased }
}

/** A verified notice as it will be kept, after the log's tip. */
export function admissionOf(
  notice: VerifiedNotice,
  { road, from }: { road: Road; from: string },
  tip: Tip | undefined,
  keeping: Keeping,
): Admission {
  const { envelope } = notice
  const { parts, erased } = keepable(notice, [], keeping)
  const nothing = { flags: [], keys: noKeys, words: '' }
  const findings = parts.length > 0 ? findingsOf(envelope, parts, keeping.types) : nothing
  return {
    envelope,
    parts,
    erased,
    road,
    from,
    receivedAt: keeping.now(),
    ...findings,
    flags: [...clockFlags(envelope, tip, keeping.now()), ...findings.flags],
    wanted: wantedNames(envelope, [...parts.map(part => part.name), ...erased], keeping.member),
    isVoid: false,
  }
}

/** Parts that a notice came without at first, or undefined where there is nothing new among them. */
export function partsAdmissionOf(
  notice: VerifiedNotice,
  held: readonly Part[],
  keeping: Keeping,
): PartsAdmission | undefined {
  const { envelope } = notice
  const fresh = keepable(notice, held, keeping).parts.filter(part => !isAmong(held, part))
  if (fresh.length === 0) return undefined
  const findings = findingsOf(envelope, [...held, ...fresh], keeping.types)
  return { envelope, parts: fresh, ...findings, receivedAt: keeping.now() }
}

export function isAmong(held: readonly Part[], part: Part): boolean {
  return held.some(({ name }) => name === part.name)
}

/** Of a notice by another we cannot know whether we are among the named readers before we hold the part that says so. */
function wantedNames(envelope: Envelope, settled: readonly string[], member: string): string[] {
  return partNames(envelope).filter(
    name => !settled.includes(name) && (isForChannel(envelope, name) || envelope.issuer !== member),
  )
}

/** A claimed time is never a reason to refuse; it is told to people. */
function clockFlags(envelope: Envelope, tip: Tip | undefined, now: number): Flag[] {
  const flags: Flag[] = []
  if (envelope.iat > now + limits.clockToleranceSeconds) flags.push('clock-ahead')
  if (tip !== undefined && envelope.iat < tip.iat) flags.push('clock-back')
  return flags
}
