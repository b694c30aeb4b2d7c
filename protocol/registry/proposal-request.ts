import { canonical } from '../canonical.ts'
import { FocalpointError } from '../errors.ts'
import { findMember } from './authority.ts'
import { alreadyActive, type JoinRequest, notActive } from './join-request.ts'
import { type Member, type Members, parseMembers, type SigningKey } from './members.ts'
import {
  endKeys,
  type LastPlaces,
  memberIn,
  nextMembersText,
  type ProposalDates,
  placesMissing,
  pointless,
} from './proposal.ts'
import type { Registry } from './registry.ts'

interface Granting {
  request: JoinRequest
  /** Channel → the first place of the new key: needed where the member has spoken before, else 1. */
  from?: Readonly<Record<string, number>> | undefined
  /** With it, the keys that the member has now end there. */
  ends?: LastPlaces | undefined
  dates: ProposalDates
}

/** The members document that grants what a verified request asks for, and nothing else. */
export function proposeRequest(registry: Registry, granting: Granting): string {
  const before = findMember(registry, granting.request.member)
  return proposers[granting.request.purpose](registry, before, granting)
}

type Propose = (registry: Registry, before: Member | undefined, granting: Granting) => string

const proposers: Record<JoinRequest['purpose'], Propose> = {
  join: proposeAdmission,
  key: proposeKey,
  channels: proposeChannels,
}

function proposeAdmission(registry: Registry, before: Member | undefined, granting: Granting): string {
  const { request, dates } = granting
  if (before?.status === 'active') throw alreadyActive(request.member)
  const from = firstPlaces(before, granting)
  return nextMembersText(registry, dates, next => {
    if (before === undefined) {
      next.members.push(memberOf(request, from))
      return
    }
    const back = memberIn(next, request.member)
    const { names, kind, channels, nodes, recovery, contacts } = memberOf(request, from)
    Object.assign(back, { names, kind, status: 'active', channels, nodes, recovery: [recovery[0]], contacts })
    back.signing.push({ ...request.signing, from })
  })
}

function proposeKey(registry: Registry, before: Member | undefined, granting: Granting): string {
  const { request, ends, dates } = granting
  if (before?.status !== 'active') throw notActive(request.member)
  const from = firstPlaces(before, granting)
  const left = before.channels.filter(channel => !request.channels.includes(channel))
  if (left.length > 0 && ends === undefined) throw placesMissing(request.member, before.channels)
  return nextMembersText(registry, dates, next => {
    const changed = memberIn(next, request.member)
    if (ends) endKeys(changed, { ends, reason: 'replaced' })
    describe(changed, request)
    changed.signing.push({ ...request.signing, from })
  })
}

function proposeChannels(registry: Registry, before: Member | undefined, granting: Granting): string {
  const { request, dates } = granting
  if (before?.status !== 'active') throw notActive(request.member)
  const left = before.channels.find(channel => !request.channels.includes(channel))
  if (left !== undefined) throw needsNewKey(request, left)
  const joined = request.channels.filter(channel => !before.channels.includes(channel))
  const from = firstPlaces(before, granting)
  const text = nextMembersText(registry, dates, next => {
    const changed = memberIn(next, request.member)
    describe(changed, request)
    const key = changed.signing.find(({ kid }) => kid === request.signing.kid)
    if (key) Object.assign(key.from, pick(from, joined, key.from))
  })
  if (isSameMember(before, request)) throw pointless(`${request.member} stands like this already`)
  return text
}

/** The text of the first members document of a network. */
export function foundMembers({
  net,
  requests,
  channels,
  issued,
  expires,
}: Pick<Members, 'net' | 'channels' | 'issued' | 'expires'> & { requests: readonly JoinRequest[] }): string {
  const members = requests.map(request =>
    memberOf(request, Object.fromEntries(request.channels.map(channel => [channel, 1]))),
  )
  const first = { rootVersion: 1, version: 1, prevHash: null }
  const text = canonical({ net, ...first, issued, expires, channels, members } satisfies Members)
  parseMembers(text)
  return text
}

function memberOf(request: JoinRequest, from: SigningKey['from']): Member {
  const { member: id, names, kind, channels, nodes, signing, recovery, contacts } = request
  return {
    id,
    names,
    kind,
    status: 'active',
    channels: [...channels],
    nodes,
    signing: [{ ...signing, from }],
    recovery: [recovery],
    contacts,
  }
}

/** What a member says of itself besides its signing keys. */
function describe(member: Member, { names, kind, channels, nodes, recovery, contacts }: JoinRequest): void {
  const listed = member.recovery.some(({ kid }) => kid === recovery.kid)
  Object.assign(member, { names, kind, channels: [...channels], nodes, contacts })
  if (!listed) member.recovery = [recovery]
}

function firstPlaces(
  before: Member | undefined,
  { request: { member, channels, purpose }, from = {} }: Granting,
): Record<string, number> {
  const spoken = new Set(before?.signing.flatMap(key => Object.keys(key.from)))
  const isOpen = (channel: string) => purpose === 'channels' && before?.channels.includes(channel)
  const missing = channels.filter(
    channel => spoken.has(channel) && !isOpen(channel) && !Object.hasOwn(from, channel),
  )
  if (missing.length > 0) throw placesMissing(member, missing)
  return Object.fromEntries(channels.map(channel => [channel, from[channel] ?? 1]))
}

/** The places of these channels, less those that the key has. */
function pick(
  from: Readonly<Record<string, number>>,
  channels: readonly string[],
  held: SigningKey['from'],
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(from).filter(([channel]) => channels.includes(channel) && held[channel] === undefined),
  )
}

function isSameMember(before: Member, request: JoinRequest): boolean {
  const asked = memberOf(request, {})
  const fields = ['names', 'kind', 'channels', 'nodes', 'contacts'] as const
  return (
    fields.every(field => JSON.stringify(before[field]) === JSON.stringify(asked[field])) &&
    before.recovery.some(({ kid }) => kid === request.recovery.kid)
  )
}

function needsNewKey({ member, signing }: JoinRequest, channel: string) {
  return new FocalpointError(
    'members-key-not-ended',
    `To leave ${channel}, ${member} needs a new signing key for the other channels: ask with the purpose "key".`,
    { kid: signing.kid, channel },
  )
}
