import { describe, expect, it } from 'vitest'
import { canonical } from '../../../protocol/canonical.ts'
import { firstRoot, netOf, nextRoot, parseRoot, type Root } from '../../../protocol/registry/index.ts'
import { demonstrationKey } from '../../../scripts/alliance.ts'
import { coordinators, found, get, listed, rootAfter, signRoot } from './builders.ts'

const { registry } = await found()
const chain = registry.roots
const first = get(chain, 0)

/** Coordinators 6 and 7 come for 4 and 5, and the threshold rises. */
const rotated = rootAfter(registry, root => {
  root.coordinators = coordinators(1, 2, 3, 6, 7).map(listed)
  root.threshold = 4
})

describe('the next root', () => {
  it('is put in force by the threshold of the root before and of its own', async () => {
    const signed = await signRoot(rotated, coordinators(1, 2, 3, 6))
    const longer = await nextRoot(chain, signed)
    expect(longer.map(({ root }) => root.version)).toEqual([1, 2])
  })

  it('is refused where only the root before has its threshold', async () => {
    const signed = await signRoot(rotated, coordinators(1, 2, 3, 4, 5))
    await expect(nextRoot(chain, signed)).rejects.toMatchObject({
      code: 'signatures-too-few',
      details: { valid: 3, threshold: 4 },
    })
  })

  it('is refused where only itself has its threshold', async () => {
    const own = rootAfter(registry, root => {
      root.coordinators = coordinators(1, 2, 6, 7).map(listed)
    })
    const signed = await signRoot(own, coordinators(1, 2, 6, 7))
    await expect(nextRoot(chain, signed)).rejects.toMatchObject({
      code: 'signatures-too-few',
      details: { valid: 2, threshold: 3 },
    })
  })

  it('lets a coordinator change its key and sign with both', async () => {
    const renewed = { ...get(coordinators(3), 0), key: demonstrationKey('test', 'coordinator-3', 'second') }
    const signers = [...coordinators(1, 2), renewed]
    const next = rootAfter(registry, root => {
      root.coordinators = signers.map(listed)
    })
    const longer = await nextRoot(chain, await signRoot(next, [...signers, ...coordinators(3)]))
    expect(longer).toHaveLength(2)
    await expect(nextRoot(chain, await signRoot(next, signers))).rejects.toMatchObject({
      code: 'signatures-too-few',
    })
  })

  it('is refused with a signature of somebody in neither root', async () => {
    const signed = await signRoot(rotated, coordinators(1, 2, 3, 6, 8))
    await expect(nextRoot(chain, signed)).rejects.toMatchObject({ code: 'signature-of-unknown-coordinator' })
  })

  it('is refused where roots between are missing', async () => {
    const signed = await signRoot({ ...rotated, version: 3 }, coordinators(1, 2, 3, 6))
    await expect(nextRoot(chain, signed)).rejects.toMatchObject({ code: 'root-jump' })
  })

  it('is refused where it does not follow the root before', async () => {
    const signed = await signRoot({ ...rotated, prevHash: 'A'.repeat(43) }, coordinators(1, 2, 3, 6))
    await expect(nextRoot(chain, signed)).rejects.toMatchObject({ code: 'root-chain-broken' })
  })

  it('is never an older one', async () => {
    const longer = await nextRoot(chain, await signRoot(rotated, coordinators(1, 2, 3, 6)))
    await expect(nextRoot(longer, first.signed)).rejects.toMatchObject({
      code: 'root-rollback',
      details: { version: 1, inForce: 2 },
    })
  })

  it('is in conflict with another signed root of its version, and only a signed one is', async () => {
    const longer = await nextRoot(chain, await signRoot(rotated, coordinators(1, 2, 3, 6)))
    const other = { ...rotated, expires: '2037-01-01' }
    await expect(nextRoot(longer, await signRoot(other, coordinators(1, 2, 3, 6)))).rejects.toMatchObject({
      code: 'root-conflict',
    })
    await expect(nextRoot(longer, await signRoot(other, coordinators(1)))).rejects.toMatchObject({
      code: 'signatures-too-few',
    })
  })
})

describe('the first root', () => {
  it('is signed by its own threshold', async () => {
    const signed = await signRoot(first.root, coordinators(1, 2))
    await expect(firstRoot(signed)).rejects.toMatchObject({ code: 'signatures-too-few' })
  })

  it('has version 1', async () => {
    const signed = await signRoot(rotated, coordinators(1, 2, 3, 6))
    await expect(firstRoot(signed)).rejects.toMatchObject({ code: 'root-jump' })
  })

  it('gives the network its name: 52 letters that change with any of its bytes', () => {
    expect(netOf(first.signed.document)).toBe(registry.net)
    expect(registry.net).toMatch(/^[a-z2-7]{52}$/)
    expect(netOf(canonical({ ...first.root, expires: '2035-01-01' }))).not.toBe(registry.net)
  })

  it('gives the name that base32 of SHA-256 has elsewhere', () => {
    expect(netOf('abc')).toBe('xj4bnp4pahh6uqkbidpf3lrceoyagyndsylxvhfucd7wd4qacwwq')
  })
})

describe('the form of a root', () => {
  const refusalOf = (change: (root: Root) => unknown) => {
    const root = structuredClone(first.root)
    const changed = change(root)
    try {
      parseRoot(typeof changed === 'string' ? changed : canonical(root))
      return 'accepted'
    } catch (error) {
      return (error as { code?: string; details?: { pointer?: string } }).details?.pointer ?? error
    }
  }

  it('is accepted as it was made', () => {
    expect(refusalOf(() => {})).toBe('accepted')
  })

  it.each<[string, (root: Root) => void, string]>([
    [
      'a threshold of nobody',
      root => {
        root.threshold = 0
      },
      '/threshold',
    ],
    [
      'a threshold of more than all',
      root => {
        root.threshold = 6
      },
      '/threshold',
    ],
    [
      'a prevHash in version 1',
      root => {
        root.prevHash = 'A'.repeat(43)
      },
      '/prevHash',
    ],
    [
      'no prevHash in version 2',
      root => {
        root.version = 2
      },
      '/prevHash',
    ],
    [
      'no date',
      root => {
        root.expires = '2026-02-30'
      },
      '/expires',
    ],
    [
      'a kid that is not of its key',
      root => {
        get(root.coordinators, 0).kid = 'A'.repeat(43)
      },
      '/coordinators/0/kid',
    ],
    [
      'a key twice',
      root => void root.coordinators.push({ ...get(root.coordinators, 0), id: 'other' }),
      '/coordinators',
    ],
    [
      'a private key',
      root => void Object.assign(get(root.coordinators, 0).jwk, { d: 'A'.repeat(43) }),
      '/coordinators/0/jwk',
    ],
  ])('is refused with %s', (_, change, pointer) => {
    expect(refusalOf(change)).toBe(pointer)
  })

  it('counts coordinators, not keys, towards a threshold that can be met', () => {
    const one = get(coordinators(1), 0)
    const root = {
      ...first.root,
      threshold: 2,
      coordinators: [
        listed(one),
        listed({ ...one, key: demonstrationKey('test', 'coordinator-1', 'second') }),
      ],
    }
    expect(() => parseRoot(canonical(root))).toThrow(expect.objectContaining({ code: 'document-malformed' }))
  })

  it('is canonical text within its size', () => {
    const text = first.signed.document
    expect(() => parseRoot(text.replace(':', ': '))).toThrow(
      expect.objectContaining({ code: 'payload-not-canonical' }),
    )
    expect(() => parseRoot(canonical({ ...first.root, more: 'x'.repeat(64 * 1024) }))).toThrow(
      expect.objectContaining({ code: 'document-too-large' }),
    )
    expect(parseRoot(canonical({ ...first.root, ofALaterVersion: true })).version).toBe(1)
  })
})
