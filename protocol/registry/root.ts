import { z } from 'zod'
import { base32 } from '../base64url.ts'
import { FocalpointError } from '../errors.ts'
import { limits } from '../limits.ts'
import { sha256, sha256Bytes } from '../sha256.ts'
import { date, hash, malformed, parseDocument, repeatedIn, version } from './document.ts'
import { registeredKey } from './keys.ts'
import { countSignatures, kidOfSignature, type SignedDocument, unknownCoordinator } from './signatures.ts'

const coordinatorId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)

const shape = z.object({
  version,
  /** SHA-256 of the text of the root before, null at 1. */
  prevHash: hash.nullable(),
  coordinators: z.array(registeredKey.safeExtend({ id: coordinatorId })).min(1),
  threshold: z.int().min(1),
  expires: date,
})
export type Root = z.infer<typeof shape>

/** A root that is or was in force, with the signatures that put it there. */
export interface HeldRoot {
  readonly root: Root
  readonly signed: SignedDocument
}

/** A root from its JCS text; says nothing of who signed it. */
export function parseRoot(text: string): Root {
  const root = parseDocument({ document: 'root', text, shape, limit: limits.rootDocumentBytes })
  const fault = faultOf(root)
  if (fault) throw malformed('root', fault.pointer, fault.what)
  return root
}

/** The name of a network: it stands in every signed header, topic and protocol id. */
export function netOf(root1Text: string): string {
  return base32(sha256Bytes(root1Text))
}

/** The first root of a network, whose bytes are the network's name. Throws where it is not signed by itself. */
export async function firstRoot(signed: SignedDocument): Promise<HeldRoot> {
  const root = parseRoot(signed.document)
  if (root.version !== 1) throw jump(root.version, 0)
  await countSignatures({ ...signed, typ: 'root+jws', ...root })
  return { root, signed }
}

/** The chain with one more root: exactly the next, with the threshold of the root before and its own (TUF 5.3). */
export async function nextRoot(chain: readonly HeldRoot[], signed: SignedDocument): Promise<HeldRoot[]> {
  const root = parseRoot(signed.document)
  const inForce = chain.length
  if (root.version > inForce + 1) throw jump(root.version, inForce)
  const same = chain[root.version - 1]
  if (same?.signed.document === signed.document) {
    throw new FocalpointError(
      'root-rollback',
      `Root ${root.version} is held already; ${inForce} is in force.`,
      {
        version: root.version,
        inForce,
      },
    )
  }
  await checkSuccession({ before: chain[root.version - 2], root, signed })
  if (same) {
    throw new FocalpointError(
      'root-conflict',
      `Two different roots with version ${root.version} are signed: keep both and ask the coordinators.`,
      { version: root.version },
    )
  }
  return [...chain, { root, signed }]
}

interface Succession {
  before: HeldRoot | undefined
  root: Root
  signed: SignedDocument
}

async function checkSuccession({ before, root, signed }: Succession): Promise<void> {
  if (before === undefined) {
    await firstRoot(signed)
    return
  }
  if (root.prevHash !== sha256(before.signed.document)) {
    throw new FocalpointError(
      'root-chain-broken',
      `Root ${root.version} does not follow the root ${before.root.version} that is held here.`,
      { version: root.version },
    )
  }
  checkAllKnown(signed.signatures, [before.root, root])
  await checkThreshold(before.root, signed)
  await checkThreshold(root, signed)
}

/** Counts, of all signatures, those by coordinators of one root: the other root's are for the other count. */
async function checkThreshold(root: Root, { document, signatures }: SignedDocument): Promise<void> {
  const typ = 'root+jws'
  const own = signatures.filter(signature => isOf(root, kidOfSignature(signature, typ)))
  await countSignatures({ document, typ, signatures: own, ...root })
}

function checkAllKnown(signatures: readonly string[], roots: readonly Root[]): void {
  for (const signature of signatures) {
    const kid = kidOfSignature(signature, 'root+jws')
    if (!roots.some(root => isOf(root, kid))) throw unknownCoordinator(kid)
  }
}

function isOf(root: Root, kid: string): boolean {
  return root.coordinators.some(coordinator => coordinator.kid === kid)
}

function jump(to: number, inForce: number): FocalpointError<'root-jump'> {
  return new FocalpointError(
    'root-jump',
    `Root ${to} cannot follow root ${inForce}: the roots between are missing.`,
    { version: to, inForce },
  )
}

function faultOf({ version, prevHash, coordinators, threshold }: Root) {
  if ((version === 1) !== (prevHash === null)) {
    return { pointer: '/prevHash', what: 'must be null in version 1 and only there' }
  }
  if (threshold > new Set(coordinators.map(coordinator => coordinator.id)).size) {
    return { pointer: '/threshold', what: 'is more than there are coordinators' }
  }
  const kid = repeatedIn(coordinators.map(coordinator => coordinator.kid))
  if (kid !== undefined) return { pointer: '/coordinators', what: `has key ${kid} twice` }
  return undefined
}
