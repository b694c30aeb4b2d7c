/** Where in a value something is wrong, and what: `pointer` is a JSON Pointer (RFC 6901). */
export interface FieldError {
  pointer: string
  code: string
  detail: string
}

/** What the gate finds in a text from outside, in its order (protocol/README.md, section 6). */
export interface GateErrorDetails {
  'notice-too-large': { bytes: number; limit: number }
  'text-not-canonical': { what: string }
  'header-not-exact': { what: string }
  'net-differs': { net: string }
  'payload-too-deep': { limit: number }
  'payload-not-canonical': { what: string }
  'payload-malformed': { pointer: string; what: string }
  'channel-differs': { channel: string; expected: string }
  'part-malformed': { what: string }
  'part-not-committed': { name: string }
  'part-duplicated': { name: string }
  'part-stripped': { name: string }
  'part-exposed': { name: string }
  'already-held': { id: string }
  'key-unknown': { kid: string }
  'key-of-another': { kid: string; issuer: string }
  'no-authority': { kid: string; channel: string }
  'over-budget': { issuer: string }
  'queue-full': { peer: string }
  'signature-invalid': { id: string }
  'notice-void': { id: string; kid: string }
  'key-stopped': { kid: string }
  'log-frozen': { issuer: string; channel: string; seq: number }
  gap: { issuer: string; channel: string; seq: number; head: number }
  fork: { issuer: string; channel: string; seq: number }
  'chain-broken': { issuer: string; channel: string; seq: number }
}

/** What each error carries. A new error is a line here; the compiler then names the tables that lack it. */
export interface ErrorDetails extends GateErrorDetails {
  'proof-invalid': { what: string }
  'beacon-invalid': { what: string }
  'frame-malformed': { what: string }
  'channel-not-joined': { channel: string }
  // the registry
  'document-malformed': { document: string; pointer: string; what: string }
  'document-too-large': { document: string; bytes: number; limit: number }
  'root-rollback': { version: number; inForce: number }
  'root-jump': { version: number; inForce: number }
  'root-chain-broken': { version: number }
  'root-conflict': { version: number }
  'members-rollback': { version: number; inForce: number }
  'members-jump': { version: number; inForce: number }
  'members-conflict': { version: number }
  'members-chain-broken': { version: number }
  'members-key-dropped': { kid: string }
  'members-member-dropped': { member: string }
  'members-key-reused': { kid: string }
  'members-key-not-ended': { kid: string; channel: string }
  'members-authority-changed': { kid: string; what: string }
  'members-net-differs': { net: string }
  'members-root-unknown': { rootVersion: number }
  'members-root-retired': { rootVersion: number; inForce: number }
  'signature-of-unknown-coordinator': { kid: string }
  'signature-repeated': { kid: string }
  'coordinator-repeated': { coordinator: string }
  'signatures-too-few': { valid: number; threshold: number }
  'registry-expired': { expires: string }
  'stop-invalid': { what: string }
  'trust-malformed': { what: string }
  // what is asked of the coordinators, and what they propose
  'join-request-malformed': { pointer: string; what: string }
  'join-request-not-proven': { kid: string; use: string }
  'join-request-signer-unknown': { kid: string }
  'member-active': { member: string }
  'member-not-active': { member: string }
  'places-missing': { member: string; channels: string[] }
  'proposal-pointless': { what: string }
  'safety-number-differs': { what: string }
  'expiry-too-near': { expires: string; earliest: string }
  'signed-another': { path: string; kind: string; version: number }
  'trust-outdated': { held: number; newest: number }
  // a draft and its release
  'draft-invalid': { errors: FieldError[] }
  'type-unknown': { type: string; known: string[] }
  'channel-mixed': { torture: string[]; capital: string[] }
  'part-too-large': { name: string; bytes: number; limit: number }
  'ref-elsewhere': { id: string; channel: string }
  'ref-unknown': { id: string }
  'not-the-issuer': { id: string; issuer: string }
  'four-eyes': { person: string }
  'already-released': { draft: string }
  'draft-returned': { draft: string }
  'draft-changed': { draft: string }
  'idempotency-key-reused': { key: string }
  'map-changed': { name: string }
  'idempotency-key-in-use': { key: string }
  'idempotency-key-spent': { key: string }
  recovering: { reason: string }
  'signing-stopped': { reason: string }
  'clock-off': { seconds: number }
  // asking
  'not-found': { what: string; id: string }
  unauthenticated: { what: string }
  forbidden: { needs: string[] }
  'request-malformed': { errors: FieldError[] }
  'body-malformed': { what: string }
  'body-too-large': { limit: number }
  'headers-too-large': { limit: number }
  'http-malformed': { what: string }
  'method-not-allowed': { allowed: string[] }
  'media-type-unsupported': { mediaType: string }
  'not-acceptable': { accept: string }
  'too-many-requests': { retryAfterSeconds: number }
  conflict: { what: string }
  'quota-reached': { what: string; most: number }
  'cursor-malformed': { cursor: string }
  // signing in to the pages
  'sign-in-refused': { what: string }
  'link-spent': { what: string }
  'locked-out': { retryAfterSeconds: number }
  'name-shared': { name: string }
  'name-taken': { name: string }
  'last-administrator': { person: string }
  // being told
  'subscription-changed': { subscription: string }
  'target-none-allowed': { host: string }
  'target-too-long': { host: string }
  'target-malformed': { host: string }
  'target-scheme': { host: string }
  'target-credentials': { host: string }
  'target-fragment': { host: string }
  'target-host-form': { host: string }
  'target-localhost': { host: string }
  'target-plain-http': { host: string }
  'target-port': { host: string }
  'target-own-port': { host: string }
  'target-network': { host: string }
  'target-loopback': { host: string }
  'target-private': { host: string }
  'target-link-local': { host: string }
  'target-metadata': { host: string }
  'target-multicast': { host: string }
  'target-reserved': { host: string }
  'target-embedded': { host: string }
  'target-mixed': { host: string }
  'target-unresolved': { host: string }
  // the machine
  'config-unreadable': { path: string; what: string }
  'config-key-unknown': { key: string; meant?: string }
  'config-invalid': { errors: FieldError[] }
  'key-file-missing': { path: string }
  'key-file-exposed': { path: string; mode: string }
  'key-file-malformed': { path: string; what: string }
  'demonstration-keys': { path: string }
  'key-file-unencrypted': { path: string }
  'passphrase-missing': { what: string }
  'passphrase-wrong': { what: string }
  'already-there': { path: string }
  'keys-not-in-registry': { member: string; what: string }
  'data-folder-in-use': { path: string }
  'data-folder-unusable': { path: string; what: string }
  'port-busy': { address: string }
  'disk-full': { path: string }
  'store-failed': { path: string; what: string }
  'store-damaged': { what: string }
  'store-version-differs': { found: string; reads: string }
  'backup-invalid': { what: string }
  'bundle-invalid': { what: string }
  'node-unreachable': { url: string }
  'node-not-ready': { failing: string[] }
  'checks-failed': { failing: string[] }
  'matches-found': { red: number; amber: number }
  'file-unreadable': { path: string; what: string }
  usage: { what: string }
  internal: { what: string }
}

export type ErrorCode = keyof ErrorDetails
export type GateErrorCode = keyof GateErrorDetails

/** The one error class: `code` is stable and says which `details` there are. */
export class FocalpointError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'FocalpointError'
  readonly code: Code
  readonly details: ErrorDetails[Code]

  constructor(code: Code, message: string, details: ErrorDetails[Code], options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Tells whether this is ours and, when given a code, that one: `details` is then known. */
export function isError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is FocalpointError<Code> {
  return error instanceof FocalpointError && (code === undefined || error.code === code)
}
