import { describe, expect, it } from 'vitest'
import {
  advanceRegistry,
  authorityOf,
  findKey,
  findMember,
  findRecoveryKey,
  isVoid,
  jwkOfPeerId,
  kidOfPeerId,
  mayConnect,
  memberOf,
  membersIn,
  publicKeyOf,
  thumbprint,
} from '../../../protocol/registry/index.ts'
import { keysOfMember, peerIdOf, publicOf } from '../../../scripts/alliance.ts'
import { endKeys, found, get, signedSuccessor } from './builders.ts'

const { registry } = await found()
const keys = keysOfMember('test', 'QM')
const kid = thumbprint(keys.signing)
const xeKid = thumbprint(keysOfMember('test', 'XE').signing)
const id = 'B'.repeat(43)

describe('who speaks where', () => {
  it('is found by the key', () => {
    expect(findKey(registry, kid)?.member.id).toBe('QM')
    expect(findKey(registry, thumbprint(keys.recovery))).toBeUndefined()
    expect(findRecoveryKey(registry, thumbprint(keys.recovery))?.member.id).toBe('QM')
    expect(authorityOf({ registry, kid, issuer: 'QM', channel: 'capital' })).toEqual({ from: 1 })
  })

  it.each([
    ['key-unknown', { kid: 'A'.repeat(43), issuer: 'QM', channel: 'torture' }],
    ['key-unknown', { kid: thumbprint(keys.recovery), issuer: 'QM', channel: 'torture' }],
    ['key-of-another', { kid, issuer: 'XE', channel: 'torture' }],
    ['no-authority', { kid: xeKid, issuer: 'XE', channel: 'capital' }],
    ['no-authority', { kid, issuer: 'QM', channel: 'constructor' }],
  ])('is refused as %s', (code, asked) => {
    expect(() => authorityOf({ registry, ...asked })).toThrow(expect.objectContaining({ code }))
  })

  it('depends on places alone, not on status', async () => {
    const members = await signedSuccessor(registry, next => {
      const first = get(next.members, 0)
      first.status = 'suspended'
      get(first.signing, 0).end = { torture: { seq: 3, id }, capital: { seq: 0, id: null } }
    })
    const suspended = await advanceRegistry(registry, { members })
    const asked = { registry: suspended, kid, issuer: 'QM' }
    expect(authorityOf({ ...asked, channel: 'torture' })).toEqual({ from: 1, end: { seq: 3, id } })
    expect(authorityOf({ ...asked, channel: 'capital' })).toEqual({ from: 1, end: { seq: 0, id: null } })
  })

  it('imports a key once', async () => {
    expect(await publicKeyOf(registry, kid)).toBe(await publicKeyOf(registry, kid))
    expect((await publicKeyOf(registry, thumbprint(keys.recovery))).type).toBe('public')
    await expect(publicKeyOf(registry, 'A'.repeat(43))).rejects.toMatchObject({ code: 'key-unknown' })
  })
})

describe('void', () => {
  const yes = () => true
  const no = () => false
  const end = { seq: 5, id }

  it.each([
    ['below from', { authority: { from: 3 }, seq: 2, id, onEndChain: yes }, true],
    ['at from', { authority: { from: 3 }, seq: 3, id, onEndChain: no }, false],
    ['anywhere above while the key is open', { authority: { from: 3 }, seq: 900, id, onEndChain: no }, false],
    ['before the end, on its chain', { authority: { from: 1, end }, seq: 4, id, onEndChain: yes }, false],
    ['before the end, on another branch', { authority: { from: 1, end }, seq: 4, id, onEndChain: no }, true],
    ['at the end, as its notice', { authority: { from: 1, end }, seq: 5, id, onEndChain: no }, false],
    [
      'at the end, as another notice',
      { authority: { from: 1, end }, seq: 5, id: 'C', onEndChain: yes },
      true,
    ],
    ['after the end', { authority: { from: 1, end }, seq: 6, id, onEndChain: yes }, true],
    [
      'anywhere where the key ended unused',
      { authority: { from: 1, end: { seq: 0, id: null } }, seq: 1, id, onEndChain: yes },
      true,
    ],
    ['below from and on the end chain', { authority: { from: 3, end }, seq: 2, id, onEndChain: yes }, true],
  ])('%s', (_, judged, expected) => {
    expect(isVoid(judged)).toBe(expected)
  })
})

describe('who connects and joins', () => {
  const listedIn = (channel: string, of = registry) => membersIn(of, channel).map(member => member.id)

  it('is an active member', async () => {
    const peerId = await peerIdOf(keys.node)
    expect(mayConnect(registry, peerId)).toBe('QM')
    expect(mayConnect(registry, await peerIdOf(keys.signing))).toBeUndefined()
    const members = await signedSuccessor(registry, next => {
      get(next.members, 0).status = 'left'
      endKeys(get(next.members, 0))
    })
    const without = await advanceRegistry(registry, { members })
    expect(mayConnect(without, peerId)).toBeUndefined()
    expect(memberOf(without, peerId)?.id).toBe('QM')
    expect(findMember(without, 'QM')?.status).toBe('left')
    expect(listedIn('torture', without)).toEqual(['XE'])
  })

  it('is in the channels it has joined', () => {
    expect(listedIn('torture')).toEqual(['QM', 'XE'])
    expect(listedIn('capital')).toEqual(['QM'])
    expect(listedIn('other')).toEqual([])
    expect(findMember(registry, 'XX')).toBeUndefined()
  })
})

describe('a peer id', () => {
  it('spells out its key', async () => {
    for (const { node } of ['QM', 'QN', 'XD', 'XE'].map(member => keysOfMember('test', member))) {
      const peerId = await peerIdOf(node)
      expect(jwkOfPeerId(peerId)).toEqual(publicOf(node))
      expect(kidOfPeerId(peerId)).toBe(thumbprint(node))
    }
  })

  it('of another kind has no key here', () => {
    for (const other of ['', 'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N', `12D3KooW${'z'.repeat(44)}`]) {
      expect(jwkOfPeerId(other)).toBeUndefined()
    }
  })
})
