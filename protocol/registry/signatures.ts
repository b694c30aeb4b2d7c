import { CompactSign, compactVerify } from 'jose'
import { z } from 'zod'
import { decodeText, encodeText } from '../base64url.ts'
import { isObject } from '../canonical.ts'
import { FocalpointError, isError } from '../errors.ts'
import { malformed } from './document.ts'
import { importPrivateKey, importPublicKey, type PrivateJwk, type PublicJwk, thumbprint } from './keys.ts'

/** A JCS text and detached compact JWS over its bytes (RFC 7515, appendix F): "header..signature". */
export const signedDocument = z.strictObject({ document: z.string(), signatures: z.array(z.string()) })
export type SignedDocument = z.infer<typeof signedDocument>

/** A signed document from outside; says nothing of its text or signatures. */
export function parseSignedDocument(value: unknown): SignedDocument {
  const result = signedDocument.safeParse(value)
  if (result.success) return result.data
  throw malformed('signed', '', 'must be {document, signatures} and nothing else')
}

/** The same from its text. */
export function parseSignedText(text: string): SignedDocument {
  try {
    return parseSignedDocument(JSON.parse(text))
  } catch (cause) {
    throw isError(cause) ? cause : malformed('signed', '', 'is not JSON')
  }
}

export type DocumentTyp = 'root+jws' | 'members+jws' | 'stop+jws' | 'join+jws'

/** Who may sign the registry: one of several, offline. */
export interface Coordinator {
  id: string
  kid: string
  jwk: PublicJwk
}

interface Signing {
  document: string
  typ: DocumentTyp
  key: PrivateJwk
}

/** One detached signature over a document. */
export async function signDocument({ document, typ, key }: Signing): Promise<string> {
  const jws = await new CompactSign(new TextEncoder().encode(document))
    .setProtectedHeader({ alg: 'Ed25519', kid: thumbprint(key), typ })
    .sign(await importPrivateKey(key))
  const [header, , signature] = jws.split('.')
  return `${header}..${signature}`
}

/** 64 bytes in their one base64url form end in one of `AQgw`; a header of ours has some 120 characters. */
const form = /^([A-Za-z0-9_-]{1,200})\.\.([A-Za-z0-9_-]{85}[AQgw])$/

/** The `kid` of a signature in its one form. Throws `text-not-canonical`, `header-not-exact`. */
export function kidOfSignature(signature: string, typ: DocumentTyp): string {
  const encoded = form.exec(signature)?.[1]
  if (encoded === undefined) {
    throw new FocalpointError('text-not-canonical', 'This is not the one form of a detached signature.', {
      what: 'detached signature',
    })
  }
  const header = decodeText(encoded)
  const kid = kidOfHeader(header)
  if (kid === undefined || header !== `{"alg":"Ed25519","kid":"${kid}","typ":"${typ}"}`) {
    throw new FocalpointError(
      'header-not-exact',
      `The header of a signature must be exactly alg, kid and typ, with typ ${typ}.`,
      { what: header.slice(0, 200) },
    )
  }
  return kid
}

interface Verifying {
  document: string
  signature: string
  kid: string
  jwk: PublicJwk
  /** Whose key it is, for people; else it is named by its kid. */
  owner?: string
}

/** Throws `signature-invalid` unless this key made this signature over this document. */
export async function verifySignature({ document, signature, kid, jwk, owner }: Verifying): Promise<void> {
  const [header, , ending] = signature.split('.')
  const key = await importPublicKey(jwk)
  try {
    await compactVerify(`${header}.${encodeText(document)}.${ending}`, key, { algorithms: ['Ed25519'] })
  } catch (cause) {
    throw new FocalpointError(
      'signature-invalid',
      `The signature of ${owner ?? `key ${kid}`} does not fit this document: it was changed after signing.`,
      { id: kid },
      { cause },
    )
  }
}

interface Counting {
  document: string
  typ: DocumentTyp
  signatures: readonly string[]
  coordinators: readonly Coordinator[]
  threshold: number
  /** The root whose coordinators these are, and those of other roots, so that a stranger is told by name. */
  rootVersion?: number
  known?: readonly Coordinator[]
}

/** The coordinators that signed, each once and at least `threshold`; a single bad signature refuses all. */
export async function countSignatures({
  document,
  typ,
  signatures,
  coordinators,
  threshold,
  rootVersion,
  known = [],
}: Counting): Promise<Coordinator[]> {
  const signers: Coordinator[] = []
  for (const signature of signatures) {
    const kid = kidOfSignature(signature, typ)
    const signer = coordinators.find(coordinator => coordinator.kid === kid)
    if (signer === undefined) throw unknownCoordinator(kid, { rootVersion, known })
    checkNotRepeated(signer, signers)
    await verifySignature({ document, signature, kid, jwk: signer.jwk, owner: signer.id })
    signers.push(signer)
  }
  if (signers.length < threshold) {
    throw new FocalpointError(
      'signatures-too-few',
      `Only ${signers.length} of the ${threshold} coordinators needed have signed: collect the others' signatures.`,
      { valid: signers.length, threshold },
    )
  }
  return signers
}

export function unknownCoordinator(
  kid: string,
  { rootVersion, known = [] }: { rootVersion?: number | undefined; known?: readonly Coordinator[] } = {},
): FocalpointError<'signature-of-unknown-coordinator'> {
  const name = known.find(each => each.kid === kid)?.id
  const root = rootVersion === undefined ? 'the root that this document names' : `root ${rootVersion}`
  return new FocalpointError(
    'signature-of-unknown-coordinator',
    name === undefined
      ? `Key ${kid} is of no coordinator under ${root}.`
      : `${name} is no coordinator under ${root}, with key ${kid}.`,
    { kid },
  )
}

function checkNotRepeated(signer: Coordinator, signers: readonly Coordinator[]): void {
  if (signers.some(other => other.kid === signer.kid)) {
    throw new FocalpointError('signature-repeated', `Key ${signer.kid} signed twice: it counts once.`, {
      kid: signer.kid,
    })
  }
  if (signers.some(other => other.id === signer.id)) {
    throw new FocalpointError('coordinator-repeated', `${signer.id} signed with two keys: it counts once.`, {
      coordinator: signer.id,
    })
  }
}

function kidOfHeader(header: string): string | undefined {
  try {
    const value: unknown = JSON.parse(header)
    return isObject(value) && typeof value.kid === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value.kid)
      ? value.kid
      : undefined
  } catch {
    return undefined
  }
}
