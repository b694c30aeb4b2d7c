import type { Members, Root, SignedDocument } from '#protocol'
import type { RegistryCase } from './case.ts'
import { chainOf, everyone, members2, membersAfter, root1, root2, signed, trust1 } from './documents.ts'

type Offered = RegistryCase['offered']
export interface More {
  trust?: string
  inForce?: readonly [number, number]
  expired?: boolean
  differs?: string
}

export function tuf(
  name: string,
  what: string,
  offered: Offered,
  expected: RegistryCase['expected'],
  { trust = trust1, ...more }: More = {},
): RegistryCase {
  return { name, from: 'TUF', what, trust, offered, expected, ...more }
}

export async function ofMembers(
  name: string,
  what: string,
  expected: RegistryCase['expected'],
  change: (members: Members) => void,
  more: More = {},
): Promise<RegistryCase> {
  return tuf(name, what, [{ members: await members2(change) }], expected, more)
}

export async function ofRoot(
  name: string,
  what: string,
  expected: RegistryCase['expected'],
  change: (root: Root) => void,
  more: More = {},
): Promise<RegistryCase> {
  return tuf(name, what, [{ roots: [await root2(change)] }], expected, more)
}

export function withSignatures(
  of: SignedDocument,
  change: (signatures: readonly string[]) => readonly string[],
): SignedDocument {
  return { ...of, signatures: [...change(of.signatures)] }
}

export const good2 = await members2()
export const good3 = await signed(membersAfter(good2), 'members+jws', everyone.sigs)
const [made] = await chainOf([{ keys: [0, 1, 2, 3, 5], threshold: 3, sigs: [0, 1, 2, 5] }], root1)
if (made === undefined) throw new TypeError('There is a next root.')
export const nextRoot = made
