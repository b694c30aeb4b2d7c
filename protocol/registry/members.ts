import { z } from 'zod'
import { channels as protocolChannels } from '../channels.ts'
import { FocalpointError } from '../errors.ts'
import { limits } from '../limits.ts'
import { date, hash, malformed, parseDocument, readableText, repeatedIn, version } from './document.ts'
import { registeredKey } from './keys.ts'
import { kidOfPeerId } from './peer-id.ts'

/** Two letters are kept for ISO 3166-1 codes (user-assigned ones for fictional states) and EU. */
export const memberId = z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/, 'must be 2 to 8 capital letters and digits')
/** A channel of a later version is carried like the known ones. */
export const channelName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'is no name of a channel')

/** A place in a log: `{seq: 0, id: null}` is the place before the first notice. */
export const place = z
  .object({ seq: z.int().min(0), id: hash.nullable() })
  .refine(({ seq, id }) => (seq === 0) === (id === null), 'needs an id exactly where seq is above 0')
export type Place = z.infer<typeof place>

/** A key that speaks from a place in each channel of `from` to the place in `end`. */
const signingKey = registeredKey.safeExtend({
  from: z.record(channelName, z.int().min(1)),
  end: z.record(channelName, place).exactOptional(),
  reason: readableText(200).exactOptional(),
})
export type SigningKey = z.infer<typeof signingKey>

export const memberNode = z.object({
  peerId: z.string().refine(id => kidOfPeerId(id) !== undefined, 'is no peer id of an Ed25519 key'),
  /** Multiaddrs. */
  addrs: z.array(readableText(300)),
})

export const contact = z.object({
  role: readableText(100),
  email: readableText(254).exactOptional(),
  telephone: readableText(40).exactOptional(),
})

/** Language → name; English always. */
export const memberNames = z.object({ en: readableText(200) }).catchall(readableText(200))
export const memberKind = z.enum(['state', 'organisation', 'observer'])

const member = z.object({
  id: memberId,
  names: memberNames,
  kind: memberKind,
  status: z.enum(['active', 'suspended', 'left']),
  channels: z.array(channelName),
  nodes: z.array(memberNode),
  signing: z.array(signingKey),
  recovery: z.array(registeredKey),
  contacts: z.array(contact),
})
export type Member = z.infer<typeof member>

/** One entry of a members document, as a node tells it. Throws `document-malformed`. */
export function parseMember(value: unknown): Member {
  const result = member.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw malformed('members', `/${issue?.path.join('/') ?? ''}`, issue?.message ?? 'does not follow its form')
}

const shape = z.object({
  net: z.string().regex(/^[a-z2-7]{52}$/),
  rootVersion: version,
  version,
  /** SHA-256 of the text of the members document before, null at 1. */
  prevHash: hash.nullable(),
  issued: date,
  expires: date,
  channels: z.record(channelName, z.object({ optIn: z.boolean() })),
  members: z.array(member),
})
export type Members = z.infer<typeof shape>

/** A members document from its JCS text; says nothing of who signed it or what was in force before. */
export function parseMembers(text: string): Members {
  const members = parseDocument({ document: 'members', text, shape, limit: limits.membersDocumentBytes })
  checkForm(members)
  checkKeysOnce(members)
  for (const each of members.members) checkSilenced(each)
  return members
}

function checkForm({ version, prevHash, channels, members }: Members): void {
  if ((version === 1) !== (prevHash === null)) {
    throw malformed('members', '/prevHash', 'must be null in version 1 and only there')
  }
  for (const [name, { optIn }] of Object.entries(protocolChannels)) {
    const listed = channels[name]
    if (listed && listed.optIn !== optIn) {
      throw malformed('members', `/channels/${name}/optIn`, `is ${optIn} in this version of the protocol`)
    }
  }
  const id = repeatedIn(members.map(member => member.id))
  if (id !== undefined) throw malformed('members', '/members', `lists ${id} twice`)
  for (const [at, member] of members.entries()) checkMemberForm(member, `/members/${at}`, channels)
}

function checkMemberForm(member: Member, pointer: string, channels: Members['channels']): void {
  if (repeatedIn(member.channels) !== undefined) {
    throw malformed('members', `${pointer}/channels`, 'names a channel twice')
  }
  const named = [...member.channels, ...member.signing.flatMap(key => Object.keys(key.from))]
  const unknown = named.find(name => !Object.hasOwn(channels, name))
  if (unknown !== undefined)
    throw malformed('members', pointer, `names ${unknown}, which is not in /channels`)
  for (const [at, { from, end }] of member.signing.entries()) {
    if (end && Object.keys(from).sort().join() !== Object.keys(end).sort().join()) {
      throw malformed('members', `${pointer}/signing/${at}/end`, 'must name exactly the channels of from')
    }
  }
}

/** A key stands in one place and has one use: signing, recovery or node. */
function checkKeysOnce(members: Members): void {
  const kid = repeatedIn(kidsOf(members))
  if (kid !== undefined) throw reused(kid)
}

/** Every key of the document: signing, recovery and node keys. */
export function kidsOf({ members }: Members): string[] {
  return members.flatMap(({ signing, recovery, nodes }) => [
    ...[...signing, ...recovery].map(key => key.kid),
    ...nodes.flatMap(({ peerId }) => kidOfPeerId(peerId) ?? []),
  ])
}

/** Status and channels never decide who may speak: who is to be silent has its keys ended in the same document. */
function checkSilenced({ id, status, channels, signing }: Member): void {
  for (const { kid, from, end } of signing) {
    const open = end ? [] : Object.keys(from)
    const channel = status === 'active' ? open.find(name => !channels.includes(name)) : open[0]
    if (channel !== undefined) {
      throw new FocalpointError(
        'members-key-not-ended',
        `Key ${kid} of ${id} must have an end: ${id} is ${status} and has no place in ${channel} any more.`,
        { kid, channel },
      )
    }
  }
}

export function reused(kid: string): FocalpointError<'members-key-reused'> {
  return new FocalpointError(
    'members-key-reused',
    `Key ${kid} has two uses: a signing, recovery, node or coordinator key is never shared.`,
    { kid },
  )
}
