import { type CryptoKey, importJWK } from 'jose'
import { z } from 'zod'
import { sha256 } from '../sha256.ts'

/** The one base64url form of 32 bytes. */
export const base64url32Bytes = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** A public key in RFC 8037 form: exactly these three members. */
export const publicJwk = z.strictObject({
  crv: z.literal('Ed25519'),
  kty: z.literal('OKP'),
  x: z.string().regex(base64url32Bytes, 'must be 32 bytes in base64url'),
})
export type PublicJwk = z.infer<typeof publicJwk>

export interface PrivateJwk extends PublicJwk {
  d: string
}

/** A public key and its name in the registry. */
export const registeredKey = z
  .object({ kid: z.string(), jwk: publicJwk })
  .refine(key => key.kid === thumbprint(key.jwk), {
    path: ['kid'],
    message: 'is not the RFC 7638 thumbprint of its key',
  })

/** The `kid` of a key: its RFC 7638 thumbprint, which is SHA-256 of the JCS text of `{crv, kty, x}`. */
export function thumbprint({ crv, kty, x }: PublicJwk): string {
  // What JCS writes of three plain texts whose names are in order.
  return sha256(JSON.stringify({ crv, kty, x }))
}

export async function importPublicKey({ crv, kty, x }: PublicJwk): Promise<CryptoKey> {
  return asCryptoKey(await importJWK({ crv, kty, x }, 'Ed25519'))
}

export async function importPrivateKey({ crv, kty, x, d }: PrivateJwk): Promise<CryptoKey> {
  return asCryptoKey(await importJWK({ crv, kty, x, d }, 'Ed25519'))
}

function asCryptoKey(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new TypeError('An OKP key was imported as a secret.')
  return key
}
