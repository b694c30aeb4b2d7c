import { defaultCrypto } from '@chainsafe/libp2p-noise/crypto'
import { expect, it } from 'vitest'
import { keyedNoiseCipher } from '../../../node/network/noise-cipher.ts'

const key = new Uint8Array(32).fill(7)
const nonce = new Uint8Array(12).fill(1)

it.each([0, 1, 399, 400, 1_500, 65_000])('seals %i bytes as the usual cipher does, and opens them', size => {
  for (const ad of [new Uint8Array(0), new Uint8Array(32).fill(2)]) {
    const plain = new Uint8Array(size).fill(9)
    const sealed = keyedNoiseCipher.chaCha20Poly1305Encrypt(plain, nonce, ad, key).subarray()
    const usual = defaultCrypto.chaCha20Poly1305Encrypt(plain, nonce, ad, key).subarray()
    expect(Buffer.from(sealed).equals(usual)).toBe(true)
    const opened = keyedNoiseCipher.chaCha20Poly1305Decrypt(sealed, nonce, ad, key).subarray()
    expect(Buffer.from(opened).equals(plain)).toBe(true)
  }
})

it.each([100, 1_500])('does not open %i bytes that were changed', size => {
  const ad = new Uint8Array(0)
  const sealed = keyedNoiseCipher
    .chaCha20Poly1305Encrypt(new Uint8Array(size), nonce, ad, key)
    .subarray()
    .slice()
  sealed[3] = (sealed[3] ?? 0) ^ 1
  expect(() => keyedNoiseCipher.chaCha20Poly1305Decrypt(sealed, nonce, ad, key)).toThrow()
})
