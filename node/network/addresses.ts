import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { RegistryView } from './options.ts'

/** Where each peer can be dialled: what people have configured, beside what the registry says. */
export class AddressBook {
  readonly #added = new Map<string, Set<string>>()
  readonly #registry: RegistryView

  constructor(registry: RegistryView) {
    this.#registry = registry
  }

  /** Takes a multiaddr that ends in `/p2p/…`; one without says of nobody where it is, and is passed over. */
  add(address: string): void {
    const peerId = peerIdOf(multiaddr(address))
    if (peerId === undefined) return
    const known = this.#added.get(peerId) ?? new Set()
    this.#added.set(peerId, known.add(address))
  }

  /** Each node of a member, with all its addresses. */
  nodesOf(member: string): { peerId: string; addresses: Multiaddr[] }[] {
    const registered = this.#registry.peersOf(member)
    const ids = new Set(registered.map(({ peerId }) => peerId))
    for (const peerId of this.#added.keys()) if (this.#registry.memberOf(peerId) === member) ids.add(peerId)
    return [...ids].map(peerId => {
      const addrs = registered.filter(node => node.peerId === peerId).flatMap(node => node.addrs)
      const texts = new Set([...(this.#added.get(peerId) ?? []), ...addrs])
      return { peerId, addresses: [...texts].map(text => withPeer(multiaddr(text), peerId)) }
    })
  }
}

function withPeer(address: Multiaddr, peerId: string): Multiaddr {
  return peerIdOf(address) === undefined ? address.encapsulate(`/p2p/${peerId}`) : address
}

function peerIdOf(address: Multiaddr): string | undefined {
  return address.getComponents().findLast(component => component.name === 'p2p')?.value
}
