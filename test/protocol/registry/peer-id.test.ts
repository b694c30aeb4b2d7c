import { expect, test } from 'vitest'
import { jwkOfPeerId, peerIdOfJwk } from '../../../protocol/index.ts'
import { demonstrationKey, peerIdOf, publicOf } from '../../../scripts/alliance.ts'

const keys = Array.from({ length: 20 }, (_, at) => demonstrationKey('peer ids', 'QM', String(at)))

test('a peer id is the one that libp2p gives to the key, and spells the key out again', async () => {
  for (const key of keys) {
    expect(peerIdOfJwk(key)).toBe(await peerIdOf(key))
    expect(jwkOfPeerId(peerIdOfJwk(key))).toEqual(publicOf(key))
  }
})
