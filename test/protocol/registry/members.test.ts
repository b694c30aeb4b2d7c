import { describe, expect, it } from 'vitest'
import { canonical } from '../../../protocol/canonical.ts'
import { isError } from '../../../protocol/errors.ts'
import { type Member, type Members, parseMembers } from '../../../protocol/registry/index.ts'
import { endKeys, found, get } from './builders.ts'

const { registry } = await found()

function refusalOf(change: (members: Members, first: Member) => void): string {
  const members = structuredClone(registry.members)
  change(members, get(members.members, 0))
  try {
    parseMembers(canonical(members))
    return 'accepted'
  } catch (error) {
    if (isError(error, 'document-malformed')) return error.details.pointer
    return isError(error) ? error.code : String(error)
  }
}

describe('the form of a members document', () => {
  it('is accepted as it was made', () => {
    expect(refusalOf(() => {})).toBe('accepted')
  })

  it.each<[string, (members: Members, first: Member) => void, string]>([
    ['a net of another form', members => Object.assign(members, { net: 'other' }), '/net'],
    ['a date with a time', members => Object.assign(members, { issued: '2026-01-01T00:00:00Z' }), '/issued'],
    ['no prevHash in version 2', members => Object.assign(members, { version: 2 }), '/prevHash'],
    ['version 0', members => Object.assign(members, { version: 0 }), '/version'],
    ['a member id in small letters', (_, first) => Object.assign(first, { id: 'qm' }), '/members/0/id'],
    ['a member id of one letter', (_, first) => Object.assign(first, { id: 'Q' }), '/members/0/id'],
    ['a member id of nine', (_, first) => Object.assign(first, { id: 'QMQMQMQMQ' }), '/members/0/id'],
    ['a member twice', members => Object.assign(get(members.members, 1), { id: 'QM' }), '/members'],
    ['no English name', (_, first) => Object.assign(first, { names: { ar: 'x' } }), '/members/0/names/en'],
    [
      'a bidi control in a name',
      (_, first) => Object.assign(first.names, { ar: 'x\u202ey' }),
      '/members/0/names/ar',
    ],
    ['a status unheard of', (_, first) => Object.assign(first, { status: 'asleep' }), '/members/0/status'],
    ['a channel that is not listed', (_, first) => first.channels.push('other'), '/members/0'],
    ['a channel twice', (_, first) => first.channels.push('torture'), '/members/0/channels'],
    [
      'a key in a channel that is not listed',
      (_, first) => Object.assign(get(first.signing, 0).from, { other: 1 }),
      '/members/0',
    ],
    [
      'a key from place 0',
      (_, first) => Object.assign(get(first.signing, 0).from, { torture: 0 }),
      '/members/0/signing/0/from/torture',
    ],
    [
      'an end that names too few channels',
      (_, first) => Object.assign(get(first.signing, 0), { end: { torture: { seq: 0, id: null } } }),
      '/members/0/signing/0/end',
    ],
    [
      'an end at a place without its notice',
      (_, first) =>
        Object.assign(get(first.signing, 0), {
          end: { torture: { seq: 1, id: null }, capital: { seq: 0, id: null } },
        }),
      '/members/0/signing/0/end/torture',
    ],
    [
      'a kid that is not of its key',
      (_, first) => Object.assign(get(first.signing, 0), { kid: 'A'.repeat(43) }),
      '/members/0/signing/0/kid',
    ],
    [
      'a key of another curve',
      (_, first) => Object.assign(get(first.recovery, 0).jwk, { crv: 'X25519' }),
      '/members/0/recovery/0/jwk/crv',
    ],
    [
      'a peer id that is none',
      (_, first) =>
        Object.assign(get(first.nodes, 0), { peerId: 'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N' }),
      '/members/0/nodes/0/peerId',
    ],
    [
      'an opt-in channel opened to all',
      members => Object.assign(members.channels, { capital: { optIn: false } }),
      '/channels/capital/optIn',
    ],
  ])('is refused with %s', (_, change, pointer) => {
    expect(refusalOf(change)).toBe(pointer)
  })

  it.each<[string, (members: Members, first: Member) => void]>([
    ['signing twice', (_, first) => first.signing.push(get(first.signing, 0))],
    [
      'signing and recovery',
      (_, first) => first.recovery.push({ kid: get(first.signing, 0).kid, jwk: get(first.signing, 0).jwk }),
    ],
    ['two members', (members, first) => get(members.members, 1).recovery.push(get(first.recovery, 0))],
    ['two nodes', (members, first) => get(members.members, 1).nodes.push(get(first.nodes, 0))],
  ])('has a key in one place: not for %s', (_, change) => {
    expect(refusalOf(change)).toBe('members-key-reused')
  })

  it.each<[string, (first: Member) => void]>([
    ['suspended', first => Object.assign(first, { status: 'suspended' })],
    ['gone', first => Object.assign(first, { status: 'left' })],
    ['out of a channel', first => Object.assign(first, { channels: ['torture'] })],
  ])('has an end for the keys of a member that is %s', (_, change) => {
    expect(refusalOf((_members, first) => change(first))).toBe('members-key-not-ended')
    const ended = (_members: Members, first: Member) => {
      change(first)
      endKeys(first)
    }
    expect(refusalOf(ended)).toBe('accepted')
  })

  it('is at most 2 MiB and holds no __proto__', () => {
    const text = canonical({ ...registry.members, more: 'x'.repeat(2 * 1024 * 1024) })
    expect(() => parseMembers(text)).toThrow(expect.objectContaining({ code: 'document-too-large' }))
    const evil = canonical(registry.members).replace('"channels"', '"__proto__":{},"channels"')
    expect(() => parseMembers(evil)).toThrow(expect.objectContaining({ code: 'document-malformed' }))
  })

  it('may hold members and channels of a later version of the protocol', () => {
    const later = {
      ...registry.members,
      more: true,
      channels: { ...registry.members.channels, newer: { optIn: true } },
    }
    expect(parseMembers(canonical(later)).channels.newer).toEqual({ optIn: true })
  })
})
