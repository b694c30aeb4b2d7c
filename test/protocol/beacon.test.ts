import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Beacon, signBeacon, verifyBeacon } from '../../protocol/beacon.ts'
import { isError } from '../../protocol/errors.ts'
import { importPrivateKey, importPublicKey, thumbprint } from '../../protocol/registry/index.ts'
import { keys, net } from '../../scripts/vectors/alliance.ts'
import { codeOf, nodeKeyIn, registryIn } from './judge.ts'

const registry = await registryIn('trust.json')
const keyOf = (kid: string) => nodeKeyIn(registry, kid)

const beacon: Beacon = {
  v: 1,
  member: 'QM',
  n: 3,
  iat: 1_777_896_000,
  heads: { torture: {} },
  full: true,
  software: 'focalpoint 0.1.0',
  root: 1,
  members: 1,
  peers: 2,
  storeBytes: 0,
  lagMs: 0,
}

async function signed(said: Beacon = beacon, member: 'QM' | 'QN' = 'QM'): Promise<string> {
  const key = await importPrivateKey(keys[member].node)
  return signBeacon(said, { net, kid: thumbprint(keys[member].node), key })
}

describe('a beacon', () => {
  it('reads back as it was signed', async () => {
    expect(await verifyBeacon(await signed(), { net, keyOf })).toEqual(beacon)
  })

  it('is refused after any change of one character', async () => {
    const text = await signed()
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=~ '
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...alphabet), async (at, char) => {
        const changed = text.slice(0, at) + char + text.slice(at + 1)
        if (changed === text) return
        const refusal = await verifyBeacon(changed, { net, keyOf }).catch(error => error)
        expect(isError(refusal), String(refusal)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['', 'beacon', '..', 'e30.e30.', `${'A'.repeat(80)}.${'A'.repeat(80)}.${'A'.repeat(86)}`])(
    'refuses "%s" with a code of its own',
    async text => {
      expect(await codeOf(() => verifyBeacon(text, { net, keyOf }))).toMatch(
        /^(beacon-invalid|text-not-canonical)$/,
      )
    },
  )

  it('speaks for the member whose node it is, and for no other', async () => {
    expect(await codeOf(async () => verifyBeacon(await signed(beacon, 'QN'), { net, keyOf }))).toBe(
      'beacon-invalid',
    )
    const wrongKey = async () => ({ member: 'QM', key: await importPublicKey(keys.QN.node) })
    expect(await codeOf(async () => verifyBeacon(await signed(), { net, keyOf: wrongKey }))).toBe(
      'beacon-invalid',
    )
  })
})
