import type { Json, Members, Root, SignedDocument } from '#protocol'
import { coordinators, membersAfter, registry, rootAfter, signMembers, signRoot } from './alliance.ts'
import type { Vector } from './vector.ts'

interface Case {
  held?: 'trust.json' | 'trust-2.json'
  roots?: SignedDocument[]
  members?: SignedDocument
}

export function vector(
  expect: string,
  name: string,
  what: string,
  { held = 'trust.json', roots = [], members }: Case,
): Vector {
  return {
    name,
    what,
    held,
    roots: roots.map(asJson),
    ...(members ? { members: asJson(members) } : {}),
    expect,
  }
}

function asJson({ document, signatures }: SignedDocument): Json {
  return { document, signatures: [...signatures] }
}

export async function ofMembers(
  expect: string,
  name: string,
  what: string,
  change: (members: Members) => void,
  by = coordinators(1, 2),
): Promise<Vector> {
  return vector(expect, name, what, { members: await signMembers(membersAfter(registry, change), by) })
}

export async function ofRoot(
  expect: string,
  name: string,
  what: string,
  change: (root: Root) => void,
  by = coordinators(1, 2),
): Promise<Vector> {
  return vector(expect, name, what, { roots: [await signRoot(rootAfter(registry, change), by)] })
}

/** A successor of members document 1 whose text or signatures are changed after signing. */
export async function ofSigned(
  expect: string,
  name: string,
  what: string,
  change: (signed: SignedDocument) => SignedDocument | Promise<SignedDocument>,
): Promise<Vector> {
  return vector(expect, name, what, { members: await change(await signMembers(membersAfter(registry))) })
}

/** Members document 2 as it should be. */
export const newer = membersAfter(registry)
