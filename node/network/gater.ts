import type { ConnectionGater } from '@libp2p/interface'

/** Peers that broke the rules, each shut out for a time. */
export class Refusals {
  readonly #until = new Map<string, number>()

  refuse(peerId: string, forMs: number): void {
    this.#until.set(peerId, performance.now() + forMs)
  }

  has(peerId: string): boolean {
    const until = this.#until.get(peerId)
    if (until === undefined) return false
    if (performance.now() < until) return true
    this.#until.delete(peerId)
    return false
  }
}

interface Gating {
  memberOf(peerId: string): string | undefined
  refusals: Refusals
}

/** Lets in, and dials, only nodes of active members: asked anew for each connection, as the registry may have changed. */
export function gaterOf({ memberOf, refusals }: Gating): ConnectionGater {
  const denies = (peer: { toString(): string }) => {
    const peerId = peer.toString()
    return memberOf(peerId) === undefined || refusals.has(peerId)
  }
  return {
    denyDialPeer: denies,
    // libp2p's own gater refuses private addresses to dial; who is at the end is decided by the peer id.
    denyDialMultiaddr: () => false,
    denyInboundEncryptedConnection: denies,
    denyOutboundEncryptedConnection: denies,
  }
}
