import { canonical, type Members, type Root, type SignedDocument, thumbprint } from '#protocol'
import { demonstrationKey, publicOf } from '../../../alliance.ts'
import type { RegistryCase } from './case.ts'
import {
  chainOf,
  everyone,
  firstKey,
  member,
  members1,
  members2,
  membersAfter,
  newSigningKey,
  root1,
  root2,
  rootAfter,
  signed,
  trust1,
} from './documents.ts'

type Expected = RegistryCase['expected']
export const seed = 'registry cases'
export const nowhere = 'A'.repeat(43)

export function section4(
  name: string,
  what: string,
  expected: Expected,
  offered: RegistryCase['offered'],
  trust = trust1,
): RegistryCase {
  return { name, from: 'section 4', what, trust, offered, expected }
}

export async function ofMembers(
  name: string,
  what: string,
  expected: Expected,
  change: (members: Members) => void,
  signers: readonly number[] = everyone.sigs,
): Promise<RegistryCase> {
  return section4(name, what, expected, [{ members: await members2(change, signers) }])
}

export async function ofRoot(
  name: string,
  what: string,
  expected: Expected,
  change: (root: Root) => void,
  signers: readonly number[] = everyone.sigs,
): Promise<RegistryCase> {
  return section4(name, what, expected, [{ roots: [await root2(change, signers)] }])
}

export async function ofSigned(
  name: string,
  what: string,
  expected: Expected,
  change: (good: SignedDocument) => SignedDocument,
): Promise<RegistryCase> {
  return section4(name, what, expected, [{ members: change(await members2()) }])
}

/** QM's key ends unused, and another goes on. */
export function ended(next: Members): void {
  firstKey(next, 'QM').end = { torture: { seq: 0, id: null } }
  member(next, 'QM').signing.push(newSigningKey('QM second', { torture: 1 }))
}
export const withEnd = await members2(ended)
export async function afterEnd(
  name: string,
  what: string,
  expected: Expected,
  change: (next: Members) => void,
) {
  const next = await signed(membersAfter(withEnd, change), 'members+jws', everyone.sigs)
  return section4(name, what, expected, [{ members: withEnd }, { members: next }])
}

/** Coordinator 1 with a second key, in a root of its own. */
export const secondOf0 = demonstrationKey(seed, 'coordinator-0', 'second')
const twoKeysOf0 = rootAfter(root1, everyone)
twoKeysOf0.coordinators.push({
  id: 'coordinator-0',
  kid: thumbprint(secondOf0),
  jwk: publicOf(secondOf0),
})
export const rootWithTwoKeys = await signed(twoKeysOf0, 'root+jws', everyone.sigs)
export const underTwoKeys = canonical(
  membersAfter(members1, next => void Object.assign(next, { rootVersion: 2 })),
)

const [made1] = await chainOf([{ keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 1, 2, 3] }], root1)
const [made2] = await chainOf([{ ...everyone, keys: [0, 1, 2, 3, 5], sigs: [0, 1, 2] }], root1)
if (made1 === undefined || made2 === undefined) throw new TypeError('There are two second roots.')
export const narrowed = made1
export const otherRoot2 = made2
