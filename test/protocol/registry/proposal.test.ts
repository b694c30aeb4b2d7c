import { describe, expect, it } from 'vitest'
import { canonical } from '../../../protocol/canonical.ts'
import {
  advanceRegistry,
  findMember,
  type LastPlaces,
  nextMembersText,
  parseMembers,
  proposeEnd,
  proposeLeaving,
  proposeStatus,
  type Registry,
  signDocument,
} from '../../../protocol/registry/index.ts'
import { coordinators, found, get, signedSuccessor } from './builders.ts'
import { codeOfThrown } from './codes.ts'
import { otherKey, registered } from './requests.ts'

const { registry } = await found()
const dates = { issued: '2026-06-01' }
const reason = 'The signing machine was stolen.'
const id = 'B'.repeat(43)
const ends: LastPlaces = { torture: { seq: 41, id }, capital: { seq: 0, id: null } }
const kid = get(get(registry.members.members, 0).signing, 0).kid

/** The registry once the coordinators have signed the proposal. */
async function adopted(document: string, before: Registry = registry): Promise<Registry> {
  const signatures = await Promise.all(
    coordinators(1, 2, 3).map(({ key }) => signDocument({ document, typ: 'members+jws', key })),
  )
  return advanceRegistry(before, { members: { document, signatures } })
}

describe('the next members document', () => {
  it('is the one in force with new dates', () => {
    const expires = '2038-01-01'
    const next = parseMembers(nextMembersText(registry, { issued: '2026-06-01', expires }))
    expect(next).toEqual({
      ...registry.members,
      version: 2,
      prevHash: registry.membersHash,
      issued: '2026-06-01',
      expires,
    })
  })

  it('hands on what a later version of the protocol added', async () => {
    const signed = await signedSuccessor(registry, next => {
      Object.assign(next, { later: { a: 1 } })
      Object.assign(get(next.members, 1), { later: true })
    })
    const before = await advanceRegistry(registry, { members: signed })
    const text = nextMembersText(before, dates)
    expect(JSON.parse(text)).toMatchObject({ later: { a: 1 }, members: [{}, { later: true }] })
    expect((await adopted(text, before)).members.version).toBe(3)
  })

  it('is refused where every node would refuse it', () => {
    expect(codeOfThrown(() => nextMembersText(registry, dates, next => next.members.pop()))).toBe(
      'members-member-dropped',
    )
    const [coordinator] = registry.root.coordinators
    expect(
      codeOfThrown(() =>
        nextMembersText(registry, dates, next => {
          const { kid, jwk } = coordinator ?? { kid: '', jwk: registered(otherKey('QM')).jwk }
          get(next.members, 0).recovery.push({ kid, jwk })
        }),
      ),
    ).toBe('members-key-reused')
  })
})

describe('the end of a key', () => {
  it('names its last place in every channel, and why', async () => {
    const text = proposeEnd(registry, { member: 'QM', kid, ends, reason, dates })
    const { signing } = get(parseMembers(text).members, 0)
    expect(signing).toMatchObject([{ kid, end: ends, reason }])
    expect((await adopted(text)).members.version).toBe(2)
  })

  it('is unused where the key begins beyond the last place', async () => {
    const members = await signedSuccessor(registry, next => {
      get(next.members, 0).signing.push({ ...registered(otherKey('QM')), from: { torture: 42 } })
    })
    const before = await advanceRegistry(registry, { members })
    const next = proposeEnd(before, {
      member: 'QM',
      kid: registered(otherKey('QM')).kid,
      ends: { torture: { seq: 41, id } },
      reason,
      dates,
    })
    const [old, unused] = get(parseMembers(next).members, 0).signing
    expect(unused?.end).toEqual({ torture: { seq: 0, id: null } })
    expect(old?.end).toBeUndefined()
  })

  it.each([
    ['places-missing', { ends: { torture: { seq: 41, id } } }],
    ['proposal-pointless', { kid: 'A'.repeat(43) }],
    ['proposal-pointless', { member: 'XX' }],
    ['document-malformed', { reason: '' }],
    ['document-malformed', { ends: { ...ends, torture: { seq: 41, id: null } } }],
  ])('is refused as %s', (code, changes) => {
    expect(
      codeOfThrown(() => proposeEnd(registry, { member: 'QM', kid, ends, reason, dates, ...changes })),
    ).toBe(code)
  })

  it('never moves', async () => {
    const ended = await adopted(proposeEnd(registry, { member: 'QM', kid, ends, reason, dates }))
    expect(codeOfThrown(() => proposeEnd(ended, { member: 'QM', kid, ends, reason, dates }))).toBe(
      'proposal-pointless',
    )
  })
})

describe('a member that is to be silent', () => {
  it.each(['suspended', 'left'] as const)('is %s, and every open key of its ends', async status => {
    const text = proposeStatus(registry, { member: 'QM', status, ends, reason, dates })
    const { signing, ...member } = get(parseMembers(text).members, 0)
    expect(member.status).toBe(status)
    expect(signing.map(({ end }) => end)).toEqual([ends])
    const after = await adopted(text)
    expect(codeOfThrown(() => proposeStatus(after, { member: 'QM', status, ends, reason, dates }))).toBe(
      status === 'left' ? 'member-not-active' : 'proposal-pointless',
    )
  })

  it('may leave after it was suspended', async () => {
    const wish = { member: 'QM', ends, reason, dates }
    const suspended = await adopted(proposeStatus(registry, { ...wish, status: 'suspended' }))
    const left = await adopted(proposeStatus(suspended, { ...wish, ends: {}, status: 'left' }), suspended)
    expect(findMember(left, 'QM')).toMatchObject({ status: 'left', signing: [{ end: ends }] })
  })

  it('is refused without the places of all its channels, or when nobody knows it', () => {
    const wish = { member: 'QM', status: 'suspended', ends: {}, reason, dates } as const
    expect(codeOfThrown(() => proposeStatus(registry, wish))).toBe('places-missing')
    expect(codeOfThrown(() => proposeStatus(registry, { ...wish, member: 'XX' }))).toBe('member-not-active')
  })
})

describe('leaving a channel', () => {
  it('ends the keys that speak there, in all of their channels', async () => {
    const text = proposeLeaving(registry, { member: 'QM', channel: 'capital', ends, reason, dates })
    expect(get(parseMembers(text).members, 0)).toMatchObject({
      status: 'active',
      channels: ['torture'],
      signing: [{ end: ends }],
    })
    expect((await adopted(text)).members.version).toBe(2)
  })

  it('leaves keys alone that speak elsewhere only', async () => {
    const other = registered(otherKey('QM'))
    const members = await signedSuccessor(registry, next => {
      get(next.members, 0).signing.push({ ...other, from: { torture: 42 } })
    })
    const before = await advanceRegistry(registry, { members })
    const text = proposeLeaving(before, { member: 'QM', channel: 'capital', ends, reason, dates })
    const { signing } = get(parseMembers(text).members, 0)
    expect(signing.filter(({ end }) => end === undefined).map(key => key.kid)).toEqual([other.kid])
  })

  it('is refused for who is not there', () => {
    const wish = { channel: 'capital', ends, reason, dates }
    expect(codeOfThrown(() => proposeLeaving(registry, { ...wish, member: 'XE' }))).toBe('proposal-pointless')
    expect(codeOfThrown(() => proposeLeaving(registry, { ...wish, member: 'XX' }))).toBe('member-not-active')
  })
})

it('a proposal is JCS', () => {
  const text = nextMembersText(registry, dates)
  expect(canonical(JSON.parse(text))).toBe(text)
})
