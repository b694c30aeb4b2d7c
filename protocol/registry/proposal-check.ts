import { FocalpointError } from '../errors.ts'
import { sha256 } from '../sha256.ts'
import { type Members, parseMembers } from './members.ts'
import { checkKeysApart, checkMembers, proposedMembers } from './next-members.ts'
import { pointless } from './proposal.ts'
import type { Registry } from './registry.ts'
import { netOf, parseRoot, type Root } from './root.ts'
import {
  type Coordinator,
  countSignatures,
  kidOfSignature,
  type SignedDocument,
  unknownCoordinator,
} from './signatures.ts'

/** Signatures still to be collected, of the coordinators of one root. */
export interface Missing {
  rootVersion: number
  count: number
  /** Ids of those who have not signed. */
  of: string[]
}

export interface Proposal<Content> {
  content: Content
  /** Ids, each once. */
  signers: string[]
  /** Empty when it may be put in force. */
  missing: Missing[]
  /** It does not follow the document in force, which only a newer root allows. */
  chainBroken: boolean
}

/** A members document on its way, checked as every node will, but for how many have signed. */
export async function checkMembersProposal(
  registry: Registry,
  signed: SignedDocument,
): Promise<Proposal<Members>> {
  checkNotInForce(registry, signed)
  const { members, signers, chainBroken } = await proposedMembers({ registry, signed })
  return { content: members, ...tally(signers, [registry.root]), chainBroken }
}

/** The next root on its way: it needs the threshold of the root before and its own. */
export async function checkRootProposal(registry: Registry, signed: SignedDocument): Promise<Proposal<Root>> {
  checkNotInForce(registry, signed)
  const root = parseRoot(signed.document)
  const inForce = registry.root.version
  if (root.version !== inForce + 1) {
    throw root.version > inForce
      ? notNext('root-jump', root.version, inForce)
      : notNext('root-rollback', root.version, inForce)
  }
  const newest = registry.roots.at(-1)?.signed.document ?? ''
  if (root.prevHash !== sha256(newest)) {
    throw new FocalpointError(
      'root-chain-broken',
      `Root ${root.version} does not follow the root ${inForce} that is held here.`,
      { version: root.version },
    )
  }
  checkKeysApart({ roots: [{ root }], members: registry.members })
  const roots = [registry.root, root]
  const known = registry.roots.flatMap(each => each.root.coordinators)
  return { content: root, ...tally(await signersOf(signed, roots, known), roots), chainBroken: false }
}

/** A first root on its way: its own coordinators sign it, all of them being new. */
export async function checkFirstRoot(signed: SignedDocument): Promise<Proposal<Root>> {
  const root = parseRoot(signed.document)
  if (root.version !== 1) throw notNext('root-jump', root.version, 0)
  return { content: root, ...tally(await signersOf(signed, [root]), [root]), chainBroken: false }
}

/** The members document of a new network on its way, under a first root that may be on its way, too. */
export async function checkFirstMembers(
  firstRoot: SignedDocument,
  signed: SignedDocument,
): Promise<Proposal<Members>> {
  const { content: root } = await checkFirstRoot(firstRoot)
  const members = parseMembers(signed.document)
  const roots = [{ root, signed: firstRoot }]
  const net = netOf(firstRoot.document)
  const signers = await checkMembers({ net, roots, members, signed, threshold: 0 })
  return { content: members, ...tally(signers, [root]), chainBroken: false }
}

function checkNotInForce({ roots, signedMembers }: Registry, { document }: SignedDocument): void {
  const inForce = [...roots.map(({ signed }) => signed.document), signedMembers.document]
  if (inForce.includes(document)) throw pointless('this document is in force already')
}

/** Each root's coordinators are counted by themselves, so that one with a key in both may sign once with each. */
async function signersOf(
  { document, signatures }: SignedDocument,
  roots: readonly Root[],
  known: readonly Coordinator[] = [],
): Promise<Coordinator[]> {
  const isOf = (root: Root, signature: string) =>
    root.coordinators.some(({ kid }) => kid === kidOfSignature(signature, 'root+jws'))
  const stranger = signatures.find(signature => !roots.some(root => isOf(root, signature)))
  if (stranger !== undefined) {
    const rootVersion = roots.at(-1)?.version
    throw unknownCoordinator(kidOfSignature(stranger, 'root+jws'), { rootVersion, known })
  }
  const found = await Promise.all(
    roots.map(root =>
      countSignatures({
        document,
        typ: 'root+jws',
        signatures: signatures.filter(signature => isOf(root, signature)),
        coordinators: root.coordinators,
        threshold: 0,
      }),
    ),
  )
  return found.flat()
}

function tally(
  signers: readonly Coordinator[],
  roots: readonly Root[],
): Pick<Proposal<never>, 'signers' | 'missing'> {
  const missing = roots.flatMap(root => {
    const signed = new Set(
      root.coordinators.filter(({ kid }) => signers.some(each => each.kid === kid)).map(({ id }) => id),
    )
    const others = new Set(root.coordinators.map(({ id }) => id).filter(id => !signed.has(id)))
    const count = root.threshold - signed.size
    return count > 0 ? [{ rootVersion: root.version, count, of: [...others] }] : []
  })
  return { signers: [...new Set(signers.map(({ id }) => id))], missing }
}

function notNext(
  code: 'root-jump' | 'root-rollback',
  version: number,
  inForce: number,
): FocalpointError<'root-jump' | 'root-rollback'> {
  return new FocalpointError(code, `Root ${version} cannot follow root ${inForce}, which is in force.`, {
    version,
    inForce,
  })
}
