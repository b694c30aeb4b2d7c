import {
  type Change,
  changesBetween,
  checkMembersProposal,
  checkRootProposal,
  type Missing,
  type Registry,
  rootChanges,
  type SignedDocument,
  type Stop,
  verifyStop,
} from '#protocol'
import type { OfferedKind } from './offered.ts'

/** What a signed document is and does, every signature in it verified. */
export interface AssessedDocument {
  kind: Exclude<OfferedKind, 'join'>
  version?: number
  /** Ids of coordinators. */
  signers: string[]
  /** Empty when it may be put in force. */
  missing: Missing[]
  changes: Change[]
  stop?: Stop
}

type Assess = (signed: SignedDocument, registry: Registry) => Promise<AssessedDocument>

const assessments: Record<AssessedDocument['kind'], Assess> = {
  async root(signed, registry) {
    const { content, signers, missing } = await checkRootProposal(registry, signed)
    const changes = rootChanges(registry.roots.at(-1)?.signed.document, signed.document)
    return { kind: 'root', version: content.version, signers, missing, changes }
  },
  async members(signed, registry) {
    const { content, signers, missing } = await checkMembersProposal(registry, signed)
    const changes = changesBetween(registry.signedMembers.document, signed.document)
    return { kind: 'members', version: content.version, signers, missing, changes }
  },
  async stop(signed, registry) {
    const { stop } = await verifyStop(registry, signed)
    return { kind: 'stop', signers: [stop.member], missing: [], changes: [], stop }
  },
}

/** Throws whatever it is refused for. */
export function assessDocument(
  { kind, signed }: { kind: AssessedDocument['kind']; signed: SignedDocument },
  registry: Registry,
): Promise<AssessedDocument> {
  return assessments[kind](signed, registry)
}
