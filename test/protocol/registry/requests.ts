import {
  type JoinRequest,
  type Registry,
  type SignedDocument,
  signJoinRequest,
  thumbprint,
} from '../../../protocol/registry/index.ts'
import {
  demonstrationKey,
  keysOfMember,
  type MemberKeys,
  peerIdOf,
  publicOf,
} from '../../../scripts/alliance.ts'

/** Another key of a member of the tests' Alliance. */
export function otherKey(member: string, use = 'next') {
  return demonstrationKey('test', member, use)
}

export function registered(key: { crv: 'Ed25519'; kty: 'OKP'; x: string }) {
  return { kid: thumbprint(key), jwk: publicOf(key) }
}

/** A request to join by a member that is not listed, changed as a test likes. */
export async function joinRequest(
  registry: Pick<Registry, 'net'> | undefined,
  changes: Partial<JoinRequest> = {},
): Promise<JoinRequest> {
  const { member = 'XK' } = changes
  const keys = keysOfMember('test', member)
  return {
    net: registry?.net ?? null,
    purpose: 'join',
    member,
    names: { en: 'Kestrelia' },
    kind: 'state',
    channels: ['torture'],
    nodes: [{ peerId: await peerIdOf(keys.node), addrs: ['/ip4/127.0.0.1/tcp/9007'] }],
    signing: registered(keys.signing),
    recovery: registered(keys.recovery),
    contacts: [{ role: 'focal point', email: 'focal-point@xk.example.org' }],
    iat: 1_780_000_000,
    ...changes,
  }
}

/** A request of a listed member, as it stands in the registry, changed as a test likes. */
export function requestOf(
  registry: Registry,
  member: string,
  changes: Partial<JoinRequest> & Pick<JoinRequest, 'purpose'>,
): JoinRequest {
  const listed = registry.members.members.find(({ id }) => id === member)
  const [signing] = listed?.signing ?? []
  const [recovery] = listed?.recovery ?? []
  if (listed === undefined || signing === undefined || recovery === undefined) {
    throw new TypeError(`${member} is not listed with its keys.`)
  }
  const { names, kind, channels, nodes, contacts } = listed
  return {
    net: registry.net,
    member,
    names,
    kind,
    channels,
    nodes,
    signing: { kid: signing.kid, jwk: signing.jwk },
    recovery,
    contacts,
    iat: 1_780_000_000,
    ...changes,
  }
}

/** Signed by the member's keys of these uses. */
export function signedBy(
  request: JoinRequest,
  uses: readonly (keyof Pick<MemberKeys, 'node' | 'signing' | 'recovery'>)[],
): Promise<SignedDocument> {
  const keys = keysOfMember('test', request.member)
  return signJoinRequest({ request, keys: uses.map(use => keys[use]) })
}
