import { describe, expect, it } from 'vitest'
import {
  advanceRegistry,
  checkFirstMembers,
  checkFirstRoot,
  checkMembersProposal,
  checkRootProposal,
  nextMembersText,
  proposeRoot,
  type SignedDocument,
} from '../../../protocol/registry/index.ts'
import type { CoordinatorKeys } from '../../../scripts/alliance.ts'
import { coordinators, found, get, listed, rootAfter, signedSuccessor, signRoot } from './builders.ts'
import { codeOfRejected } from './codes.ts'

const { registry } = await found()
const [root1] = registry.roots.map(({ signed }) => signed)

function signedSuccessorBy(signers: readonly CoordinatorKeys[]): Promise<SignedDocument> {
  return signedSuccessor(registry, () => {}, signers)
}

describe('a members document on its way', () => {
  it('says who has signed and how many are missing', async () => {
    const none = await checkMembersProposal(registry, {
      document: nextMembersText(registry, { issued: '2026-06-01' }),
      signatures: [],
    })
    expect(none).toMatchObject({ signers: [], missing: [{ rootVersion: 1, count: 3 }], chainBroken: false })
    const two = await checkMembersProposal(registry, await signedSuccessorBy(coordinators(1, 4)))
    expect(two.signers).toEqual(['coordinator-1', 'coordinator-4'])
    expect(two.missing).toEqual([
      { rootVersion: 1, count: 1, of: ['coordinator-2', 'coordinator-3', 'coordinator-5'] },
    ])
    const three = await checkMembersProposal(registry, await signedSuccessorBy(coordinators(1, 4, 5)))
    expect(three.missing).toEqual([])
  })

  it('is checked as every node will', async () => {
    const signed = await signedSuccessorBy(coordinators(1))
    const code = (document: SignedDocument) => codeOfRejected(checkMembersProposal(registry, document))
    expect(await code({ ...signed, document: signed.document.replace('Quillmark', 'Quillmork') })).toBe(
      'signature-invalid',
    )
    expect(await code(await signedSuccessorBy(coordinators(1, 7)))).toBe('signature-of-unknown-coordinator')
    expect(await code(await signedSuccessorBy(coordinators(1, 1)))).toBe('signature-repeated')
    expect(await code(await signedSuccessor(registry, next => next.members.pop(), []))).toBe(
      'members-member-dropped',
    )
    expect(
      await code(
        await signedSuccessor(
          registry,
          next => Object.assign(next, { version: 1, prevHash: null, expires: '2035-01-01' }),
          [],
        ),
      ),
    ).toBe('members-conflict')
    expect(await code(registry.signedMembers)).toBe('proposal-pointless')
  })

  it('stands under the newest root', async () => {
    const next = await signRoot(rootAfter(registry), coordinators(1, 2, 3))
    const later = await advanceRegistry(registry, { roots: [next] })
    const old = await signedSuccessorBy([])
    expect(await codeOfRejected(checkMembersProposal(later, old))).toBe('members-root-retired')
    const document = nextMembersText(later, { issued: '2026-06-01' })
    expect((await checkMembersProposal(later, { document, signatures: [] })).content.rootVersion).toBe(2)
  })
})

describe('a root on its way', () => {
  it('needs the coordinators before and its own', async () => {
    const root = rootAfter(registry, next => {
      next.coordinators = coordinators(1, 2, 6, 7, 8).map(listed)
    })
    const some = await checkRootProposal(registry, await signRoot(root, coordinators(1, 6)))
    expect(some.signers).toEqual(['coordinator-1', 'coordinator-6'])
    expect(some.missing).toMatchObject([
      { rootVersion: 1, count: 2 },
      { rootVersion: 2, count: 1 },
    ])
    const enough = await checkRootProposal(registry, await signRoot(root, coordinators(1, 2, 3, 6)))
    expect(enough.missing).toEqual([])
  })

  it('is checked as every node will', async () => {
    const code = (signed: SignedDocument) => codeOfRejected(checkRootProposal(registry, signed))
    const rooted = (change: Parameters<typeof rootAfter>[1]) =>
      signRoot(rootAfter(registry, change), coordinators(1))
    expect(await code(await rooted(root => Object.assign(root, { version: 3 })))).toBe('root-jump')
    expect(
      await code(
        await rooted(root => Object.assign(root, { version: 1, prevHash: null, expires: '2035-01-01' })),
      ),
    ).toBe('root-rollback')
    expect(await code(await rooted(root => Object.assign(root, { prevHash: 'A'.repeat(43) })))).toBe(
      'root-chain-broken',
    )
    expect(await code(await signRoot(rootAfter(registry), coordinators(7)))).toBe(
      'signature-of-unknown-coordinator',
    )
    expect(await code(await signRoot(rootAfter(registry), coordinators(1, 1)))).toBe('signature-repeated')
    expect(await code(get(registry.roots, 0).signed)).toBe('proposal-pointless')
    const document = proposeRoot(registry, { threshold: 4 })
    expect(await code({ document, signatures: [] })).toBe('accepted')
  })
})

describe('the documents of a new network on their way', () => {
  const root: SignedDocument = root1 ?? { document: '', signatures: [] }

  it('are signed by the coordinators of the first root', async () => {
    expect(await checkFirstRoot({ ...root, signatures: root.signatures.slice(0, 1) })).toMatchObject({
      signers: ['coordinator-1'],
      missing: [{ rootVersion: 1, count: 2 }],
    })
    const unsigned = { ...root, signatures: [] }
    expect(await checkFirstMembers(unsigned, registry.signedMembers)).toMatchObject({ missing: [] })
    const { document } = registry.signedMembers
    expect(await checkFirstMembers(root, { document, signatures: [] })).toMatchObject({
      missing: [{ count: 3 }],
    })
  })

  it('are of one network', async () => {
    const other = await found({ seed: 'other' })
    expect(await codeOfRejected(checkFirstMembers(root, other.registry.signedMembers))).toBe(
      'members-net-differs',
    )
    const second = await signRoot(rootAfter(registry), coordinators(1))
    expect(await codeOfRejected(checkFirstRoot(second))).toBe('root-jump')
  })
})
