import { createHash, createPrivateKey } from 'node:crypto'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import {
  canonical,
  type DocumentTyp,
  type Member,
  type Members,
  netOf,
  openTrust,
  type PrivateJwk,
  type PublicJwk,
  type Root,
  type SignedDocument,
  signDocument,
  thumbprint,
  trustText,
} from '#protocol'

// An alliance whose every key follows from a seed that anyone can know: for the demonstration and for tests,
// never for anything else.

export interface MemberKeys {
  format: 'focalpoint-keys/1'
  demonstration: true
  member: string
  node: PrivateJwk
  signing: PrivateJwk
  recovery: PrivateJwk
}

export interface CoordinatorKeys {
  format: 'focalpoint-coordinator-keys/1'
  demonstration: true
  coordinator: string
  key: PrivateJwk
}

export interface AllianceMember {
  id: string
  names: Member['names']
  channels: string[]
}

export interface AlliancePlan {
  /** Another seed gives other keys and with them a net of its own. */
  seed: number | string
  members: readonly AllianceMember[]
  /** Ids. */
  coordinators: readonly string[]
  threshold: number
  /** YYYY-MM-DD. */
  issued: string
  /** YYYY-MM-DD, the first day on which it holds no more. */
  expires: string
  /** Member id → multiaddrs without the peer id; they become the seeds, too. */
  addrs?: Readonly<Record<string, readonly string[]>>
}

export interface Alliance {
  /** The text of `trust.json`. */
  trust: string
  memberKeys: MemberKeys[]
  coordinatorKeys: CoordinatorKeys[]
}

export async function makeAlliance(plan: AlliancePlan): Promise<Alliance> {
  const memberKeys = plan.members.map(({ id }) => keysOfMember(plan.seed, id))
  const coordinatorKeys = plan.coordinators.map(id => keysOfCoordinator(plan.seed, id))
  const signers = coordinatorKeys.slice(0, plan.threshold)
  const root = rootOf(plan, coordinatorKeys)
  const signedRoot = await signByAll({ value: root, typ: 'root+jws', signers })
  const members = await membersOf({ plan, memberKeys, net: netOf(signedRoot.document) })
  const signedMembers = await signByAll({ value: members, typ: 'members+jws', signers })
  const trust = {
    format: 'focalpoint-trust/1',
    roots: [signedRoot],
    members: signedMembers,
    seeds: seedsOf(plan, members),
  }
  const registry = await openTrust(JSON.stringify(trust))
  return { trust: trustText(registry), memberKeys, coordinatorKeys }
}

/** A value as a signed document, with one signature of each signer. */
export async function signByAll({
  value,
  typ,
  signers,
}: {
  value: Root | Members
  typ: DocumentTyp
  signers: readonly CoordinatorKeys[]
}): Promise<SignedDocument> {
  const document = canonical(value)
  const signatures = await Promise.all(signers.map(({ key }) => signDocument({ document, typ, key })))
  return { document, signatures }
}

export function keysOfMember(seed: AlliancePlan['seed'], member: string): MemberKeys {
  return {
    format: 'focalpoint-keys/1',
    demonstration: true,
    member,
    node: demonstrationKey(seed, member, 'node'),
    signing: demonstrationKey(seed, member, 'signing'),
    recovery: demonstrationKey(seed, member, 'recovery'),
  }
}

export function keysOfCoordinator(seed: AlliancePlan['seed'], coordinator: string): CoordinatorKeys {
  return {
    format: 'focalpoint-coordinator-keys/1',
    demonstration: true,
    coordinator,
    key: demonstrationKey(seed, coordinator, 'coordinator'),
  }
}

/** PKCS #8 of an Ed25519 key (RFC 8410), up to its 32 bytes. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The Ed25519 key whose 32 secret bytes are SHA-256 of "focalpoint demonstration SEED OWNER USE". */
export function demonstrationKey(seed: AlliancePlan['seed'], owner: string, use: string): PrivateJwk {
  const secret = createHash('sha256').update(`focalpoint demonstration ${seed} ${owner} ${use}`).digest()
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' })
  const { x, d } = key.export({ format: 'jwk' })
  if (x === undefined || d === undefined) throw new TypeError('An Ed25519 key was exported without x or d.')
  return { kty: 'OKP', crv: 'Ed25519', x, d }
}

export function publicOf({ crv, kty, x }: PublicJwk): PublicJwk {
  return { crv, kty, x }
}

export async function peerIdOf({ d }: PrivateJwk): Promise<string> {
  const key = await generateKeyPairFromSeed('Ed25519', Buffer.from(d, 'base64url'))
  return peerIdFromPrivateKey(key).toString()
}

function rootOf(plan: AlliancePlan, coordinators: readonly CoordinatorKeys[]): Root {
  return {
    version: 1,
    prevHash: null,
    coordinators: coordinators.map(({ coordinator, key }) => ({ id: coordinator, ...registered(key) })),
    threshold: plan.threshold,
    expires: plan.expires,
  }
}

interface MembersMaking {
  plan: AlliancePlan
  memberKeys: readonly MemberKeys[]
  net: string
}

async function membersOf({ plan, memberKeys, net }: MembersMaking): Promise<Members> {
  const members = await Promise.all(plan.members.map(member => memberOf(plan, member, memberKeys)))
  return {
    net,
    rootVersion: 1,
    version: 1,
    prevHash: null,
    issued: plan.issued,
    expires: plan.expires,
    channels: { torture: { optIn: false }, capital: { optIn: true } },
    members,
  }
}

async function memberOf(
  { addrs = {} }: AlliancePlan,
  { id, names, channels }: AllianceMember,
  memberKeys: readonly MemberKeys[],
): Promise<Member> {
  const keys = memberKeys.find(({ member }) => member === id)
  if (keys === undefined) throw new TypeError(`There are no keys of ${id}.`)
  return {
    id,
    names,
    kind: 'state',
    status: 'active',
    channels,
    nodes: [{ peerId: await peerIdOf(keys.node), addrs: [...(addrs[id] ?? [])] }],
    signing: [
      { ...registered(keys.signing), from: Object.fromEntries(channels.map(channel => [channel, 1])) },
    ],
    recovery: [registered(keys.recovery)],
    contacts: [{ role: 'focal point', email: `focal-point@${id.toLowerCase()}.example.org` }],
  }
}

function registered(key: PrivateJwk): { kid: string; jwk: PublicJwk } {
  return { kid: thumbprint(key), jwk: publicOf(key) }
}

function seedsOf({ addrs = {} }: AlliancePlan, { members }: Members): string[] {
  return members.flatMap(({ id, nodes }) =>
    nodes.flatMap(({ peerId }) => (addrs[id] ?? []).map(addr => `${addr}/p2p/${peerId}`)),
  )
}
