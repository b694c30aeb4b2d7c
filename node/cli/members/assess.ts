import {
  type Change,
  changesBetween,
  checkFirstMembers,
  checkFirstRoot,
  checkMembersProposal,
  checkRootProposal,
  isError,
  type JoinRequest,
  type Missing,
  netOf,
  type Proposal,
  proposeRequest,
  type Registry,
  rootChanges,
  type SignedDocument,
  safetyNumber,
  type VerifiedJoinRequest,
  verifyJoinRequest,
  verifyStop,
} from '#protocol'
import { type SignedFile, usage } from './files.ts'
import { adviceForRequests, withPlacesAdvice } from './places-advice.ts'
import type { Basis } from './trust.ts'

/** One thing that a signed file does, in words; what a stop does is among them. */
export interface ToldChange extends Pick<Change, 'about' | 'text' | 'danger'> {
  kind: string
}

/** What a signed file is and does, once every signature in it was verified. */
export interface Assessment {
  kind: SignedFile['kind']
  version: number | undefined
  /** One line. */
  title: string
  safetyNumber: string
  /** Coordinators, or the uses of the keys that prove a request. */
  signers: string[]
  missing: Missing[]
  changes: ToldChange[]
  notes: string[]
}

type Assess = (file: SignedFile, basis: Basis) => Promise<Assessment>

const assessments: Record<SignedFile['kind'], Assess> = {
  root: assessRoot,
  members: assessMembers,
  join: assessRequest,
  stop: assessStop,
}

/** Throws the code of whatever does not verify or follow. */
export function assess(file: SignedFile, basis: Basis): Promise<Assessment> {
  return assessments[file.kind](file, basis)
}

async function assessRoot(file: SignedFile, { registry }: Basis): Promise<Assessment> {
  const { signed } = file
  const proposal = await (registry ? checkRootProposal(registry, signed) : checkFirstRoot(signed))
  const before = registry?.roots.at(-1)?.signed.document
  return {
    ...common(file, proposal),
    title: registry
      ? `Root ${file.version} of network ${registry.net}: who decides over members`
      : `The first root of a new network, whose name will be ${netOf(signed.document)}`,
    changes: rootChanges(before, signed.document),
  }
}

async function assessMembers(file: SignedFile, { registry, firstRoot }: Basis): Promise<Assessment> {
  const { signed } = file
  const proposal = await (registry
    ? checkMembersProposal(registry, signed)
    : checkFirstMembers(foundingRoot(firstRoot), signed))
  return {
    ...common(file, proposal),
    title: `Members document ${file.version} of network ${proposal.content.net}: who may speak`,
    changes: changesBetween(registry?.signedMembers.document, signed.document),
  }
}

async function assessRequest(file: SignedFile, { registry }: Basis): Promise<Assessment> {
  const { request, document, by } = await verifyJoinRequest(file.signed, registry)
  return {
    kind: 'join',
    version: undefined,
    title: titleOf(request),
    safetyNumber: safetyNumber(document),
    signers: provenBy(request, by),
    missing: [],
    ...(registry ? granting(registry, request) : founding(request)),
  }
}

async function assessStop({ signed }: SignedFile, { registry }: Basis): Promise<Assessment> {
  if (registry === undefined) throw usage('A stop is of a network: give its trust file with --trust.')
  const { stop, by } = await verifyStop(registry, signed)
  const { member, kid, channel, head, reason } = stop
  const where = head.id === null ? 'from its first notice on' : `beyond place ${head.seq}, notice ${head.id}`
  return {
    kind: 'stop',
    version: undefined,
    title: `A stop: ${member} trusts a key of its own no further`,
    safetyNumber: safetyNumber(signed.document),
    signers: [words[by]],
    missing: [],
    changes: [
      {
        about: member,
        kind: 'key-stopped',
        text: `Key ${kid} of ${member} is stopped in ${channel} ${where} (${reason}).`,
        danger: true,
      },
    ],
    notes: ['It counts at once, until a members document decides. Nobody needs to approve it: publish it.'],
  }
}

function provenBy({ purpose }: JoinRequest, by: VerifiedJoinRequest['by']): string[] {
  if (by === 'the new keys') return ['its node key', 'its signing key']
  return purpose === 'key' ? ['its new signing key', words[by]] : [words[by]]
}

const words = { signing: 'its signing key in force', recovery: 'its recovery key' } as const

function titleOf({ purpose, member, names }: JoinRequest): string {
  const wishes = {
    join: 'asks to become a participant',
    key: 'asks to speak with a new signing key',
    channels: 'asks to change its channels, addresses or contacts',
  }
  return `A request: ${names.en} (${member}) ${wishes[purpose]}`
}

function common(
  { kind, version, signed }: SignedFile,
  { signers, missing, chainBroken }: Proposal<unknown>,
): Omit<Assessment, 'title' | 'changes'> {
  const notes = chainBroken
    ? ['It does not follow the document in force; only a newer root allows that. Ask the coordinators why.']
    : []
  return { kind, version, safetyNumber: safetyNumber(signed.document), signers, missing, notes }
}

/** What would change if it were granted as it stands; some requests need places that only a node knows. */
function granting(registry: Registry, request: JoinRequest): Pick<Assessment, 'changes' | 'notes'> {
  const before = registry.signedMembers.document
  const dates = { issued: registry.members.issued }
  try {
    const granted = withPlacesAdvice(adviceForRequests, () => proposeRequest(registry, { request, dates }))
    return { changes: changesBetween(before, granted), notes: [] }
  } catch (error) {
    if (!isError(error, 'places-missing')) throw error
    const { channels, signing } = request
    const wish = `It asks to sign with key ${signing.kid} in ${channels.join(' and ')}.`
    return { changes: [], notes: [wish, error.message] }
  }
}

function founding({ channels, signing }: JoinRequest): Pick<Assessment, 'changes' | 'notes'> {
  const wish = `It asks to found a network and to sign with key ${signing.kid} in ${channels.join(' and ')}.`
  return { changes: [], notes: [wish] }
}

function foundingRoot(firstRoot: SignedDocument | undefined): SignedDocument {
  if (firstRoot !== undefined) return firstRoot
  throw usage('The first members document is judged by the first root: give it with --founding root-1.json.')
}
