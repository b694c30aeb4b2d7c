import type { CryptoKey } from 'jose'
import { FocalpointError } from '../errors.ts'
import { importPublicKey, type PublicJwk } from './keys.ts'
import type { Member, Place, SigningKey } from './members.ts'
import type { Registry } from './registry.ts'

// Authority is a place in a log, never a clock or a status: a thief controls the clock, and a status that
// reached some nodes later than others would split logs. `status` and `channels` govern connecting,
// serving and showing; only `from` and `end` say who may speak.

interface Index {
  signing: Map<string, { member: Member; key: SigningKey }>
  recovery: Map<string, { member: Member; jwk: PublicJwk }>
  byPeerId: Map<string, Member>
  byId: Map<string, Member>
  imported: Map<string, Promise<CryptoKey>>
}

const indexes = new WeakMap<Registry, Index>()

/** Whose signing key this is. */
export function findKey(registry: Registry, kid: string): { member: Member; key: SigningKey } | undefined {
  return indexOf(registry).signing.get(kid)
}

/** Whose recovery key this is: it can only stop keys of its member. */
export function findRecoveryKey(
  registry: Registry,
  kid: string,
): { member: Member; jwk: PublicJwk } | undefined {
  return indexOf(registry).recovery.get(kid)
}

/** A signing or recovery key, imported once for each registry. Throws `key-unknown`. */
export function publicKeyOf(registry: Registry, kid: string): Promise<CryptoKey> {
  const { signing, recovery, imported } = indexOf(registry)
  const held = imported.get(kid)
  if (held) return held
  const jwk = signing.get(kid)?.key.jwk ?? recovery.get(kid)?.jwk
  if (jwk === undefined) return Promise.reject(keyUnknown(kid))
  const importing = importPublicKey(jwk)
  imported.set(kid, importing)
  return importing
}

/** Where in one log a key may speak. */
export interface Authority {
  /** The first place. */
  from: number
  /** The last place and the notice that holds it; none: still in force. */
  end?: Place
}

interface Asking {
  registry: Registry
  kid: string
  issuer: string
  channel: string
}

/** Where this key speaks for this issuer. Throws `key-unknown`, `key-of-another`, `no-authority`. */
export function authorityOf({ registry, kid, issuer, channel }: Asking): Authority {
  const found = findKey(registry, kid)
  if (found === undefined) throw keyUnknown(kid)
  if (found.member.id !== issuer) {
    throw new FocalpointError('key-of-another', `Key ${kid} is not ${issuer}'s.`, { kid, issuer })
  }
  const { from, end } = found.key
  const first = Object.hasOwn(from, channel) ? from[channel] : undefined
  if (first === undefined) {
    throw new FocalpointError('no-authority', `Key ${kid} of ${issuer} has no authority in ${channel}.`, {
      kid,
      channel,
    })
  }
  const last = end?.[channel]
  return last ? { from: first, end: last } : { from: first }
}

interface Judging {
  authority: Authority
  seq: number
  id: string
  /** Whether the chain that ends in `end.id` holds this notice; asked only below the end. */
  onEndChain: () => boolean
}

/** Void: below the key's `from`, or, where the key has an `end`, not on the chain that ends there. */
export function isVoid({ authority: { from, end }, seq, id, onEndChain }: Judging): boolean {
  if (seq < from) return true
  if (end === undefined) return false
  if (seq === end.seq) return id !== end.id
  return seq > end.seq || !onEndChain()
}

/** The active members that have joined a channel. */
export function membersIn(registry: Registry, channel: string): Member[] {
  return registry.members.members.filter(
    member => member.status === 'active' && member.channels.includes(channel),
  )
}

export function findMember(registry: Registry, id: string): Member | undefined {
  return indexOf(registry).byId.get(id)
}

/** Whose node this is, whatever its status. */
export function memberOf(registry: Registry, peerId: string): Member | undefined {
  return indexOf(registry).byPeerId.get(peerId)
}

/** The id of the member whose node this is, if it may connect: active members only. */
export function mayConnect(registry: Registry, peerId: string): string | undefined {
  const member = memberOf(registry, peerId)
  return member?.status === 'active' ? member.id : undefined
}

export function keyUnknown(kid: string): FocalpointError<'key-unknown'> {
  return new FocalpointError('key-unknown', `Key ${kid} is not in the registry held here.`, { kid })
}

function indexOf(registry: Registry): Index {
  const held = indexes.get(registry)
  if (held) return held
  const index = buildIndex(registry.members.members)
  indexes.set(registry, index)
  return index
}

function buildIndex(members: readonly Member[]): Index {
  return {
    signing: new Map(
      members.flatMap(member => member.signing.map(key => [key.kid, { member, key }] as const)),
    ),
    recovery: new Map(
      members.flatMap(member => member.recovery.map(({ kid, jwk }) => [kid, { member, jwk }] as const)),
    ),
    byPeerId: new Map(members.flatMap(member => member.nodes.map(node => [node.peerId, member] as const))),
    byId: new Map(members.map(member => [member.id, member])),
    imported: new Map(),
  }
}
