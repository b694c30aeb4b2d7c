import { FocalpointError } from '../errors.ts'
import { limits } from '../limits.ts'
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

interface Succeeding {
  registry: Registry
  signed: SignedDocument
}

/** The document that may follow the one in force: any higher version with the threshold of the root it names. */
export async function nextMembers({ registry, signed }: Succeeding): Promise<NextMembers> {
  const before = registry.members
  if (signed.document === registry.signedMembers.document) return { members: before, chainBroken: false }
  const members = parseMembers(signed.document)
  if (members.version < before.version) throw rollback(members.version, before.version)
  const signers = await checkMembers({ ...registry, members, signed })
  checkNotRetired({ roots: registry.roots, members, signers })
  return { members, chainBroken: checkSucceeds(members, registry) }
}

/** A document that coordinators are still signing, under the newest root: all but how many have, and who has. */
export async function proposedMembers({
  registry,
  signed,
}: Succeeding): Promise<NextMembers & { signers: Coordinator[] }> {
  const members = parseMembers(signed.document)
  if (members.version < registry.members.version) {
    throw rollback(members.version, registry.members.version)
  }
  const signers = await checkMembers({ ...registry, members, signed, threshold: 0 })
  if (members.rootVersion < registry.root.version) throw retired(members.rootVersion, registry.root.version)
  return { members, signers, chainBroken: checkSucceeds(members, registry) }
}

/** Whether it breaks the chain where it may, under a newer root; all else that does not follow is refused. */
export function checkSucceeds(members: Members, registry: Registry): boolean {
  const before = registry.members
  if (members.version === before.version) {
    throw new FocalpointError(
      'members-conflict',
      `Two different members documents with version ${members.version} are signed: keep both and ask the coordinators. For coordinators: import the one in force and make a new proposal; where both were published, run "members rotate-root", then "members renew" under the new root.`,
      { version: members.version },
    )
  }
  if (members.version > before.version + limits.membersVersionsAhead) {
    throw new FocalpointError(
      'members-jump',
      `Members document ${members.version} is too far above ${before.version}, which is in force: take the next number.`,
      { version: members.version, inForce: before.version },
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
  return chainBroken
}

interface Checking {
  net: string
  roots: readonly HeldRoot[]
  members: Members
  signed: SignedDocument
  /** How many must have signed; else as many as the root says. */
  threshold?: number
}

/** Who signed this document under the root that it names; nothing of what was in force before. */
export async function checkMembers({
  net,
  roots,
  members,
  signed,
  threshold,
}: Checking): Promise<Coordinator[]> {
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
  const { coordinators } = named.root
  const needed = threshold ?? named.root.threshold
  const known = roots.flatMap(({ root }) => root.coordinators)
  const typ = 'members+jws'
  const under = { coordinators, rootVersion, known, threshold: needed }
  const signers = await countSignatures({ ...signed, typ, ...under })
  checkKeysApart({ roots, members })
  return signers
}

/** No member signs with a key that decides over members. */
export function checkKeysApart({
  roots,
  members,
}: {
  roots: readonly Pick<HeldRoot, 'root'>[]
  members: Members
}): void {
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
  if (new Set(stayed).size < newest.threshold) throw retired(members.rootVersion, newest.version)
}

function retired(rootVersion: number, inForce: number): FocalpointError<'members-root-retired'> {
  return new FocalpointError(
    'members-root-retired',
    `This members document stands under root ${rootVersion}; root ${inForce} is in force and needs its own signatures.`,
    { rootVersion, inForce },
  )
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
