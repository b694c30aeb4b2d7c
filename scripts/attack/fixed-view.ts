import {
  findMember,
  importPublicKey,
  jwkOfPeerId,
  kidOfPeerId,
  mayConnect,
  membersIn,
  type Registry,
} from '#protocol'
import type { NetworkOptions } from '../../node/network/index.ts'

/** A registry that never changes, as a network room asks of it. */
export function fixedView(registry: Registry): NetworkOptions['registry'] {
  const active = (name?: string) =>
    (name === undefined ? registry.members.members : membersIn(registry, name)).map(({ id }) => id)
  return {
    memberOf: peerId => mayConnect(registry, peerId),
    peersOf: member => findMember(registry, member)?.nodes ?? [],
    joined: (member, name) => active(name).includes(member),
    activeMembers: active,
    versions: () => ({ root: 1, members: 1, hash: registry.membersHash }),
    documentsAfter: () => [],
    adopt: async () => {},
    nodeKeyOf: async kid => {
      for (const { id, nodes } of registry.members.members) {
        for (const { peerId } of nodes) {
          const jwk = kidOfPeerId(peerId) === kid ? jwkOfPeerId(peerId) : undefined
          if (jwk) return { member: id, key: await importPublicKey(jwk) }
        }
      }
      return undefined
    },
  }
}
