import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { FocalpointError } from '#protocol'
import type { RegistryView } from './options.ts'

/** Where each peer can be dialled: what people have configured, beside what the registry says. */
export class AddressBook {
  readonly #added = new Map<string, Set<string>>()
  readonly #registry: RegistryView

  constructor(registry: RegistryView) {
    this.#registry = registry
  }

  /** Takes a multiaddr with `/p2p/…`, for one without says of nobody where it is. Throws `config-invalid`. */
  add(address: string): void {
    const peerId = peerIdOf(parseAddress(address))
    if (peerId === undefined) throw unusable(address)
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
      return {
        peerId,
        addresses: [...texts]
          .map(parseAddress)
          .filter(isKnown)
          .map(known => withPeer(known, peerId)),
      }
    })
  }
}

function withPeer(address: Multiaddr, peerId: string): Multiaddr {
  return peerIdOf(address) === undefined ? address.encapsulate(`/p2p/${peerId}`) : address
}

function peerIdOf(address: Multiaddr | undefined): string | undefined {
  return address?.getComponents().findLast(component => component.name === 'p2p')?.value
}

/** Undefined where it is no multiaddr: a slip in the registry must stop nobody. */
function parseAddress(text: string): Multiaddr | undefined {
  try {
    return multiaddr(text)
  } catch {
    return undefined
  }
}

function isKnown(address: Multiaddr | undefined): address is Multiaddr {
  return address !== undefined
}

function unusable(address: string): FocalpointError<'config-invalid'> {
  return new FocalpointError(
    'config-invalid',
    `"${address}" is no address of a node: write it as /ip4/192.0.2.1/tcp/7700/p2p/12D3KooW….`,
    { errors: [{ pointer: '/peers', code: 'multiaddr', detail: address }] },
  )
}
