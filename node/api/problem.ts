import type { ErrorCode, FieldError, FocalpointError } from '#protocol'

/** RFC 9457, with our stable code and the fields that are wrong. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  errors?: FieldError[]
}

export const problemMediaType = 'application/problem+json'

/** The HTTP status and the title of every error. */
export const problems = {
  // a text from outside
  'notice-too-large': { status: 413, title: 'The notice is too large' },
  'text-not-canonical': { status: 422, title: 'The text is not in its one form' },
  'header-not-exact': { status: 422, title: 'The header is not the exact one' },
  'net-differs': { status: 422, title: 'It belongs to another network' },
  'payload-too-deep': { status: 422, title: 'It is nested too deep' },
  'payload-not-canonical': { status: 422, title: 'The payload is not in its one form' },
  'payload-malformed': { status: 422, title: 'The payload does not follow its form' },
  'channel-differs': { status: 422, title: 'It belongs to another channel' },
  'part-malformed': { status: 422, title: 'A part cannot be read' },
  'part-not-committed': { status: 422, title: 'A part is not the one that was signed' },
  'part-duplicated': { status: 422, title: 'A part is there twice' },
  'part-stripped': { status: 422, title: 'A part was left out' },
  'part-exposed': { status: 422, title: 'A part for named readers was sent to all' },
  'already-held': { status: 409, title: 'It is held already' },
  'key-unknown': { status: 422, title: 'The key is not known' },
  'key-of-another': { status: 422, title: 'The key is of another participant' },
  'no-authority': { status: 422, title: 'The key may not speak in this channel' },
  'over-budget': { status: 429, title: 'Too many notices at once' },
  'queue-full': { status: 429, title: 'Too many messages at once' },
  'signature-invalid': { status: 422, title: 'Changed after signing' },
  'notice-void': { status: 409, title: 'The notice is void' },
  'key-stopped': { status: 409, title: 'The key has been stopped' },
  'log-frozen': { status: 409, title: 'The log is frozen' },
  gap: { status: 409, title: 'Notices before it are missing' },
  fork: { status: 409, title: 'Two notices have one place' },
  'chain-broken': { status: 422, title: 'It does not follow the notice before' },
  'proof-invalid': { status: 422, title: 'The proof proves nothing' },
  'beacon-invalid': { status: 422, title: 'The beacon is not valid' },
  'frame-malformed': { status: 422, title: 'The frame cannot be read' },
  'channel-not-joined': { status: 422, title: 'This node has not joined the channel' },
  // the registry
  'document-malformed': { status: 422, title: 'The document does not follow its form' },
  'document-too-large': { status: 413, title: 'The document is too large' },
  'root-rollback': { status: 409, title: 'A newer root is in force' },
  'root-jump': { status: 409, title: 'A root in between is missing' },
  'root-chain-broken': { status: 409, title: 'The root does not follow the one before' },
  'root-conflict': { status: 409, title: 'Two roots have one version' },
  'members-rollback': { status: 409, title: 'A newer members document is in force' },
  'members-jump': { status: 422, title: 'The version of the members document is too far ahead' },
  'members-conflict': { status: 409, title: 'Two members documents have one version' },
  'members-chain-broken': { status: 409, title: 'The members document does not follow the one before' },
  'members-key-dropped': { status: 422, title: 'A key was dropped' },
  'members-member-dropped': { status: 422, title: 'A participant was dropped' },
  'members-key-reused': { status: 422, title: 'A key has two uses' },
  'members-key-not-ended': { status: 422, title: 'A key needs an end' },
  'members-authority-changed': { status: 422, title: 'The authority of a key was changed' },
  'members-net-differs': { status: 422, title: 'The document is of another network' },
  'members-root-unknown': { status: 422, title: 'The root of the document is not known' },
  'members-root-retired': { status: 422, title: 'The root of the document is retired' },
  'signature-of-unknown-coordinator': { status: 422, title: 'A signature is of no coordinator' },
  'signature-repeated': { status: 422, title: 'One key signed twice' },
  'coordinator-repeated': { status: 422, title: 'One coordinator signed twice' },
  'signatures-too-few': { status: 422, title: 'Too few coordinators signed' },
  'registry-expired': { status: 503, title: 'The registry has expired' },
  'stop-invalid': { status: 422, title: 'The stop is not valid' },
  'trust-malformed': { status: 422, title: 'The trust file cannot be read' },
  // what is asked of the coordinators, and what they propose
  'join-request-malformed': { status: 422, title: 'The join request does not follow its form' },
  'join-request-not-proven': { status: 422, title: 'A key in the join request did not sign it' },
  'join-request-signer-unknown': { status: 422, title: 'A signature is of no key in the join request' },
  'member-active': { status: 409, title: 'The participant is active already' },
  'member-not-active': { status: 409, title: 'There is no such active participant' },
  'places-missing': { status: 422, title: 'The last places of a key are missing' },
  'proposal-pointless': { status: 409, title: 'Nothing would change' },
  'safety-number-differs': { status: 409, title: 'The safety number is another one' },
  'expiry-too-near': { status: 422, title: 'The day of expiry is too near' },
  'signed-another': { status: 409, title: 'The key has signed another document of this version' },
  'trust-outdated': { status: 409, title: 'The trust file is older than what is in force' },
  // a draft and its release
  'draft-invalid': { status: 422, title: 'The draft does not follow its form' },
  'type-unknown': { status: 422, title: 'There is no such type of notice' },
  'channel-mixed': { status: 422, title: 'The goods belong to two channels' },
  'part-too-large': { status: 422, title: 'A part is too large' },
  'ref-elsewhere': { status: 422, title: 'It refers to a notice of another channel' },
  'ref-unknown': { status: 422, title: 'It refers to a notice that is not here' },
  'not-the-issuer': { status: 422, title: 'Only the issuer may do this' },
  'four-eyes': { status: 403, title: 'Another person must release it' },
  'already-released': { status: 409, title: 'The draft has been released' },
  'draft-changed': { status: 412, title: 'The draft has changed meanwhile' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for something else' },
  'map-changed': { status: 412, title: 'The column map has changed meanwhile' },
  'idempotency-key-in-use': { status: 409, title: 'A request with this idempotency key is under way' },
  'idempotency-key-spent': { status: 410, title: 'What this idempotency key made is gone' },
  recovering: { status: 503, title: 'The node is recovering its own log' },
  'signing-stopped': { status: 503, title: 'The node does not sign' },
  'clock-off': { status: 503, title: 'The clock of the node is off' },
  // asking
  'not-found': { status: 404, title: 'Not found' },
  unauthenticated: { status: 401, title: 'A token is needed' },
  forbidden: { status: 403, title: 'Your roles do not allow this' },
  'request-malformed': { status: 422, title: 'The request does not follow its form' },
  'body-malformed': { status: 400, title: 'The body cannot be read' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'http-malformed': { status: 400, title: 'This is no HTTP request' },
  'method-not-allowed': { status: 405, title: 'This address has no such method' },
  'media-type-unsupported': { status: 415, title: 'The content type is not supported' },
  'not-acceptable': { status: 406, title: 'Not available in this form' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  conflict: { status: 409, title: 'It does not fit what is there' },
  'cursor-malformed': { status: 422, title: 'The cursor cannot be read' },
  // the machine
  'config-unreadable': { status: 500, title: 'The configuration cannot be read' },
  'config-key-unknown': { status: 500, title: 'The configuration has an unknown key' },
  'config-invalid': { status: 500, title: 'The configuration is not valid' },
  'key-file-missing': { status: 500, title: 'A key file is missing' },
  'key-file-exposed': { status: 500, title: 'A key file can be read by others' },
  'key-file-malformed': { status: 500, title: 'A key file cannot be read' },
  'demonstration-keys': { status: 500, title: 'The keys are for the demonstration only' },
  'key-file-unencrypted': { status: 500, title: 'A key file is not encrypted' },
  'passphrase-missing': { status: 500, title: 'A passphrase is missing' },
  'passphrase-wrong': { status: 500, title: 'The passphrase does not open the keys' },
  'already-there': { status: 409, title: 'There is something already' },
  'keys-not-in-registry': { status: 500, title: 'The keys are not in the registry' },
  'file-unreadable': { status: 500, title: 'A file cannot be read' },
  'data-folder-in-use': { status: 503, title: 'The data folder is in use' },
  'data-folder-unusable': { status: 503, title: 'The data folder cannot be used' },
  'port-busy': { status: 503, title: 'The port is in use' },
  'disk-full': { status: 507, title: 'The disk is full' },
  'store-failed': { status: 503, title: 'The store cannot be used' },
  'store-version-differs': { status: 503, title: 'The store is of another version' },
  'store-damaged': { status: 503, title: 'The store is damaged' },
  'backup-invalid': { status: 422, title: 'The backup cannot be relied on' },
  'bundle-invalid': { status: 422, title: 'The bundle is not as it was exported' },
  'node-not-ready': { status: 503, title: 'The node is not ready' },
  'checks-failed': { status: 503, title: 'Something is wrong' },
  'matches-found': { status: 409, title: 'Something was found' },
  'node-unreachable': { status: 502, title: 'The node cannot be reached' },
  usage: { status: 400, title: 'Not used as it is meant' },
  internal: { status: 500, title: 'Something went wrong in the node' },
} as const satisfies Record<ErrorCode, { status: number; title: string }>

export function problemOf(error: FocalpointError): Problem {
  const { status, title } = problems[error.code]
  const errors = fieldErrorsOf(error.details)
  return {
    type: `/problems/${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(errors && { errors }),
  }
}

function fieldErrorsOf(details: object): FieldError[] | undefined {
  return 'errors' in details && Array.isArray(details.errors) ? details.errors : undefined
}
