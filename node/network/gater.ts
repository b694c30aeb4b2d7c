import type { ConnectionGater, MultiaddrConnection } from '@libp2p/interface'

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
  newcomers: Newcomers
}

/** Connections of one address whose peer has not said yet who it is; 62 members behind one address start at once. */
const unknownPerHost = 64
/** Less than libp2p takes in, which turns new ones away. */
const unknownInAll = 150

interface Line extends Pick<MultiaddrConnection, 'remoteAddr' | 'addEventListener' | 'abort'> {}

/**
 * Connections that came in and are not yet known. When there are too many the oldest goes: an honest node needs
 * milliseconds to say who it is, and would be kept out if silent ones held all the places.
 */
export class Newcomers {
  readonly #waiting = new Map<Line, string>()

  get count(): number {
    return this.#waiting.size
  }

  add(line: Line): void {
    const host = hostOf(line)
    this.#waiting.set(line, host)
    line.addEventListener('close', () => this.known(line))
    const sameHost = [...this.#waiting].filter(([, other]) => other === host)
    const [oldest] = this.#waiting
    if (sameHost.length > unknownPerHost) this.#end(sameHost[0]?.[0])
    else if (this.#waiting.size > unknownInAll) this.#end(oldest?.[0])
  }

  /** It has said who it is, or is gone. */
  known(line: Line): void {
    this.#waiting.delete(line)
  }

  #end(line: Line | undefined): void {
    if (line === undefined) return
    this.#waiting.delete(line)
    line.abort(new Error('too many connections of unknown peers'))
  }
}

function hostOf({ remoteAddr }: Line): string {
  return remoteAddr.getComponents().find(({ name }) => name.startsWith('ip'))?.value ?? ''
}

/** Lets in, and dials, only nodes of active members: asked anew for each connection, as the registry may have changed. */
export function gaterOf({ memberOf, refusals, newcomers }: Gating): ConnectionGater {
  const denies = (peer: { toString(): string }) => {
    const peerId = peer.toString()
    return memberOf(peerId) === undefined || refusals.has(peerId)
  }
  return {
    denyDialPeer: denies,
    // libp2p's own gater refuses private addresses to dial; who is at the end is decided by the peer id.
    denyDialMultiaddr: () => false,
    denyInboundConnection: line => {
      newcomers.add(line)
      return false
    },
    denyInboundEncryptedConnection: (peer, line) => {
      newcomers.known(line)
      return denies(peer)
    },
    denyOutboundEncryptedConnection: denies,
  }
}

/** Only for control runs. */
export const unsafeOpenGater: ConnectionGater = { denyDialMultiaddr: () => false }
