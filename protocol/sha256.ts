// The one import from the platform in this half: SHA-256 is pure, and WebCrypto's digest is asynchronous only,
// which would make every id, digest and chain check a promise.
import { hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of ASCII or UTF-8 text, as base64url without padding: 43 characters. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url')
}

/** SHA-256 as 32 bytes. */
export function sha256Bytes(text: string): Uint8Array {
  return hash('sha256', text, 'buffer')
}
