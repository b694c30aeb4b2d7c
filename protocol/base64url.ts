import { base64url } from 'jose'
import { FocalpointError } from './errors.ts'

const alphabet = /^[A-Za-z0-9_-]+$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Base64url without padding (RFC 4648, section 5) of UTF-8 text. */
export function encodeText(text: string): string {
  return base64url.encode(encoder.encode(text))
}

/** The UTF-8 text, if `encoded` is its one and only base64url form: no padding, no stray bits, no other alphabet. */
export function decodeText(encoded: string): string {
  try {
    if (alphabet.test(encoded)) {
      const bytes = base64url.decode(encoded)
      if (base64url.encode(bytes) === encoded) return utf8.decode(bytes)
    }
  } catch {
    // falls through: not base64url, or not UTF-8
  }
  throw new FocalpointError('text-not-canonical', 'This is not the one base64url form of a UTF-8 text.', {
    what: 'base64url',
  })
}

const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Base32 (RFC 4648, section 6) in lower case without padding: 52 characters for 32 bytes. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += base32Alphabet[(buffer >> bits) & 31]
    }
    buffer &= (1 << bits) - 1
  }
  return bits > 0 ? text + base32Alphabet[(buffer << (5 - bits)) & 31] : text
}
