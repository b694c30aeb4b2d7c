import { describe, expect, it } from 'vitest'
import { canonical } from '../../../protocol/canonical.ts'
import { limits } from '../../../protocol/limits.ts'
import {
  advanceRegistry,
  type JoinRequest,
  parseJoinRequest,
  type Registry,
  type SignedDocument,
  signDocument,
  signJoinRequest,
  verifyJoinRequest,
} from '../../../protocol/registry/index.ts'
import { keysOfMember, peerIdOf } from '../../../scripts/alliance.ts'
import { endKeys, found, get, signedSuccessor } from './builders.ts'
import { joinRequest, otherKey, registered, requestOf, signedBy } from './requests.ts'

const { registry } = await found()
const request = await joinRequest(registry)
const qm = keysOfMember('test', 'QM')
const nextKey = otherKey('QM')
const keyRequest = requestOf(registry, 'QM', { purpose: 'key', signing: registered(nextKey) })

async function codeOf(
  signed: SignedDocument | unknown,
  by: Registry | undefined = registry,
): Promise<string> {
  return verifyJoinRequest(signed, by).then(
    () => 'accepted',
    error => error.code ?? String(error),
  )
}

function codeOfText(text: string): string {
  try {
    parseJoinRequest(text)
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

describe('a request to join', () => {
  it('is proven by its node key and its signing key', async () => {
    const signed = await signedBy(request, ['node', 'signing'])
    expect(await verifyJoinRequest(signed, registry)).toEqual({
      request,
      document: canonical(request),
      by: 'the new keys',
    })
  })

  it.each<[string, ('node' | 'signing' | 'recovery')[]]>([
    ['join-request-not-proven', ['signing']],
    ['join-request-not-proven', ['node']],
    ['join-request-not-proven', []],
    ['join-request-signer-unknown', ['node', 'signing', 'recovery']],
    ['signature-repeated', ['node', 'signing', 'signing']],
  ])('is refused as %s when signed by %j', async (code, uses) => {
    expect(await codeOf(await signedBy(request, uses))).toBe(code)
  })

  it('is proven by every node that it names', async () => {
    const second = otherKey('XK', 'second node')
    const nodes = [...request.nodes, { peerId: await peerIdOf(second), addrs: [] }]
    const keys = keysOfMember('test', 'XK')
    const two = { ...request, nodes }
    expect(await codeOf(await signJoinRequest({ request: two, keys: [keys.node, keys.signing] }))).toBe(
      'join-request-not-proven',
    )
    expect(
      await codeOf(await signJoinRequest({ request: two, keys: [keys.node, second, keys.signing] })),
    ).toBe('accepted')
  })

  it('is refused when its text was changed after signing', async () => {
    const { document, signatures } = await signedBy(request, ['node', 'signing'])
    const changed = document.replace('Kestrelia', 'Kestrelio')
    expect(await codeOf({ document: changed, signatures })).toBe('signature-invalid')
  })

  it('is refused when its signature is of another kind of document', async () => {
    const document = canonical(request)
    const keys = keysOfMember('test', 'XK')
    const signatures = [
      await signDocument({ document, typ: 'join+jws', key: keys.node }),
      await signDocument({ document, typ: 'members+jws', key: keys.signing }),
    ]
    expect(await codeOf({ document, signatures })).toBe('header-not-exact')
  })

  it('is of one network, or of none yet', async () => {
    const toFound = await signedBy(await joinRequest(undefined), ['node', 'signing'])
    expect(await codeOf(toFound)).toBe('net-differs')
    expect((await verifyJoinRequest(toFound, undefined)).request.net).toBeNull()
    await expect(
      verifyJoinRequest(await signedBy(request, ['node', 'signing']), undefined),
    ).rejects.toMatchObject({ code: 'net-differs' })
    const other = await found({ seed: 'other' })
    expect(await codeOf(await signedBy(request, ['node', 'signing']), other.registry)).toBe('net-differs')
  })

  it('brings keys that nobody has', async () => {
    const stolen = await joinRequest(registry, { signing: registered(qm.signing) })
    const keys = keysOfMember('test', 'XK')
    expect(await codeOf(await signJoinRequest({ request: stolen, keys: [keys.node, qm.signing] }))).toBe(
      'members-key-reused',
    )
    const ofAnother = await joinRequest(registry, { recovery: registered(qm.recovery) })
    expect(await codeOf(await signedBy(ofAnother, ['node', 'signing']))).toBe('members-key-reused')
  })

  it('is not for who is active already, but for who left', async () => {
    const again = await joinRequest(registry, { member: 'QM', signing: registered(nextKey) })
    const signed = await signJoinRequest({ request: again, keys: [qm.node, nextKey] })
    expect(await codeOf(signed)).toBe('member-active')
    const members = await signedSuccessor(registry, next => {
      const member = get(next.members, 0)
      member.status = 'left'
      endKeys(member)
    })
    expect(await codeOf(signed, await advanceRegistry(registry, { members }))).toBe('accepted')
    const oldKey = await signedBy(await joinRequest(registry, { member: 'QM' }), ['node', 'signing'])
    expect(await codeOf(oldKey, await advanceRegistry(registry, { members }))).toBe('members-key-reused')
  })
})

describe('a request for a new key', () => {
  it('is proven by the new key and one in force', async () => {
    const signed = await signJoinRequest({ request: keyRequest, keys: [nextKey, qm.signing] })
    expect((await verifyJoinRequest(signed, registry)).by).toBe('signing')
  })

  it('is proven by the recovery key where the signing key is lost', async () => {
    const signed = await signJoinRequest({ request: keyRequest, keys: [nextKey, qm.recovery] })
    expect((await verifyJoinRequest(signed, registry)).by).toBe('recovery')
  })

  it('is refused without either', async () => {
    const sign = (keys: Parameters<typeof signJoinRequest>[0]['keys']) =>
      signJoinRequest({ request: keyRequest, keys })
    expect(await codeOf(await sign([nextKey]))).toBe('join-request-not-proven')
    expect(await codeOf(await sign([qm.signing]))).toBe('join-request-not-proven')
    expect(await codeOf(await sign([nextKey, keysOfMember('test', 'XE').signing]))).toBe(
      'join-request-signer-unknown',
    )
  })

  it('takes a new recovery key only from who holds the old one', async () => {
    const other = otherKey('QM', 'other recovery')
    const wish = { ...keyRequest, recovery: registered(other) }
    const bySigning = await signJoinRequest({ request: wish, keys: [nextKey, qm.signing] })
    const byRecovery = await signJoinRequest({ request: wish, keys: [nextKey, qm.recovery] })
    expect(await codeOf(bySigning)).toBe('join-request-not-proven')
    expect(await codeOf(byRecovery)).toBe('accepted')
  })

  it('is for a key that is new, of a member that is active', async () => {
    const same = requestOf(registry, 'QM', { purpose: 'key' })
    expect(await codeOf(await signedBy(same, ['signing']))).toBe('members-key-reused')
    const stranger = await joinRequest(registry, { purpose: 'key' })
    expect(await codeOf(await signedBy(stranger, ['node', 'signing']))).toBe('member-not-active')
  })
})

describe('a request for channels', () => {
  const wish = requestOf(registry, 'XE', { purpose: 'channels', channels: ['torture', 'capital'] })

  it('is proven by the signing key in force', async () => {
    expect(await codeOf(await signedBy(wish, ['signing']))).toBe('accepted')
    expect(await codeOf(await signedBy(wish, ['recovery']))).toBe('join-request-signer-unknown')
    expect(await codeOf(await signedBy(wish, []))).toBe('join-request-not-proven')
  })

  it('is proven by a new node, too', async () => {
    const second = otherKey('XE', 'second node')
    const nodes = [...wish.nodes, { peerId: await peerIdOf(second), addrs: [] }]
    const { signing } = keysOfMember('test', 'XE')
    const sign = (keys: Parameters<typeof signJoinRequest>[0]['keys']) =>
      signJoinRequest({ request: { ...wish, nodes }, keys })
    expect(await codeOf(await sign([signing]))).toBe('join-request-not-proven')
    expect(await codeOf(await sign([signing, second]))).toBe('accepted')
  })

  it('is refused from a key that is not in force', async () => {
    const unlisted = { ...wish, signing: registered(otherKey('XE')) }
    const signed = await signJoinRequest({ request: unlisted, keys: [otherKey('XE')] })
    expect(await codeOf(signed)).toBe('join-request-not-proven')
  })
})

describe('the form of a request', () => {
  const wrong: Record<string, (wish: JoinRequest & Record<string, unknown>) => unknown> = {
    'no name in English': wish => ({ ...wish, names: { ar: 'كيستريليا' } }),
    'no node': wish => ({ ...wish, nodes: [] }),
    'no channel': wish => ({ ...wish, channels: [] }),
    'a channel twice': wish => ({ ...wish, channels: ['torture', 'torture'] }),
    'a member more': wish => ({ ...wish, more: true }),
    'another purpose': wish => ({ ...wish, purpose: 'rule' }),
    'a kid that is not of its key': wish => ({
      ...wish,
      signing: { ...wish.signing, kid: wish.recovery.kid },
    }),
    'a peer id of another kind': wish => ({ ...wish, nodes: [{ peerId: '12D3KooW', addrs: [] }] }),
    'an invisible control in its name': wish => ({ ...wish, names: { en: 'Kest\u202erelia' } }),
    'more than its bytes': wish => ({
      ...wish,
      contacts: Array.from({ length: limits.joinRequestBytes / 100 }, () => ({ role: 'x'.repeat(100) })),
    }),
  }
  it.each(Object.entries(wrong))('has not %s', (_, change) => {
    expect(codeOfText(canonical(change({ ...request })))).toBe('join-request-malformed')
  })

  it('is JCS', () => {
    expect(codeOfText(canonical(request))).toBe('accepted')
    expect(codeOfText(JSON.stringify(request, null, 1))).toBe('join-request-malformed')
    expect(codeOfText('no JSON')).toBe('join-request-malformed')
  })

  it('has a key of its own for each use', async () => {
    const twice = await joinRequest(registry, { recovery: request.signing })
    expect(codeOfText(canonical(twice))).toBe('members-key-reused')
  })

  it('is checked before it is signed', async () => {
    await expect(signedBy({ ...request, channels: [] }, ['node', 'signing'])).rejects.toMatchObject({
      code: 'join-request-malformed',
    })
    expect(await codeOf({ document: canonical(request) })).toBe('document-malformed')
  })
})
