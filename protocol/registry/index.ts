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
export { importPrivateKey, importPublicKey, type PrivateJwk, type PublicJwk, thumbprint } from './keys.ts'
export { type Member, type Members, type Place, parseMembers, type SigningKey } from './members.ts'
export { type NextMembers, nextMembers } from './next-members.ts'
export { jwkOfPeerId, kidOfPeerId } from './peer-id.ts'
export { expiryOf, isExpired, type Registry } from './registry.ts'
export { firstRoot, type HeldRoot, netOf, nextRoot, parseRoot, type Root } from './root.ts'
export {
  type Coordinator,
  countSignatures,
  type DocumentTyp,
  parseSignedDocument,
  type SignedDocument,
  signDocument,
} from './signatures.ts'
export { type Stop, signStop, type VerifiedStop, verifyStop } from './stop.ts'
export { advanceRegistry, openTrust, trustFingerprint, trustText } from './trust.ts'
