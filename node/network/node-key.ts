import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { base64url, calculateJwkThumbprint } from 'jose'

export interface NodeKey {
  /** For libp2p, whose peer id spells out the public key. */
  privateKey: PrivateKey
  /** For beacons: the RFC 7638 thumbprint and the same key. */
  kid: string
  key: CryptoKey
}

export async function openNodeKey(seed: Uint8Array): Promise<NodeKey> {
  const privateKey = await generateKeyPairFromSeed('Ed25519', seed)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url.encode(privateKey.publicKey.raw) }
  const key = await crypto.subtle.importKey('jwk', { ...jwk, d: base64url.encode(seed) }, 'Ed25519', false, [
    'sign',
  ])
  return { privateKey, kid: await calculateJwkThumbprint(jwk), key }
}
