import { expect, onTestFinished, test } from 'vitest'
import { isError, type Registry, type SignedDocument, thumbprint } from '#protocol'
import type { RegistryDocument } from '../../node/network/index.ts'
import { RegistryInForce } from '../../node/registry-in-force.ts'
import { openStore, type Store } from '../../node/store/index.ts'
import { signByAll } from '../../scripts/alliance.ts'
import {
  coordinators,
  endKeys,
  found,
  get,
  rootAfter,
  signedSuccessor,
  successor,
} from '../protocol/registry/builders.ts'
import { removeFolder, temporaryFolder } from './store/builders.ts'

const alliance = await found()
const second = await signedSuccessor(alliance.registry)

test('a newer registry comes into force, is told, and is still in force after a restart', async () => {
  const { inForce, changes, reopen } = await newNode()
  await inForce.adopt([documentOf(second, 2)])
  expect(inForce.current.members.version).toBe(2)
  expect(changes).toEqual([2])
  expect((await reopen()).current.members.version).toBe(2)
})

test('what is in force already changes nothing', async () => {
  const { inForce, changes } = await newNode()
  await inForce.adopt([documentOf(alliance.registry.signedMembers, 1)])
  await inForce.adopt([])
  expect(changes).toEqual([])
})

test('a registry with too few signatures is refused, and the one before stays in force over a restart', async () => {
  const { inForce, changes, reopen } = await newNode()
  const weak = await signedSuccessor(alliance.registry, () => {}, coordinators(1, 2))
  expect(await codeOf(inForce.adopt([documentOf(weak, 2)]))).toBe('signatures-too-few')
  expect(inForce.current).toBe(alliance.registry)
  expect(changes).toEqual([])
  const again = await reopen()
  expect(again.current.members.version).toBe(1)
  await again.adopt([documentOf(second, 2)])
  expect(again.current.members.version).toBe(2)
})

test('of many peers that bring registries at once the older never comes last', async () => {
  const third = await thirdMembers()
  for (let round = 0; round < 10; round++) {
    const { inForce, changes } = await newNode()
    const brought = [documentOf(third, 3), ...Array.from({ length: round }, () => documentOf(second, 2))]
    await Promise.allSettled(brought.map(document => inForce.adopt([document])))
    expect(inForce.current.members.version).toBe(3)
    expect(changes).toEqual([3])
  }
})

test('of two members documents with one version the first stays in force, and both are kept and told', async () => {
  const { inForce, changes, reopen } = await newNode()
  await inForce.adopt([documentOf(second, 2)])
  const other = await signedSuccessor(alliance.registry, members => {
    members.issued = '2026-02-02'
  })
  expect(await codeOf(inForce.adopt([documentOf(other, 2)]))).toBe('members-conflict')
  expect(await codeOf(inForce.adopt([documentOf(other, 2)]))).toBe('members-conflict')
  expect(changes).toEqual([2])
  const conflict = { code: 'members-conflict', version: 2, at: 7, ours: second, theirs: other }
  expect(inForce.conflicts()).toEqual([conflict])
  expect((await reopen()).conflicts()).toEqual([conflict])

  // A peer that holds the other one is given ours, so that it sees both, too.
  const { documentsAfter, versions } = inForce.view()
  expect(documentsAfter({ ...versions(), hash: 'another' })).toEqual([documentOf(second, 2)])
  expect(documentsAfter(versions())).toEqual([])
})

test('two roots with one version are kept, too', async () => {
  const { inForce } = await newNode()
  const signers = coordinators(1, 2, 3)
  const [first, other] = await Promise.all(
    ['2037-01-01', '2038-01-01'].map(expires =>
      signByAll({
        value: rootAfter(alliance.registry, root => {
          root.expires = expires
        }),
        typ: 'root+jws',
        signers,
      }),
    ),
  )
  if (first === undefined || other === undefined) throw new TypeError('no roots')
  const rootOf = (signed: SignedDocument) =>
    ({ kind: 'root', version: 2, text: JSON.stringify(signed) }) as const
  await inForce.adopt([rootOf(first)])
  expect(await codeOf(inForce.adopt([rootOf(other)]))).toBe('root-conflict')
  expect(inForce.conflicts()).toEqual([
    { code: 'root-conflict', version: 2, at: 7, ours: first, theirs: other },
  ])
})

test('a newer root alone is still in force after a restart', async () => {
  const { inForce, reopen } = await newNode()
  const value = rootAfter(alliance.registry)
  const root = await signByAll({ value, typ: 'root+jws', signers: coordinators(1, 2, 3) })
  await inForce.adopt([{ kind: 'root', version: 2, text: JSON.stringify(root) }])
  expect((await reopen()).current.root.version).toBe(2)
})

test('a trust file that is newer than what was kept wins', async () => {
  const { inForce, reopen } = await newNode()
  await inForce.adopt([documentOf(second, 2)])
  const newer = { ...inForce.current, members: { ...inForce.current.members, version: 9 } }
  expect((await reopen(newer)).current).toBe(newer)
})

test('the network is told who may connect, from where, and with which key it signs', async () => {
  const { inForce } = await newNode()
  const view = inForce.view()
  const [{ peerId = '' } = {}] = view.peersOf('QM')
  expect(view.memberOf(peerId)).toBe('QM')
  expect(view.memberOf('12D3KooWNobody')).toBeUndefined()
  expect([view.joined('XE', 'torture'), view.joined('XE', 'capital')]).toEqual([true, false])
  expect(view.activeMembers()).toEqual(['QM', 'XE'])
  expect(view.activeMembers('capital')).toEqual(['QM'])
  const kid = thumbprint(get(alliance.memberKeys, 0).node)
  expect((await view.nodeKeyOf(kid))?.member).toBe('QM')
  expect(await view.nodeKeyOf(thumbprint(get(alliance.memberKeys, 0).signing))).toBeUndefined()
})

test('a suspended member may not connect, and its node key speaks no more', async () => {
  const { inForce } = await newNode()
  const view = inForce.view()
  const [{ peerId = '' } = {}] = view.peersOf('XE')
  const suspended = await signedSuccessor(alliance.registry, members => {
    const member = get(members.members, 1)
    member.status = 'suspended'
    endKeys(member)
  })
  await inForce.adopt([documentOf(suspended, 2)])
  expect(view.memberOf(peerId)).toBeUndefined()
  expect(view.activeMembers()).toEqual(['QM'])
  expect(await view.nodeKeyOf(thumbprint(get(alliance.memberKeys, 1).node))).toBeUndefined()
})

test('who has an older registry is given what it lacks, and that brings it here', async () => {
  const { inForce } = await newNode()
  await inForce.adopt([documentOf(second, 2)])
  const { documentsAfter, versions } = inForce.view()
  expect(versions()).toMatchObject({ root: 1, members: 2, hash: inForce.current.membersHash })
  expect(documentsAfter({ root: 1, members: 2 })).toEqual([])
  const other = await newNode()
  await other.inForce.adopt(documentsAfter({ root: 1, members: 1 }))
  expect(other.inForce.current.membersHash).toBe(inForce.current.membersHash)
})

async function newNode() {
  const dir = await temporaryFolder()
  const open: { store: Store } = { store: await openStore({ dir }) }
  onTestFinished(async () => {
    await open.store[Symbol.asyncDispose]()
    await removeFolder(dir)
  })
  const changes: number[] = []
  const openWith = (registry: Registry) =>
    RegistryInForce.open({
      registry,
      store: open.store,
      now: () => 7,
      onChanged: async () => void changes.push(inForce.current.members.version),
    })
  const inForce = await openWith(alliance.registry)
  const reopen = async (registry = alliance.registry) => {
    await open.store[Symbol.asyncDispose]()
    open.store = await openStore({ dir })
    return openWith(registry)
  }
  return { inForce, changes, reopen }
}

function documentOf(signed: SignedDocument, version: number): RegistryDocument {
  return { kind: 'members', version, text: JSON.stringify(signed) }
}

/** The members document after `second`. */
async function thirdMembers(): Promise<SignedDocument> {
  const { inForce } = await newNode()
  await inForce.adopt([documentOf(second, 2)])
  const value = successor(inForce.current)
  return signByAll({ value, typ: 'members+jws', signers: coordinators(1, 2, 3) })
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    if (isError(error)) return error.code
    throw error
  }
}
