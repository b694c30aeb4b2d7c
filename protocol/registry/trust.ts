import { z } from 'zod'
import { canonical } from '../canonical.ts'
import { FocalpointError } from '../errors.ts'
import { sha256 } from '../sha256.ts'
import { parseMembers } from './members.ts'
import { checkKeysApart, checkMembers, nextMembers } from './next-members.ts'
import type { Registry } from './registry.ts'
import { firstRoot, type HeldRoot, netOf, nextRoot } from './root.ts'
import { safetyNumber } from './safety-number.ts'
import { type SignedDocument, signedDocument } from './signatures.ts'

/** All that a node or a verifier needs to begin: every root, the newest members document, seed addresses. */
export const trustForm = z.strictObject({
  format: z.literal('focalpoint-trust/1'),
  roots: z.tuple([signedDocument], signedDocument),
  members: signedDocument,
  seeds: z.array(z.string()),
})

/** The registry that the text of a `trust.json` holds, every signature checked. */
export async function openTrust(text: string): Promise<Registry> {
  const { roots, members: signed, seeds } = parseTrust(text)
  const held = await chainOf(roots)
  const net = netOf(roots[0].document)
  const members = parseMembers(signed.document)
  await checkMembers({ net, roots: held, members, signed })
  return registryOf({ net, roots: held, members, signedMembers: signed, seeds, chainBroken: false })
}

interface Advance {
  /** In order; those already held are passed over. */
  roots?: readonly SignedDocument[]
  members?: SignedDocument
}

/** The registry with newer documents put in force, or the same one where there is nothing new. */
export async function advanceRegistry(
  registry: Registry,
  { roots = [], members: signed }: Advance,
): Promise<Registry> {
  const chain = await lengthen(registry.roots, roots)
  const rooted = chain === registry.roots ? registry : registryOf({ ...registry, roots: chain })
  if (rooted !== registry) checkKeysApart(rooted)
  if (signed === undefined || signed.document === registry.signedMembers.document) return rooted
  const { members, chainBroken } = await nextMembers({ registry: rooted, signed })
  return registryOf({ ...rooted, members, signedMembers: signed, chainBroken })
}

/** The text of a `trust.json` from which this registry can be opened again. */
export function trustText({ roots, signedMembers, seeds }: Registry): string {
  const trust: z.input<typeof trustForm> = {
    format: 'focalpoint-trust/1',
    roots: roots.map(({ signed }) => signed) as [SignedDocument, ...SignedDocument[]],
    members: signedMembers,
    seeds: [...seeds],
  }
  return `${JSON.stringify(trust, null, 2)}\n`
}

/** Twelve groups of five digits to read over the telephone: of the documents, not of signatures or seeds. */
export function trustFingerprint({ roots, membersHash }: Registry): string {
  const said = canonical({
    format: 'focalpoint-trust/1',
    roots: roots.map(({ signed }) => sha256(signed.document)),
    members: membersHash,
  })
  return safetyNumber(said)
}

function parseTrust(text: string): z.output<typeof trustForm> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed('it is not JSON', cause)
  }
  const result = trustForm.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw malformed(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not follow its form'}`)
}

function malformed(what: string, cause?: unknown): FocalpointError<'trust-malformed'> {
  return new FocalpointError(
    'trust-malformed',
    `This is no trust.json of focalpoint: ${what}. Get it again from another member, and compare its fingerprint.`,
    { what },
    { cause },
  )
}

async function chainOf([first, ...later]: readonly [SignedDocument, ...SignedDocument[]]): Promise<
  HeldRoot[]
> {
  let chain = [await firstRoot(first)]
  for (const signed of later) chain = await nextRoot(chain, signed)
  return chain
}

async function lengthen(
  held: readonly HeldRoot[],
  roots: readonly SignedDocument[],
): Promise<readonly HeldRoot[]> {
  let chain = held
  for (const signed of roots) {
    if (!chain.some(each => each.signed.document === signed.document)) chain = await nextRoot(chain, signed)
  }
  return chain
}

function registryOf(of: Omit<Registry, 'root' | 'membersHash'>): Registry {
  const newest = of.roots.at(-1)
  if (newest === undefined) throw malformed('it holds no root')
  const membersHash = sha256(of.signedMembers.document)
  return Object.freeze({ ...of, root: newest.root, membersHash })
}
