export {
  type Authority,
  authorityOf,
  findKey,
  findMember,
  findRecoveryKey,
  isVoid,
  mayConnect,
  memberOf,
  membersIn,
  publicKeyOf,
} from './authority.ts'
export { changesBetween, rootChanges } from './changes.ts'
export type { Change, ChangedPlace, ChangeValues } from './changes-words.ts'
export {
  type JoinRequest,
  parseJoinRequest,
  signJoinRequest,
  type VerifiedJoinRequest,
  verifyJoinRequest,
} from './join-request.ts'
export { importPrivateKey, importPublicKey, type PrivateJwk, type PublicJwk, thumbprint } from './keys.ts'
export {
  type Member,
  type Members,
  type Place,
  parseMember,
  parseMembers,
  type SigningKey,
} from './members.ts'
export { type NextMembers, nextMembers } from './next-members.ts'
export { jwkOfPeerId, kidOfPeerId, peerIdOfJwk } from './peer-id.ts'
export {
  type LastPlaces,
  nextMembersText,
  type ProposalDates,
  proposeEnd,
  proposeLeaving,
  proposeStatus,
} from './proposal.ts'
export {
  checkFirstMembers,
  checkFirstRoot,
  checkMembersProposal,
  checkRootProposal,
  type Missing,
  type Proposal,
} from './proposal-check.ts'
export { foundMembers, proposeRequest } from './proposal-request.ts'
export { foundRoot, proposeRoot } from './proposal-root.ts'
export { expiryOf, isExpired, type Registry } from './registry.ts'
export { firstRoot, type HeldRoot, netOf, nextRoot, parseRoot, type Root } from './root.ts'
export { safetyNumber } from './safety-number.ts'
export {
  type Coordinator,
  countSignatures,
  type DocumentTyp,
  parseSignedDocument,
  parseSignedText,
  type SignedDocument,
  signDocument,
} from './signatures.ts'
export { type Stop, signStop, type VerifiedStop, verifyStop } from './stop.ts'
export { advanceRegistry, openTrust, trustFingerprint, trustText } from './trust.ts'
