import {
  canonical,
  type JoinRequest,
  type PrivateJwk,
  type SignedDocument,
  signDocument,
  thumbprint,
} from '#protocol'
import { keysOfMember, peerIdOf, publicOf } from '../alliance.ts'
import { keys, net, registry, secondKey, seed, signMembers, strangersKey } from './alliance.ts'
import type { Vector, VectorFile } from './vector.ts'
import { writtenAt } from './writing.ts'

const newcomer = keysOfMember(seed, 'XK')
const both = [newcomer.node, newcomer.signing]

const join: JoinRequest = {
  net,
  purpose: 'join',
  member: 'XK',
  names: { en: 'Kestrelia' },
  kind: 'state',
  channels: ['torture'],
  nodes: [{ peerId: await peerIdOf(newcomer.node), addrs: ['/dns4/node.xk.example.org/tcp/7600'] }],
  signing: registered(newcomer.signing),
  recovery: registered(newcomer.recovery),
  contacts: [{ role: 'focal point', email: 'focal-point@xk.example.org' }],
  iat: writtenAt,
}

const key = asListed('QM', { purpose: 'key', signing: registered(secondKey) })
const channels = asListed('XE', { purpose: 'channels', channels: ['torture', 'capital'] })

function registered(of: PrivateJwk): JoinRequest['signing'] {
  return { kid: thumbprint(of), jwk: publicOf(of) }
}

/** A request of a member as it stands in the registry. */
function asListed(id: 'QM' | 'XE', changed: Partial<JoinRequest>): JoinRequest {
  const member = registry.members.members.find(each => each.id === id)
  if (member === undefined) throw new TypeError(`There is no member ${id}.`)
  const { names, kind, channels, nodes, contacts } = member
  const { signing, recovery } = keys[id]
  const own = { signing: registered(signing), recovery: registered(recovery) }
  return { ...join, member: id, names, kind, channels, nodes, contacts, ...own, ...changed }
}

/** Not by `signJoinRequest`, which signs no bad form. */
async function signed(request: unknown, by: readonly PrivateJwk[]): Promise<SignedDocument> {
  const document = typeof request === 'string' ? request : canonical(request)
  const signatures = await Promise.all(by.map(each => signDocument({ document, typ: 'join+jws', key: each })))
  return { document, signatures }
}

async function vector(
  expect: string,
  name: string,
  what: string,
  request: unknown = join,
  by: readonly PrivateJwk[] = both,
): Promise<Vector> {
  const { document, signatures } = await signed(request, by)
  return { name, what, signed: { document, signatures }, expect }
}

const good = await signed(join, both)
const [byCoordinator = ''] = (await signMembers(registry.members)).signatures
const [byNode = ''] = good.signatures
const otherRecovery = { ...key, recovery: registered(strangersKey) }

export const joinVectors: VectorFile = {
  about: 'Each `signed` is a join request, given to a coordinator who goes by trust.json.',
  vectors: [
    await vector('accepted', 'join', 'By the node key and the signing key of who is not listed.'),
    await vector('join-request-not-proven', 'join-without-node', 'Without the node key.', join, [
      newcomer.signing,
    ]),
    await vector('join-request-not-proven', 'join-without-signing', 'Without the signing key.', join, [
      newcomer.node,
    ]),
    await vector('join-request-signer-unknown', 'join-with-recovery', 'By one key more.', join, [
      ...both,
      newcomer.recovery,
    ]),
    await vector('signature-repeated', 'join-twice', 'By one key twice.', join, [...both, newcomer.node]),
    await vector('member-active', 'join-active', 'By a member that is active.', { ...join, member: 'QN' }),
    await vector(
      'members-key-reused',
      'join-with-listed-key',
      'With the signing key of a member.',
      { ...join, signing: registered(keys.QM.signing) },
      [newcomer.node, keys.QM.signing],
    ),
    await vector('members-key-reused', 'join-one-key', 'With one key for two uses.', {
      ...join,
      recovery: join.signing,
    }),
    await vector('net-differs', 'join-other-net', 'To another network.', { ...join, net: 'a'.repeat(52) }),
    await vector('net-differs', 'join-to-found', 'To found a network.', { ...join, net: null }),
    {
      name: 'join-changed',
      what: 'Changed after signing.',
      signed: { ...good, document: good.document.replace('Kestrelia', 'Kestrelio') },
      expect: 'signature-invalid',
    },
    {
      name: 'join-signature-of-members',
      what: 'With a signature made for a members document.',
      signed: { ...good, signatures: [byNode, byCoordinator] },
      expect: 'header-not-exact',
    },
    await vector('join-request-malformed', 'join-extra', 'With one member more.', { ...join, more: 1 }),
    await vector('join-request-malformed', 'join-no-node', 'Without a node.', { ...join, nodes: [] }),
    await vector('join-request-malformed', 'join-no-channel', 'Without a channel.', {
      ...join,
      channels: [],
    }),
    await vector('join-request-malformed', 'join-space', 'Not in canonical form.', `${canonical(join)} `),
    await vector('accepted', 'key-by-signing', 'For a new key, by it and the one in force.', key, [
      secondKey,
      keys.QM.signing,
    ]),
    await vector('accepted', 'key-by-recovery', 'For a new key, by it and the recovery key.', key, [
      secondKey,
      keys.QM.recovery,
    ]),
    await vector('join-request-not-proven', 'key-alone', 'For a new key, by it alone.', key, [secondKey]),
    await vector(
      'join-request-signer-unknown',
      'key-by-another',
      'For a new key, by it and the key of another.',
      key,
      [secondKey, keys.QN.signing],
    ),
    await vector(
      'join-request-not-proven',
      'recovery-by-signing',
      'For another recovery key, by the signing key in force.',
      otherRecovery,
      [secondKey, keys.QM.signing],
    ),
    await vector(
      'accepted',
      'recovery-by-recovery',
      'For another recovery key, by the one that is listed.',
      otherRecovery,
      [secondKey, keys.QM.recovery],
    ),
    await vector('member-not-active', 'key-of-nobody', 'For a new key of who is not listed.', {
      ...join,
      purpose: 'key',
    }),
    await vector('accepted', 'channels', 'For one channel more, by the key in force.', channels, [
      keys.XE.signing,
    ]),
    await vector(
      'join-request-not-proven',
      'channels-by-new-key',
      'For channels, by a key in no registry.',
      {
        ...channels,
        signing: registered(strangersKey),
      },
      [strangersKey],
    ),
    await vector(
      'join-request-signer-unknown',
      'channels-by-recovery',
      'For channels, by the recovery key.',
      channels,
      [keys.XE.recovery],
    ),
  ],
}
