import { canonical, signJoinRequest, thumbprint } from '#protocol'
import { keysOfMember, peerIdOf, publicOf } from '../alliance.ts'
import { registry } from '../vectors/alliance.ts'

const { node, signing, recovery } = keysOfMember('fuzz', 'XF')

/** A good request to join, to begin with. */
export const joinTexts: readonly string[] = [
  canonical(
    await signJoinRequest({
      request: {
        net: registry.net,
        purpose: 'join',
        member: 'XF',
        names: { en: 'Farrowick' },
        kind: 'state',
        channels: ['torture'],
        nodes: [{ peerId: await peerIdOf(node), addrs: ['/ip4/127.0.0.1/tcp/7700'] }],
        signing: { kid: thumbprint(signing), jwk: publicOf(signing) },
        recovery: { kid: thumbprint(recovery), jwk: publicOf(recovery) },
        contacts: [{ role: 'focal point', email: 'focal-point@xf.example.org' }],
        iat: 1_777_896_000,
      },
      keys: [node, signing, recovery],
    }),
  ),
]
