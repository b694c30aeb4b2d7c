import {
  canonical,
  type DocumentTyp,
  type Member,
  type Members,
  netOf,
  type Root,
  type SignedDocument,
  sha256,
  signDocument,
  thumbprint,
} from '#protocol'
import { demonstrationKey, keysOfMember, peerIdOf, publicOf } from '../../../alliance.ts'

// Documents by ten coordinators, 0 to 9, each with one key, as TUF's suite has ten signers.

const seed = 'registry cases'

export function coordinatorKey(number: number) {
  return demonstrationKey(seed, `coordinator-${number}`, 'coordinator')
}

export function listed(number: number): Root['coordinators'][number] {
  const key = coordinatorKey(number)
  return { id: `coordinator-${number}`, kid: thumbprint(key), jwk: publicOf(key) }
}

export async function signed(
  value: object | string,
  typ: DocumentTyp,
  signers: readonly number[],
): Promise<SignedDocument> {
  const document = typeof value === 'string' ? value : canonical(value)
  const signatures = await Promise.all(
    signers.map(number => signDocument({ document, typ, key: coordinatorKey(number) })),
  )
  return { document, signatures }
}

export const everyone = { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 1, 2] } as const

/** A root as TUF's suite describes one: whose keys, how many, and who signs. */
export interface RootPlan {
  keys: readonly number[]
  threshold: number
  sigs: readonly number[]
}

export function rootAfter(before: SignedDocument | undefined, { keys, threshold }: RootPlan): Root {
  const version = before === undefined ? 1 : JSON.parse(before.document).version + 1
  return {
    version,
    prevHash: before === undefined ? null : sha256(before.document),
    coordinators: keys.map(listed),
    threshold,
    expires: '2036-01-01',
  }
}

/** The roots one after the other, each signed as its plan says. */
export async function chainOf(
  plans: readonly RootPlan[],
  before: SignedDocument | undefined = undefined,
): Promise<SignedDocument[]> {
  const chain: SignedDocument[] = []
  for (const plan of plans) {
    const root = rootAfter(chain.at(-1) ?? before, plan)
    chain.push(await signed(root, 'root+jws', plan.sigs))
  }
  return chain
}

async function memberNamed(id: string): Promise<Member> {
  const keys = keysOfMember(seed, id)
  return {
    id,
    names: { en: id === 'QM' ? 'Quillmark' : 'Elandor' },
    kind: 'state',
    status: 'active',
    channels: ['torture'],
    nodes: [{ peerId: await peerIdOf(keys.node), addrs: [] }],
    signing: [{ kid: thumbprint(keys.signing), jwk: publicOf(keys.signing), from: { torture: 1 } }],
    recovery: [{ kid: thumbprint(keys.recovery), jwk: publicOf(keys.recovery) }],
    contacts: [],
  }
}

const founders = await Promise.all(['QM', 'XE'].map(memberNamed))

/** The first members document of the network that this root founds. */
export function firstMembers(root1: SignedDocument, change: (members: Members) => void = () => {}): Members {
  const members: Members = {
    net: netOf(root1.document),
    rootVersion: 1,
    version: 1,
    prevHash: null,
    issued: '2026-01-01',
    expires: '2036-01-01',
    channels: { torture: { optIn: false }, capital: { optIn: true } },
    members: structuredClone(founders),
  }
  change(members)
  return members
}

/** The members document after this one. */
export function membersAfter(before: SignedDocument, change: (members: Members) => void = () => {}): Members {
  const members: Members = JSON.parse(before.document)
  members.version += 1
  members.prevHash = sha256(before.document)
  change(members)
  return members
}

export function trustOf(roots: readonly SignedDocument[], members: SignedDocument): string {
  return JSON.stringify({ format: 'focalpoint-trust/1', roots, members, seeds: [] })
}

/** Root 1 with five coordinators and threshold three, members 1, and the trust file of both. */
export const [root1] = (await chainOf([everyone])) as [SignedDocument]
export const members1 = await signed(firstMembers(root1), 'members+jws', everyone.sigs)
export const trust1 = trustOf([root1], members1)

/** Members 2 as it should be, changed, and signed by the first three or by others. */
export function members2(
  change: (members: Members) => void = () => {},
  signers: readonly number[] = everyone.sigs,
): Promise<SignedDocument> {
  return signed(membersAfter(members1, change), 'members+jws', signers)
}

/** Root 2 with the same coordinators, changed, and signed by the first three or by others. */
export function root2(
  change: (root: Root) => void = () => {},
  signers: readonly number[] = everyone.sigs,
): Promise<SignedDocument> {
  const root = rootAfter(root1, everyone)
  change(root)
  return signed(root, 'root+jws', signers)
}

export function member(members: Members, id: string): Member {
  const found = members.members.find(each => each.id === id)
  if (found === undefined) throw new TypeError(`There is no member ${id}.`)
  return found
}

export function firstKey(members: Members, id: string): Member['signing'][number] {
  const [key] = member(members, id).signing
  if (key === undefined) throw new TypeError(`${id} has no signing key.`)
  return key
}

export function newSigningKey(name: string, from: Record<string, number>): Member['signing'][number] {
  const key = demonstrationKey(seed, name, 'signing')
  return { kid: thumbprint(key), jwk: publicOf(key), from }
}
