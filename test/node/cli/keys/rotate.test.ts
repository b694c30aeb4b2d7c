import { describe, expect, test } from 'vitest'
import { withNext } from '../../../../node/cli/keys/rotate.ts'
import type { Keys } from '../../../../node/key-file.ts'
import { settledKeys } from '../../../../node/keys.ts'
import { makePrivateKey, publicHalf } from '../../../../node/secret-file.ts'
import { findMember, type Member, openTrust, thumbprint } from '../../../../protocol/index.ts'
import { keysOfMember, makeAlliance } from '../../../../scripts/alliance.ts'
import { demonstrationPlan } from '../../../../scripts/example-alliance.ts'

const registry = await openTrust((await makeAlliance(demonstrationPlan)).trust)
const { member, node, signing } = keysOfMember(demonstrationPlan.seed, 'QM')
const keys: Keys = { member, node, signing }
const next = makePrivateKey()

/** QM in the registry, with its first key ended or not, and with the next one listed or not. */
function listedWith({ ended, isNextListed }: { ended: boolean; isNextListed: boolean }): Member {
  const found = findMember(registry, 'QM')
  if (found === undefined) throw new TypeError('There is no QM.')
  const end = { torture: { seq: 0, id: null }, capital: { seq: 0, id: null } }
  const first = found.signing.map(key => (ended ? { ...key, end } : key))
  const second = { kid: thumbprint(next), jwk: publicHalf(next), from: { torture: 1 } }
  return { ...found, signing: [...first, ...(isNextListed ? [second] : [])] }
}

describe('the keys of a file that is given a new one', () => {
  test('keep the one in use, and get a fresh one beside it', () => {
    const rotated = withNext(keys, listedWith({ ended: false, isNextListed: false }))
    expect(rotated.signing).toEqual(signing)
    expect(thumbprint(rotated.next)).not.toBe(thumbprint(signing))
  })

  test('stay as they are while the registry does not have the one that was asked for', () => {
    const waiting = { ...keys, next }
    expect(withNext(waiting, listedWith({ ended: false, isNextListed: false }))).toBe(waiting)
  })

  test('go one further once the registry has ended the old one', () => {
    const rotated = withNext({ ...keys, next }, listedWith({ ended: true, isNextListed: true }))
    expect(rotated.signing).toEqual(next)
    expect(thumbprint(rotated.next)).not.toBe(thumbprint(next))
  })

  test('become one key again when the older one has ended everywhere, and not before', () => {
    const settled = settledKeys({ ...keys, next }, listedWith({ ended: true, isNextListed: true }))
    expect(settled).toEqual({ member, node, signing: next })
    const half = listedWith({ ended: true, isNextListed: true })
    for (const key of half.signing) delete key.end?.capital
    expect(settledKeys({ ...keys, next }, half)).toBeUndefined()
    const lost = listedWith({ ended: true, isNextListed: false })
    expect(settledKeys({ ...keys, next }, lost)).toBeUndefined()
  })

  test('are not changed in the middle of a rotation', () => {
    const between = listedWith({ ended: false, isNextListed: true })
    expect(() => withNext({ ...keys, next }, between)).toThrow(expect.objectContaining({ code: 'conflict' }))
  })
})
