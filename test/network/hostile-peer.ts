import type { Stream } from '@libp2p/interface'
import { base64url } from 'jose'
import { type Frame, type Frontier, syncProtocolOf, topicsOf } from '#protocol'
import { ask, type Round, send } from '../../node/network/ask.ts'
import { readFrames, writeFrames } from '../../node/network/frames.ts'
import { type Node, openNode } from '../../node/network/libp2p.ts'
import { openNodeKey } from '../../node/network/node-key.ts'
import { eventually } from '../eventually.ts'
import type { Participant, Participants } from './participants.ts'

const idleMs = 5_000
interface Offered {
  frontier: Frontier
  pages: string[][]
}

const nothing: Offered = { frontier: { torture: {} }, pages: [] }
const hello: Frame = { frame: 'hello', v: 1, root: 1, members: 1 }

/**
 * A node with a member's true node key and none of our manners: it gossips what the test says, answers catch-up with
 * what the test says, and writes down all that it gets.
 */
export class HostilePeer implements AsyncDisposable {
  readonly member: string
  /** Peer id → what it is answered once, whatever it asks. */
  readonly #offered = new Map<string, Offered>()
  /** All bytes that came by gossip, on any topic, and by catch-up. */
  readonly received: Buffer[] = []
  readonly #node: Node
  readonly #alliance: Participants

  private constructor(member: string, node: Node, alliance: Participants) {
    this.member = member
    this.#node = node
    this.#alliance = alliance
  }

  static async open(member: string, alliance: Participants): Promise<HostilePeer> {
    const { node: jwk } = alliance.keysOf(member)
    const { privateKey } = await openNodeKey(base64url.decode(jwk.d))
    const { channels, registry, evidence, beacons } = topicsOf(alliance.registry.net)
    const topics = [...Object.values(channels), registry, evidence, beacons]
    const gater = { denyDialMultiaddr: () => false }
    const node = await openNode({ privateKey, listen: ['/ip4/127.0.0.1/tcp/0'], topics, gater })
    const peer = new HostilePeer(member, node, alliance)
    node.services.pubsub.addEventListener(
      'message',
      ({ detail }) => void peer.received.push(Buffer.from(detail.data)),
    )
    for (const topic of topics) node.services.pubsub.subscribe(topic)
    await node.handle(peer.#protocol, (stream, { remotePeer }) => peer.#answer(stream, remotePeer.toString()))
    return peer
  }

  get #protocol(): string {
    return syncProtocolOf(this.#alliance.registry.net)
  }

  /** Connects, and waits until gossip flows. */
  async connect(participants: readonly Participant[]): Promise<void> {
    const addresses = this.#node.getMultiaddrs().map(String)
    await Promise.all(participants.map(({ node }) => node.connectTo(addresses)))
    const { torture = '' } = topicsOf(this.#alliance.registry.net).channels
    await eventually(() => {
      const listening = this.#node.services.pubsub.getSubscribers(torture).map(String)
      const missing = participants.filter(({ node }) => !listening.includes(node.peerId))
      if (missing.length > 0) throw new Error(`${missing.map(({ member }) => member)} does not listen yet`)
      // Both sides may have dialled: what is sent on the line that is closed again would be lost.
      const lines = this.#node.getConnections().filter(({ streams }) => !streams.some(isGossipOutbound))
      if (lines.length > 0) throw new Error('a line has no gossip stream yet')
    })
  }

  /** To everybody we are connected with, on the topic of the torture channel unless another is given. */
  async gossip(text: string, topic: 'torture' | 'evidence' = 'torture'): Promise<void> {
    const { channels, evidence } = topicsOf(this.#alliance.registry.net)
    const name = topic === 'evidence' ? evidence : (channels.torture ?? '')
    await this.#node.services.pubsub.publish(name, Buffer.from(text))
  }

  /** Makes a participant come and ask us at once; resolves when it was answered. */
  async offer({ node }: Participant, pages: string[][], frontier: Frontier = { torture: {} }): Promise<void> {
    this.#offered.set(node.peerId, { pages, frontier })
    const stream = await this.#open(node.peerId)
    await send(stream, [hello, { frame: 'poke' }], { idleMs })
    await stream.close()
    await eventually(() => {
      if (this.#offered.has(node.peerId)) throw new Error('it has not come to ask yet')
    })
  }

  /** One round of catch-up with a participant, as a node that holds nothing and wants everything. */
  async ask(
    { node, member }: Participant,
    channels: readonly string[],
    want: readonly string[] = [],
  ): Promise<Round> {
    return ask(await this.#open(node.peerId), {
      from: member,
      channels,
      idleMs,
      registry: {
        memberOf: () => undefined,
        peersOf: () => [],
        joined: () => true,
        activeMembers: () => [],
        versions: () => ({ root: 1, members: 1 }),
        documentsAfter: () => [],
        adopt: async () => {},
        nodeKeyOf: async () => undefined,
      },
      gate: {
        gossip: async () => ({ verdict: 'ignore' }),
        evidence: { judge: async () => 'ignore', stop: async () => 'ignore' },
        page: async texts => {
          this.received.push(...texts.map(text => Buffer.from(text)))
          return { admitted: texts.length, held: 0, refused: 0 }
        },
      },
      serve: {
        frontier: () => ({}),
        asking: () => ({}),
        stops: () => [],
        notices: () => [],
        wanted: () => want,
        frozenEvidence: () => [],
      },
      onHello: () => {},
      onFrontier: (_, frontier) => void this.received.push(Buffer.from(JSON.stringify(frontier))),
      onDocumentsRefused: () => {},
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#node.stop()
  }

  async #open(peerId: string) {
    const connection = this.#node.getConnections().find(({ remotePeer }) => remotePeer.toString() === peerId)
    if (connection === undefined) throw new Error('There is no connection with this participant.')
    return connection.newStream(this.#protocol)
  }

  async #answer(stream: Stream, asker: string): Promise<void> {
    try {
      for await (const frame of readFrames(stream, { idleMs })) {
        if (frame.frame === 'poke') return void (await stream.close())
        if (frame.frame !== 'ask') continue
        this.received.push(Buffer.from(JSON.stringify(frame)))
        break
      }
      const { frontier, pages } = this.#offered.get(asker) ?? nothing
      this.#offered.delete(asker)
      const answer: Frame[] = [
        hello,
        { frame: 'frontier', frontier },
        ...pages.map((notices): Frame => ({ frame: 'page', notices })),
        { frame: 'end' },
      ]
      await writeFrames(stream, answer, { idleMs })
    } catch {
      // The other side has ended the stream, as it should.
    }
  }
}

function isGossipOutbound({ direction, protocol }: Stream): boolean {
  return direction === 'outbound' && protocol.startsWith('/meshsub/')
}
