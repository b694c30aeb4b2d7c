import { base64url } from 'jose'
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
  for (const character of peerId.slice(1)) value = value * 58n + BigInt(alphabet.indexOf(character))
  const hex = value.toString(16).padStart(76, '0')
  if (hex.length !== 76 || !hex.startsWith(prefix)) return undefined
  return { crv: 'Ed25519', kty: 'OKP', x: base64url.encode(bytesOf(hex.slice(prefix.length))) }
}

/** The thumbprint of a node's key, so that no other key can be the same. */
export function kidOfPeerId(peerId: string): string | undefined {
  const jwk = jwkOfPeerId(peerId)
  return jwk && thumbprint(jwk)
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
}
