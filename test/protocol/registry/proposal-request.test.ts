import { describe, expect, it } from 'vitest'
import {
  advanceRegistry,
  foundMembers,
  type LastPlaces,
  type Member,
  parseMembers,
  proposeRequest,
  type Registry,
} from '../../../protocol/registry/index.ts'
import { keysOfMember } from '../../../scripts/alliance.ts'
import { endKeys, found, get, signedSuccessor } from './builders.ts'
import { codeOfThrown } from './codes.ts'
import { joinRequest, otherKey, registered, requestOf } from './requests.ts'

const { registry } = await found()
const dates = { issued: '2026-06-01' }
const id = 'B'.repeat(43)
const ends: LastPlaces = { torture: { seq: 41, id }, capital: { seq: 7, id } }
const nextKey = registered(otherKey('QM'))
const keyRequest = requestOf(registry, 'QM', { purpose: 'key', signing: nextKey })
const [qm, xe] = registry.members.members

type Granting = Parameters<typeof proposeRequest>[1]

function granted(granting: Omit<Granting, 'dates'>, before: Registry = registry): Member[] {
  return parseMembers(proposeRequest(before, { ...granting, dates })).members
}

function refusalOf(granting: Omit<Granting, 'dates'>, before?: Registry): string {
  return codeOfThrown(() => granted(granting, before))
}

async function without(member: string): Promise<Registry> {
  const members = await signedSuccessor(registry, next => {
    for (const each of next.members) {
      if (each.id !== member) continue
      each.status = 'left'
      endKeys(each)
    }
  })
  return advanceRegistry(registry, { members })
}

describe('a request to join that is granted', () => {
  it('lists the member as it asked, its key from the first place on', async () => {
    const request = await joinRequest(registry, { channels: ['torture', 'capital'] })
    const [first, second, third] = granted({ request })
    expect([first, second]).toEqual([qm, xe])
    expect(third).toEqual({
      id: 'XK',
      names: request.names,
      kind: 'state',
      status: 'active',
      channels: ['torture', 'capital'],
      nodes: request.nodes,
      signing: [{ ...request.signing, from: { torture: 1, capital: 1 } }],
      recovery: [request.recovery],
      contacts: request.contacts,
    })
  })

  it('brings back who left, from where its log goes on, with its old key still listed', async () => {
    const before = await without('QM')
    const request = await joinRequest(registry, { member: 'QM', signing: nextKey })
    expect(refusalOf({ request }, before)).toBe('places-missing')
    const [back] = granted({ request, from: { torture: 42 } }, before)
    expect(back).toMatchObject({ status: 'active', names: { en: 'Kestrelia' }, channels: ['torture'] })
    expect(back?.signing.map(key => key.from)).toEqual([{ torture: 1, capital: 1 }, { torture: 42 }])
    expect(back?.recovery).toEqual([request.recovery])
  })

  it('is refused for who is active, in a channel that is not listed, or with a key of another', async () => {
    expect(refusalOf({ request: await joinRequest(registry, { member: 'QM' }) })).toBe('member-active')
    expect(refusalOf({ request: await joinRequest(registry, { channels: ['other'] }) })).toBe(
      'document-malformed',
    )
    const recovery = registered(keysOfMember('test', 'QM').recovery)
    expect(refusalOf({ request: await joinRequest(registry, { recovery }) })).toBe('members-key-reused')
  })
})

describe('a request for a new key that is granted', () => {
  it('adds the key from its place on and leaves the old one open', () => {
    const [changed, other] = granted({ request: keyRequest, from: { torture: 42, capital: 8 } })
    expect(other).toEqual(xe)
    expect(changed?.signing).toEqual([qm?.signing[0], { ...nextKey, from: { torture: 42, capital: 8 } }])
  })

  it('ends the old one where its last places are told', () => {
    const [changed] = granted({ request: keyRequest, from: { torture: 42, capital: 8 }, ends })
    expect(changed?.signing).toMatchObject([{ end: ends }, { kid: nextKey.kid }])
    expect(changed?.signing[1]?.end).toBeUndefined()
  })

  it('leaves a channel that it does not name, for which the old key must end', () => {
    const request = { ...keyRequest, channels: ['torture'] }
    expect(refusalOf({ request, from: { torture: 42 } })).toBe('places-missing')
    const [changed] = granted({ request, from: { torture: 42 }, ends })
    expect(changed).toMatchObject({
      channels: ['torture'],
      signing: [{ end: ends }, { from: { torture: 42 } }],
    })
  })

  it('needs the place from which it speaks', () => {
    expect(refusalOf({ request: keyRequest })).toBe('places-missing')
    expect(refusalOf({ request: keyRequest, from: { torture: 42 } })).toBe('places-missing')
    expect(refusalOf({ request: { ...keyRequest, member: 'XK' }, from: { torture: 1 } })).toBe(
      'member-not-active',
    )
  })

  it('replaces the recovery key where it names another', () => {
    const recovery = registered(otherKey('QM', 'other recovery'))
    const [changed] = granted({ request: { ...keyRequest, recovery }, from: { torture: 42, capital: 8 } })
    expect(changed?.recovery).toEqual([recovery])
  })
})

describe('a request for channels that is granted', () => {
  const wish = requestOf(registry, 'XE', { purpose: 'channels', channels: ['torture', 'capital'] })

  it('lets the key speak there from the first place on', () => {
    const [first, changed] = granted({ request: wish })
    expect(first).toEqual(qm)
    expect(changed).toEqual({
      ...xe,
      channels: ['torture', 'capital'],
      signing: [{ ...get(xe?.signing ?? [], 0), from: { torture: 1, capital: 1 } }],
    })
  })

  it('changes where the node is reached and who is called', () => {
    const [node] = wish.nodes
    const nodes = node ? [{ ...node, addrs: ['/ip4/127.0.0.1/tcp/9009'] }] : []
    const contacts = [{ role: 'night desk', telephone: '+000' }]
    const [, changed] = granted({ request: { ...wish, channels: ['torture'], nodes, contacts } })
    expect(changed).toEqual({ ...xe, nodes, contacts })
  })

  it('is refused to leave a channel, or for nothing', () => {
    const leave = requestOf(registry, 'QM', { purpose: 'channels', channels: ['torture'] })
    expect(refusalOf({ request: leave })).toBe('members-key-not-ended')
    expect(refusalOf({ request: { ...wish, channels: ['torture'] } })).toBe('proposal-pointless')
    expect(refusalOf({ request: { ...wish, member: 'XK' } })).toBe('member-not-active')
  })
})

describe('the first members document', () => {
  it('lists those who asked, each from the first place on', async () => {
    const requests = [await joinRequest(undefined), await joinRequest(undefined, { member: 'XL' })]
    const channels = { torture: { optIn: false } }
    const made = parseMembers(
      foundMembers({ net: 'a'.repeat(52), requests, channels, issued: '2026-06-01', expires: '2027-06-01' }),
    )
    expect(made).toMatchObject({ version: 1, rootVersion: 1, prevHash: null, channels })
    expect(made.members.map(member => [member.id, member.signing[0]?.from])).toEqual([
      ['XK', { torture: 1 }],
      ['XL', { torture: 1 }],
    ])
  })

  it('has a channel for each that is asked for', async () => {
    const requests = [await joinRequest(undefined, { channels: ['capital'] })]
    const terms = { net: 'a'.repeat(52), issued: '2026-06-01', expires: '2027-06-01' }
    expect(codeOfThrown(() => foundMembers({ ...terms, requests, channels: {} }))).toBe('document-malformed')
  })
})
