import { FocalpointError } from '../errors.ts'
import { kidsOf, type Member, type Members, parseMembers, reused, type SigningKey } from './members.ts'
import type { Registry } from './registry.ts'
import type { HeldRoot } from './root.ts'
import { type Coordinator, countSignatures, type SignedDocument } from './signatures.ts'

/** A members document that may be put in force. */
export interface NextMembers {
  members: Members
  /** It does not follow the document in force, which only a newer root allows: an alarm for people. */
  chainBroken: boolean
}

/** The document that may follow the one in force: any higher version with the threshold of the root it names. */
export async function nextMembers({
  registry,
  signed,
}: {
  registry: Registry
  signed: SignedDocument
}): Promise<NextMembers> {
  const before = registry.members
  if (signed.document === registry.signedMembers.document) return { members: before, chainBroken: false }
  const members = parseMembers(signed.document)
  if (members.version < before.version) throw rollback(members.version, before.version)
  const signers = await checkMembers({ ...registry, members, signed })
  checkNotRetired({ roots: registry.roots, members, signers })
  if (members.version === before.version) {
    throw new FocalpointError(
      'members-conflict',
      `Two different members documents with version ${members.version} are signed: keep both and ask the coordinators.`,
      { version: members.version },
    )
  }
  const chainBroken = breaksChain(members, registry)
  if (chainBroken && members.rootVersion <= before.rootVersion) {
    throw new FocalpointError(
      'members-chain-broken',
      `Members document ${members.version} does not follow the one held here: the coordinators must issue one under a newer root.`,
      { version: members.version },
    )
  }
  for (const member of before.members) checkKept(member, members)
  return { members, chainBroken }
}

interface Checking {
  net: string
  roots: readonly HeldRoot[]
  members: Members
  signed: SignedDocument
}

/** Who signed this document under the root that it names; nothing of what was in force before. */
export async function checkMembers({ net, roots, members, signed }: Checking): Promise<Coordinator[]> {
  if (members.net !== net) {
    throw new FocalpointError('members-net-differs', 'This members document is of another network.', {
      net: members.net,
    })
  }
  const { rootVersion } = members
  const named = roots[rootVersion - 1]
  if (named === undefined) {
    throw new FocalpointError(
      'members-root-unknown',
      `This members document names root ${rootVersion}, which is not held here: fetch the roots first.`,
      { rootVersion },
    )
  }
  const signers = await countSignatures({ ...signed, typ: 'members+jws', ...named.root })
  checkKeysApart({ roots, members })
  return signers
}

/** No member signs with a key that decides over members. */
export function checkKeysApart({ roots, members }: Pick<Checking, 'roots' | 'members'>): void {
  const coordinators = new Set(roots.flatMap(({ root }) => root.coordinators.map(({ kid }) => kid)))
  const kid = kidsOf(members).find(each => coordinators.has(each))
  if (kid !== undefined) throw reused(kid)
}

/** A root is replaced to take keys out of trust: a later document under an older one needs signers who stayed. */
function checkNotRetired({
  roots,
  members,
  signers,
}: Pick<Checking, 'roots' | 'members'> & { signers: readonly Coordinator[] }): void {
  const newest = roots.at(-1)?.root
  if (newest === undefined || members.rootVersion === newest.version) return
  const stayed = signers.flatMap(({ kid }) => newest.coordinators.find(each => each.kid === kid)?.id ?? [])
  if (new Set(stayed).size < newest.threshold) {
    throw new FocalpointError(
      'members-root-retired',
      `This members document stands under root ${members.rootVersion}; root ${newest.version} is in force and needs its own signatures.`,
      { rootVersion: members.rootVersion, inForce: newest.version },
    )
  }
}

/** Only the very next version can show that it does not follow: over a gap the hash is of a document not seen. */
function breaksChain(members: Members, { members: before, membersHash }: Registry): boolean {
  return members.version === before.version + 1 && members.prevHash !== membersHash
}

/** Notices live for ever, so the keys and the places that they are judged by do too. */
function checkKept(before: Member, { members }: Members): void {
  const now = members.find(member => member.id === before.id)
  if (now === undefined) {
    throw new FocalpointError(
      'members-member-dropped',
      `${before.id} is missing: who leaves stays listed as left, so that its notices can be verified.`,
      { member: before.id },
    )
  }
  for (const key of before.signing) {
    const same = now.signing.find(({ kid }) => kid === key.kid)
    if (same === undefined) {
      throw new FocalpointError(
        'members-key-dropped',
        `Key ${key.kid} of ${before.id} is missing: a retired key stays listed with its end.`,
        { kid: key.kid },
      )
    }
    checkAuthorityKept(key, same)
  }
}

/** An open key may gain a channel or an end; what was set once stands. */
function checkAuthorityKept(before: SigningKey, now: SigningKey): void {
  for (const [channel, seq] of Object.entries(before.from)) {
    if (now.from[channel] !== seq) throw authorityChanged(before.kid, `from in ${channel}`)
  }
  if (before.end === undefined) return
  if (Object.keys(now.from).length !== Object.keys(before.from).length) {
    throw authorityChanged(before.kid, 'from, after its end')
  }
  for (const [channel, { seq, id }] of Object.entries(before.end)) {
    const end = now.end?.[channel]
    if (end?.seq !== seq || end.id !== id) throw authorityChanged(before.kid, `end in ${channel}`)
  }
}

function authorityChanged(kid: string, what: string): FocalpointError<'members-authority-changed'> {
  return new FocalpointError(
    'members-authority-changed',
    `Key ${kid} has another ${what}: a place once set never moves; add a new key.`,
    { kid, what },
  )
}

function rollback(version: number, inForce: number): FocalpointError<'members-rollback'> {
  return new FocalpointError(
    'members-rollback',
    `Members document ${version} is older than ${inForce}, which is in force.`,
    { version, inForce },
  )
}
