import { z } from 'zod'
import { canonical } from '../canonical.ts'
import { FocalpointError, isError } from '../errors.ts'
import { limits } from '../limits.ts'
import { authorityOf, findKey, findRecoveryKey, keyUnknown } from './authority.ts'
import { parseDocument, readableText } from './document.ts'
import { base64url32Bytes, type PrivateJwk, type PublicJwk, thumbprint } from './keys.ts'
import { channelName, memberId, place } from './members.ts'
import type { Registry } from './registry.ts'
import {
  kidOfSignature,
  type SignedDocument,
  signDocument,
  signedDocument,
  verifySignature,
} from './signatures.ts'

const shape = z.strictObject({
  net: z.string(),
  member: memberId,
  /** The signing key that is to be trusted no further. */
  kid: z.string().regex(base64url32Bytes),
  channel: channelName,
  /** The last notice of that key that its member stands by. */
  head: place,
  reason: readableText(200),
  /** Seconds since 1970, as claimed. */
  iat: z.int().min(0),
})

/** A member's own word that a key of its is trusted no further: it can only shorten trust. */
export type Stop = z.infer<typeof shape>

export interface VerifiedStop {
  stop: Stop
  /** Which key of the member said so. */
  by: 'signing' | 'recovery'
}

/** A stop signed by the key itself or by a recovery key of its member. */
export async function signStop({ stop, key }: { stop: Stop; key: PrivateJwk }): Promise<SignedDocument> {
  const document = canonical(stop)
  return { document, signatures: [await signDocument({ document, typ: 'stop+jws', key })] }
}

/** A stop from outside, if the key that it stops, or a recovery key of the same member, signed it. */
export async function verifyStop(registry: Registry, signed: unknown): Promise<VerifiedStop> {
  const { document, signature } = parseSigned(signed)
  const stop = parseStop(document)
  if (stop.net !== registry.net) {
    throw new FocalpointError('net-differs', 'This stop is of another network.', { net: stop.net })
  }
  authorityOf({ registry, kid: stop.kid, issuer: stop.member, channel: stop.channel })
  const { jwk, by } = signerOf(registry, stop, kidOfSignature(signature, 'stop+jws'))
  await verifySignature({ document, signature, kid: thumbprint(jwk), jwk })
  return { stop, by }
}

function parseSigned(signed: unknown): { document: string; signature: string } {
  const result = signedDocument.safeParse(signed)
  const [signature, ...more] = result.data?.signatures ?? []
  if (result.data === undefined || signature === undefined || more.length > 0) {
    throw invalid('it must be a document with one signature')
  }
  return { document: result.data.document, signature }
}

function parseStop(text: string): Stop {
  try {
    return parseDocument({ document: 'stop', text, shape, limit: limits.envelopeBytes })
  } catch (cause) {
    throw isError(cause) ? invalid(cause.message, cause) : cause
  }
}

function signerOf(
  registry: Registry,
  { member, kid }: Stop,
  signer: string,
): { jwk: PublicJwk; by: VerifiedStop['by'] } {
  const signing = findKey(registry, signer)
  if (signing && signer === kid) return { jwk: signing.key.jwk, by: 'signing' }
  const recovery = findRecoveryKey(registry, signer)
  if (recovery?.member.id === member) return { jwk: recovery.jwk, by: 'recovery' }
  if (signing === undefined && recovery === undefined) throw keyUnknown(signer)
  throw new FocalpointError(
    'key-of-another',
    `Only the key itself or a recovery key of ${member} can stop it.`,
    {
      kid: signer,
      issuer: member,
    },
  )
}

function invalid(what: string, cause?: unknown): FocalpointError<'stop-invalid'> {
  return new FocalpointError('stop-invalid', `This stop is not valid: ${what}`, { what }, { cause })
}
