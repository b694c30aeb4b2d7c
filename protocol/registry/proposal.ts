import { canonical } from '../canonical.ts'
import { FocalpointError } from '../errors.ts'
import { findMember } from './authority.ts'
import { notActive } from './join-request.ts'
import { type Member, type Members, type Place, parseMembers, type SigningKey } from './members.ts'
import { checkKeysApart, checkSucceeds } from './next-members.ts'
import type { Registry } from './registry.ts'

// Each maker gives the text of the members document that would follow the one in force: unsigned, yet whole, so that
// only the coordinators' signatures are missing.

export interface ProposalDates {
  /** YYYY-MM-DD. */
  issued: string
  /** YYYY-MM-DD; else that of the document in force. */
  expires?: string | undefined
}

/** Channel → the last place there that is stood by. */
export type LastPlaces = Readonly<Record<string, Place>>

/** The document in force with new dates, and with a change of its content. Throws what would refuse it everywhere. */
export function nextMembersText(
  registry: Registry,
  { issued, expires = registry.members.expires }: ProposalDates,
  change: (members: Members) => void = () => {},
): string {
  // What a later version of the protocol added stands in the text alone, and is handed on.
  const next = JSON.parse(registry.signedMembers.document) as Members
  const version = next.version + 1
  const prevHash = registry.membersHash
  Object.assign(next, { rootVersion: registry.root.version, version, prevHash, issued, expires })
  change(next)
  const text = canonical(next)
  const members = parseMembers(text)
  checkKeysApart({ roots: registry.roots, members })
  checkSucceeds(members, registry)
  return text
}

interface EndOfKey {
  member: string
  kid: string
  ends: LastPlaces
  reason: string
  dates: ProposalDates
}

/** Ends one key: what it signed beyond these places is void. Throws `places-missing`, `proposal-pointless`. */
export function proposeEnd(registry: Registry, { member, kid, ends, reason, dates }: EndOfKey): string {
  const key = findMember(registry, member)?.signing.find(each => each.kid === kid)
  if (key === undefined) throw pointless(`${member} has no signing key ${kid}`)
  if (key.end) throw pointless(`key ${kid} of ${member} has its end already, and an end never moves`)
  return nextMembersText(registry, dates, next => endKeys(memberIn(next, member), { ends, reason, kid }))
}

interface StatusChange {
  member: string
  status: 'suspended' | 'left'
  ends: LastPlaces
  reason: string
  dates: ProposalDates
}

/** Takes a member out of the network and ends every open key of its. Throws `places-missing`, `member-not-active`. */
export function proposeStatus(
  registry: Registry,
  { member, status, ends, reason, dates }: StatusChange,
): string {
  const before = findMember(registry, member)?.status
  if (before === undefined || before === 'left') throw notActive(member)
  if (before === status) throw pointless(`${member} is ${status} already`)
  return nextMembersText(registry, dates, next => {
    const changed = memberIn(next, member)
    changed.status = status
    endKeys(changed, { ends, reason })
  })
}

interface Leaving {
  member: string
  channel: string
  ends: LastPlaces
  reason: string
  dates: ProposalDates
}

/** Takes a member out of one channel. A key that speaks there ends in all its channels: the others need a new one. */
export function proposeLeaving(
  registry: Registry,
  { member, channel, ends, reason, dates }: Leaving,
): string {
  const before = findMember(registry, member)
  if (before?.status !== 'active') throw notActive(member)
  if (!before.channels.includes(channel)) throw pointless(`${member} is not in ${channel}`)
  return nextMembersText(registry, dates, next => {
    const changed = memberIn(next, member)
    changed.channels = changed.channels.filter(name => name !== channel)
    endKeys(changed, { ends, reason, channel })
  })
}

/** The member that must be there. */
export function memberIn({ members }: Members, id: string): Member {
  const found = members.find(member => member.id === id)
  if (found === undefined) throw notActive(id)
  return found
}

interface Ending {
  ends: LastPlaces
  reason: string
  /** Only this key. */
  kid?: string
  /** Only keys that speak here. */
  channel?: string
}

/** Ends the open keys of a member; an end names every channel of its key. Throws `places-missing`. */
export function endKeys({ id, signing }: Member, { ends, reason, kid, channel }: Ending): void {
  const open = signing.filter(
    key =>
      key.end === undefined &&
      (kid === undefined || key.kid === kid) &&
      (channel === undefined || Object.hasOwn(key.from, channel)),
  )
  const channels = new Set(open.flatMap(({ from }) => Object.keys(from)))
  const missing = [...channels].filter(name => !Object.hasOwn(ends, name))
  if (missing.length > 0) throw placesMissing(id, missing)
  for (const key of open) Object.assign(key, { end: endOf(key, ends), reason })
}

/** A key that begins above the last place has signed nothing. */
function endOf({ from }: SigningKey, ends: LastPlaces): Record<string, Place> {
  const unused: Place = { seq: 0, id: null }
  return Object.fromEntries(
    Object.entries(from).map(([channel, first]) => {
      const last = ends[channel] ?? unused
      return [channel, last.seq < first ? unused : { seq: last.seq, id: last.id }]
    }),
  )
}

export function placesMissing(
  member: string,
  channels: readonly string[],
): FocalpointError<'places-missing'> {
  return new FocalpointError(
    'places-missing',
    `It must be said where the keys of ${member} end and begin in ${channels.join(' and ')}: ask a node for the last place of its log there.`,
    { member, channels: [...channels] },
  )
}

export function pointless(what: string): FocalpointError<'proposal-pointless'> {
  return new FocalpointError('proposal-pointless', `Nothing would change: ${what}.`, { what })
}
