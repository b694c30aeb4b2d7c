import { base64url } from 'jose'
import { encodeHex } from '../base64url.ts'
import { type PublicJwk, thumbprint } from './keys.ts'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** A peer id of an Ed25519 key: base58btc of 38 bytes that begin as `prefix`. */
const form = /^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$/
/** Identity multihash (00) of 36 bytes (24): a protobuf with key type Ed25519 (08 01) and 32 bytes of key (12 20). */
const prefix = '002408011220'

/** The Ed25519 key that a libp2p peer id spells out, or undefined where it is of another kind. */
export function jwkOfPeerId(peerId: string): PublicJwk | undefined {
  if (!form.test(peerId)) return undefined
  let value = 0n
  for (let at = 1; at < peerId.length; at += 8) {
    const digits = peerId.slice(at, at + 8)
    value = value * (powers[digits.length] ?? 0n) + BigInt(numberOf(digits))
  }
  const hex = value.toString(16).padStart(76, '0')
  if (hex.length !== 76 || !hex.startsWith(prefix)) return undefined
  return { crv: 'Ed25519', kty: 'OKP', x: encodeHex(hex.slice(prefix.length)) }
}

/** The peer id by which libp2p knows the node with this key. */
export function peerIdOfJwk({ x }: PublicJwk): string {
  const hex = [...base64url.decode(x)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  let value = BigInt(`0x${prefix}${hex}`)
  let digits = ''
  for (; value > 0n; value /= 58n) digits = `${alphabet[Number(value % 58n)]}${digits}`
  // One leading zero byte is one leading "1".
  return `1${digits}`
}

/** 58 to the power of how many digits are read at once. */
const powers = Array.from({ length: 9 }, (_, digits) => 58n ** BigInt(digits))

/** At most eight digits: 58^8 is below 2^53. */
function numberOf(digits: string): number {
  let value = 0
  for (const digit of digits) value = value * 58 + alphabet.indexOf(digit)
  return value
}

/** The thumbprint of a node's key, so that no other key can be the same. */
export function kidOfPeerId(peerId: string): string | undefined {
  const jwk = jwkOfPeerId(peerId)
  return jwk && thumbprint(jwk)
}
