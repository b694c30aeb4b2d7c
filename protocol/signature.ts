import { asciiBytes, decodeBytes } from './base64url.ts'

/** Whether `signature` (base64url) is Ed25519's (RFC 8032) of this ASCII text by this public key. */
export function isSignedBy(key: CryptoKey, signature: string, text: string): Promise<boolean> {
  // jose's verify functions parse header and payload anew; the gate has done so, byte by byte, before it comes here.
  return crypto.subtle.verify('Ed25519', key, decodeBytes(signature), asciiBytes(text))
}
