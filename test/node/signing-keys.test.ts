import { describe, expect, test } from 'vitest'
import type { Keys } from '../../node/key-file.ts'
import { makePrivateKey, publicHalf } from '../../node/secret-file.ts'
import { SigningKeys } from '../../node/signing-keys.ts'
import { openTrust, type Registry, type SigningKey, thumbprint } from '../../protocol/index.ts'
import { keysOfMember, makeAlliance } from '../../scripts/alliance.ts'
import { demonstrationPlan } from '../../scripts/example-alliance.ts'

const registry = await openTrust((await makeAlliance(demonstrationPlan)).trust)
const old: Keys = keysOfMember(demonstrationPlan.seed, 'QM')
const next = makePrivateKey()
const end = { torture: { seq: 4, id: 'A'.repeat(43) } }

/** The registry with these keys of QM in torture, first the old one. */
function withKeys(given: { old?: Partial<SigningKey>; next?: Partial<SigningKey> }): Registry {
  const listed = (key: Keys['signing'], more: Partial<SigningKey>): SigningKey => ({
    kid: thumbprint(key),
    jwk: publicHalf(key),
    from: { torture: 1 },
    ...more,
  })
  const signing = [
    listed(old.signing, given.old ?? {}),
    ...(given.next === undefined ? [] : [listed(next, given.next)]),
  ]
  const members = registry.members.members.map(each => (each.id === 'QM' ? { ...each, signing } : each))
  return { ...registry, members: { ...registry.members, members } }
}

function openKeys(inForce: Registry, keys: Keys, rereadKeys?: () => Promise<Keys>) {
  const failures: unknown[] = []
  const opened = new SigningKeys({
    member: 'QM',
    keys,
    registry: () => inForce,
    rereadKeys,
    onRereadFailed: error => failures.push(error),
  })
  return {
    failures,
    opened,
    kidAt: async (seq: number) => (await opened.at('torture', seq)).kid,
  }
}

describe('of two signing keys', () => {
  const both = { ...old, next }

  test('the old one speaks until the registry lets the new one', async () => {
    expect(await openKeys(withKeys({}), both).kidAt(9)).toBe(thumbprint(old.signing))
    const { kidAt } = openKeys(withKeys({ next: { from: { torture: 5 } } }), both)
    expect(await kidAt(4)).toBe(thumbprint(old.signing))
    expect(await kidAt(5)).toBe(thumbprint(next))
  })

  test('which one speaks is told without signing, unless the key file is to be read first', async () => {
    const rotated = withKeys({ next: { from: { torture: 5 } } })
    const { opened } = openKeys(rotated, both)
    expect([opened.kidAt('torture', 4), opened.kidAt('torture', 5)]).toEqual(
      [old.signing, next].map(thumbprint),
    )
    expect(opened.kidAt('capital', 1)).toBe(undefined)
    const late = openKeys(rotated, old, async () => both)
    expect(late.opened.kidAt('torture', 5)).toBe(undefined)
    expect(await late.kidAt(5)).toBe(late.opened.kidAt('torture', 5))
  })

  test('the new one speaks when the old one has ended', async () => {
    const ended = withKeys({ old: { end }, next: { from: { torture: 5 } } })
    expect(await openKeys(ended, both).kidAt(5)).toBe(thumbprint(next))
  })

  test('the old one never speaks again, whatever becomes of the new one', async () => {
    const ended = withKeys({ next: { end } })
    await expect(openKeys(ended, both).kidAt(5)).rejects.toMatchObject({ code: 'signing-stopped' })
  })

  test('none speaks where the registry has ended the only one, or lets it speak only later', async () => {
    const code = 'signing-stopped'
    await expect(openKeys(withKeys({ old: { end } }), both).kidAt(5)).rejects.toMatchObject({ code })
    const later = withKeys({ old: { from: { torture: 9 } } })
    await expect(openKeys(later, old).kidAt(5)).rejects.toMatchObject({ code })
  })

  test('none speaks in a channel that it was not given', async () => {
    const elsewhere = withKeys({ old: { from: { capital: 1 } } })
    await expect(openKeys(elsewhere, both).kidAt(1)).rejects.toMatchObject({ code: 'no-authority' })
  })
})

describe('a key file that was given a new key while the node ran', () => {
  const rotated = withKeys({ next: { from: { torture: 5 } } })

  test('is read again once the registry lets that key speak', async () => {
    const { kidAt } = openKeys(rotated, old, async () => ({ ...old, next }))
    expect(await kidAt(4)).toBe(thumbprint(old.signing))
    expect(await kidAt(5)).toBe(thumbprint(next))
  })

  test('is asked once for each registry, and the old key goes on where it cannot be read', async () => {
    let asked = 0
    const { kidAt, failures } = openKeys(rotated, old, async () => {
      asked += 1
      throw new TypeError('unreadable')
    })
    for (const seq of [5, 6]) expect(await kidAt(seq)).toBe(thumbprint(old.signing))
    expect({ asked, failures: failures.length }).toEqual({ asked: 1, failures: 1 })
  })
})
