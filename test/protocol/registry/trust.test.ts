import { describe, expect, it } from 'vitest'
import {
  advanceRegistry,
  expiryOf,
  isExpired,
  openTrust,
  trustFingerprint,
  trustText,
} from '../../../protocol/registry/index.ts'
import { coordinators, found, get, listed, rootAfter, signedSuccessor, signRoot } from './builders.ts'

const { registry, trust } = await found({ addrs: { QM: ['/ip4/127.0.0.1/tcp/9000'] } })

/** The same trust file, changed as a test likes. */
function changed(change: (trust: Record<string, unknown>) => void): string {
  const value = JSON.parse(trust)
  change(value)
  return JSON.stringify(value)
}

describe('trust.json', () => {
  it('comes back as it was written', async () => {
    expect(trustText(await openTrust(trust))).toBe(trust)
  })

  it('comes back as it was written after the registry has moved on', async () => {
    const root = rootAfter(registry, next => {
      next.coordinators = coordinators(1, 2, 3, 4, 6).map(listed)
    })
    const roots = [get(registry.roots, 0).signed, await signRoot(root, coordinators(1, 2, 3))]
    const members = await signedSuccessor(registry, next => {
      next.rootVersion = 2
    })
    const advanced = await advanceRegistry(registry, { roots, members })
    const again = await openTrust(trustText(advanced))
    expect(again).toEqual(advanced)
    expect(again.net).toBe(registry.net)
    expect([again.root.version, again.members.version]).toEqual([2, 2])
  })

  it('keeps a registry as it was when nothing is new', async () => {
    const same = { roots: registry.roots.map(({ signed }) => signed), members: registry.signedMembers }
    expect(await advanceRegistry(registry, same)).toBe(registry)
    expect(await advanceRegistry(registry, {})).toBe(registry)
  })

  it('gives the seeds with their peer ids', () => {
    const { peerId } = get(get(registry.members.members, 0).nodes, 0)
    expect(registry.seeds).toEqual([`/ip4/127.0.0.1/tcp/9000/p2p/${peerId}`])
  })

  it.each([
    ['no JSON', 'trust'],
    ['null', 'null'],
    ['another format', changed(value => Object.assign(value, { format: 'focalpoint-trust/2' }))],
    ['no roots', changed(value => Object.assign(value, { roots: [] }))],
    ['no members', changed(value => delete value.members)],
    ['one more member', changed(value => Object.assign(value, { more: 1 }))],
  ])('is refused as %s', async (_, text) => {
    await expect(openTrust(text)).rejects.toMatchObject({ code: 'trust-malformed' })
  })

  it('is refused with the members document of another network', async () => {
    const other = await found({ seed: 'other' })
    const mixed = changed(value => Object.assign(value, { members: other.registry.signedMembers }))
    await expect(openTrust(mixed)).rejects.toMatchObject({ code: 'members-net-differs' })
  })

  it('is refused after any change of one character in a document', async () => {
    const text = registry.signedMembers.document.replace('Quillmark', 'Quillmarl')
    const tampered = changed(value =>
      Object.assign(value, { members: { ...registry.signedMembers, document: text } }),
    )
    await expect(openTrust(tampered)).rejects.toMatchObject({ code: 'signature-invalid' })
  })
})

describe('the fingerprint', () => {
  it('is twelve groups of five digits', () => {
    expect(trustFingerprint(registry)).toMatch(/^\d{5}( \d{5}){11}$/)
  })

  it('is of the documents: other signers and seeds leave it, another document changes it', async () => {
    const elsewhere = { ...registry, seeds: [] }
    expect(trustFingerprint(elsewhere)).toBe(trustFingerprint(registry))
    const later = await signedSuccessor(registry)
    const others = await signedSuccessor(registry, () => {}, coordinators(3, 4, 5))
    const one = trustFingerprint(await advanceRegistry(registry, { members: later }))
    expect(trustFingerprint(await advanceRegistry(registry, { members: others }))).toBe(one)
    expect(one).not.toBe(trustFingerprint(registry))
  })
})

describe('expiry', () => {
  const atMidnight = Date.UTC(2036, 0, 1) / 1000

  it('is at the beginning of its date', () => {
    expect(expiryOf(registry)).toBe(atMidnight)
    expect(isExpired(registry, atMidnight - 1)).toBe(false)
    expect(isExpired(registry, atMidnight)).toBe(true)
  })

  it('is the earlier of the two documents', async () => {
    const members = await signedSuccessor(registry, next => {
      next.expires = '2027-01-01'
    })
    expect(expiryOf(await advanceRegistry(registry, { members }))).toBe(Date.UTC(2027, 0, 1) / 1000)
  })
})
