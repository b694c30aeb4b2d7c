import { describe, expect, it } from 'vitest'
import {
  advanceRegistry,
  type Members,
  nextMembers,
  type Registry,
  type SignedDocument,
} from '../../../protocol/registry/index.ts'
import { keysOfMember, peerIdOf, signByAll } from '../../../scripts/alliance.ts'
import {
  coordinators,
  endKeys,
  found,
  get,
  listed,
  rootAfter,
  signedSuccessor,
  signRoot,
  successor,
} from './builders.ts'

const { registry } = await found()
const place = { seq: 3, id: 'B'.repeat(43) }

/** The code that refuses the successor changed like this, or `accepted`. */
async function refusalOf(change: (members: Members) => void, before = registry): Promise<string> {
  return codeOf(before, await signedSuccessor(before, change))
}

function codeOf(before: Registry, signed: SignedDocument): Promise<string> {
  return nextMembers({ registry: before, signed }).then(
    () => 'accepted',
    error => error.code ?? String(error),
  )
}

function keyOf(members: Members, member: number) {
  return get(get(members.members, member).signing, 0)
}

async function rotated(): Promise<Registry> {
  const root = rootAfter(registry, next => {
    next.coordinators = coordinators(1, 2, 6, 7, 8).map(listed)
  })
  return advanceRegistry(registry, { roots: [await signRoot(root, coordinators(1, 2, 3, 6))] })
}

describe('the next members document', () => {
  it('is any higher version with the threshold', async () => {
    expect(await refusalOf(() => {})).toBe('accepted')
    expect(await refusalOf(members => Object.assign(members, { version: 9, prevHash: 'A'.repeat(43) }))).toBe(
      'accepted',
    )
  })

  it('needs the threshold', async () => {
    const signed = await signedSuccessor(registry, () => {}, coordinators(1, 2))
    expect(await codeOf(registry, signed)).toBe('signatures-too-few')
  })

  it('is not signed as another document', async () => {
    const signed = await signByAll({
      value: successor(registry),
      typ: 'root+jws',
      signers: coordinators(1, 2, 3),
    })
    expect(await codeOf(registry, signed)).toBe('header-not-exact')
  })

  it('is of this network', async () => {
    expect(await refusalOf(members => Object.assign(members, { net: 'a'.repeat(52) }))).toBe(
      'members-net-differs',
    )
  })

  it('names a root that is held', async () => {
    expect(await refusalOf(members => Object.assign(members, { rootVersion: 2 }))).toBe(
      'members-root-unknown',
    )
  })

  it('is never an older one', async () => {
    const second = await advanceRegistry(registry, { members: await signedSuccessor(registry) })
    expect(await codeOf(second, registry.signedMembers)).toBe('members-rollback')
  })

  it('is in conflict with another signed document of its version, and only a signed one is', async () => {
    const same = (members: Members) => {
      members.version = 1
      members.prevHash = null
      members.expires = '2037-01-01'
    }
    expect(await refusalOf(same)).toBe('members-conflict')
    expect(await codeOf(registry, await signedSuccessor(registry, same, coordinators(1)))).toBe(
      'signatures-too-few',
    )
    expect(await codeOf(registry, registry.signedMembers)).toBe('accepted')
  })

  it('drops no member', async () => {
    expect(await refusalOf(members => members.members.pop())).toBe('members-member-dropped')
  })

  it('drops no signing key, nor hands it to another', async () => {
    expect(await refusalOf(members => get(members.members, 0).signing.pop())).toBe('members-key-dropped')
    const moved = (members: Members) => {
      const [key] = get(members.members, 1).signing.splice(0)
      if (key) get(members.members, 0).signing.push(key)
    }
    expect(await refusalOf(moved)).toBe('members-key-dropped')
  })

  it('uses no key of a coordinator', async () => {
    const coordinator = listed(get(coordinators(5), 0))
    const taken = (members: Members) => {
      get(members.members, 0).recovery.push({ kid: coordinator.kid, jwk: coordinator.jwk })
    }
    expect(await refusalOf(taken)).toBe('members-key-reused')
    const peerId = await peerIdOf(get(coordinators(5), 0).key)
    const asNode = (members: Members) => get(members.members, 0).nodes.push({ peerId, addrs: [] })
    expect(await refusalOf(asNode)).toBe('members-key-reused')
  })

  it('uses no signing key for a node', async () => {
    const peerId = await peerIdOf(keysOfMember('test', 'XE').signing)
    const asNode = (members: Members) => get(members.members, 0).nodes.push({ peerId, addrs: [] })
    expect(await refusalOf(asNode)).toBe('members-key-reused')
  })
})

describe('the authority of a key', () => {
  it('may gain an end and, while open, a channel', async () => {
    expect(await refusalOf(members => endKeys(get(members.members, 0)))).toBe('accepted')
    const joined = (members: Members) => {
      get(members.members, 1).channels.push('capital')
      keyOf(members, 1).from.capital = 1
    }
    expect(await refusalOf(joined)).toBe('accepted')
  })

  it('never begins elsewhere', async () => {
    const moved = (members: Members) => Object.assign(keyOf(members, 0).from, { torture: 2 })
    expect(await refusalOf(moved)).toBe('members-authority-changed')
    const less = (members: Members) => Object.assign(keyOf(members, 0), { from: { torture: 1 } })
    expect(await refusalOf(less)).toBe('members-authority-changed')
  })

  it('once ended, ends there for ever', async () => {
    const ending = (members: Members) => Object.assign(keyOf(members, 1), { end: { torture: place } })
    const ended = await advanceRegistry(registry, { members: await signedSuccessor(registry, ending) })
    expect(await refusalOf(() => {}, ended)).toBe('accepted')
    const changes: ((members: Members) => void)[] = [
      members => Object.assign(keyOf(members, 1), { end: { torture: { ...place, seq: 4 } } }),
      members => Object.assign(keyOf(members, 1), { end: { torture: { ...place, id: 'C'.repeat(43) } } }),
      members => delete keyOf(members, 1).end,
      members => {
        Object.assign(keyOf(members, 1).from, { capital: 1 })
        Object.assign(keyOf(members, 1).end ?? {}, { capital: place })
      },
    ]
    for (const change of changes) expect(await refusalOf(change, ended)).toBe('members-authority-changed')
  })
})

describe('a document that does not follow the one before', () => {
  const broken = (members: Members) => Object.assign(members, { prevHash: 'A'.repeat(43) })

  it('is refused under the same root', async () => {
    expect(await refusalOf(broken)).toBe('members-chain-broken')
  })

  it('is let in under a newer root, with an alarm', async () => {
    const before = await rotated()
    const under2 = (members: Members) => Object.assign(broken(members), { rootVersion: 2 })
    const signed = await signedSuccessor(before, under2, coordinators(1, 2, 6))
    const after = await advanceRegistry(before, { members: signed })
    expect(after.chainBroken).toBe(true)
    const next = await signedSuccessor(after, () => {}, coordinators(1, 2, 6))
    expect((await advanceRegistry(after, { members: next })).chainBroken).toBe(false)
  })
})

describe('after a newer root', () => {
  it('a document under the older one needs signers that stayed', async () => {
    const before = await rotated()
    const old = await signedSuccessor(before, () => {}, coordinators(3, 4, 5))
    expect(await codeOf(registry, old)).toBe('accepted')
    expect(await codeOf(before, old)).toBe('members-root-retired')
    const twoStayed = await signedSuccessor(before, () => {}, coordinators(1, 2, 3))
    expect(await codeOf(before, twoStayed)).toBe('members-root-retired')
  })

  it('a document under the older one, by enough signers that stayed, is not lost', async () => {
    const root = rootAfter(registry, next => {
      next.coordinators = coordinators(1, 2, 3, 4, 6).map(listed)
    })
    const roots = [await signRoot(root, coordinators(1, 2, 3))]
    const members = await signedSuccessor(registry)
    const after = await advanceRegistry(registry, { roots, members })
    expect([after.root.version, after.members.version]).toEqual([2, 2])
  })

  it('a coordinator in it has no key of a member', async () => {
    const member = keysOfMember('test', 'QM').recovery
    const root = rootAfter(registry, next => {
      next.coordinators.push(listed({ ...get(coordinators(9), 0), key: member }))
    })
    const roots = [await signRoot(root, coordinators(1, 2, 3))]
    await expect(advanceRegistry(registry, { roots })).rejects.toMatchObject({ code: 'members-key-reused' })
  })
})
