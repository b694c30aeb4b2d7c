import { RPC } from '@libp2p/gossipsub/message'
import type { Connection, PrivateKey, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { base64url } from 'jose'
import { syncProtocolOf, topicsOf } from '#protocol'
import { unsafeOpenGater } from '../../node/network/gater.ts'
import { type Node, openNode } from '../../node/network/libp2p.ts'
import { openNodeKey } from '../../node/network/node-key.ts'
import type { MemberKeys } from '../alliance.ts'

/** A libp2p node with none of our manners. */
export class RawPeer {
  readonly node: Node
  readonly topic: string
  readonly sync: string

  private constructor(node: Node, net: string) {
    this.node = node
    this.topic = topicsOf(net).channels.torture ?? ''
    this.sync = syncProtocolOf(net)
  }

  /** With a member's true node key. */
  static async ofMember(keys: MemberKeys, net: string): Promise<RawPeer> {
    return RawPeer.withKey((await openNodeKey(base64url.decode(keys.node.d))).privateKey, net)
  }

  static async withKey(privateKey: PrivateKey, net: string): Promise<RawPeer> {
    const { channels, beacons, evidence, registry } = topicsOf(net)
    const topics = [...Object.values(channels), beacons, evidence, registry]
    const node = await openNode({
      privateKey,
      listen: ['/ip4/127.0.0.1/tcp/0'],
      topics,
      gater: unsafeOpenGater,
      unsafeNoScores: true,
      unsafeNoOutboundBound: true,
    })
    return new RawPeer(node, net)
  }

  addresses(): string[] {
    return this.node.getMultiaddrs().map(String)
  }

  async dial(address: string): Promise<Connection | undefined> {
    const { node } = this
    return node.dial(multiaddr(address), { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  }

  /** The streams on which others take our gossip. */
  gossipStreams(direction: Stream['direction'] = 'outbound'): Stream[] {
    return this.node
      .getConnections()
      .flatMap(({ streams }) => streams)
      .filter(stream => stream.direction === direction && stream.protocol.startsWith('/meshsub/'))
  }

  /** To everybody who is connected, past our own gossipsub. */
  gossip(texts: readonly Uint8Array[]): number {
    const messages = texts.map(data => ({ topic: this.topic, data }))
    const frame = RPC.encode({ subscriptions: [], messages })
    const streams = this.gossipStreams().filter(({ writeStatus }) => writeStatus === 'writable')
    for (const stream of streams) stream.send(Buffer.concat([lengthOf(frame.byteLength), frame]))
    return streams.length
  }
}

/** As protobuf writes lengths: seven bits a byte, the lowest first. */
function lengthOf(bytes: number): Buffer {
  const digits: number[] = []
  for (let left = bytes; ; left >>>= 7) {
    digits.push(left > 0x7f ? (left & 0x7f) | 0x80 : left)
    if (left <= 0x7f) return Buffer.from(digits)
  }
}
