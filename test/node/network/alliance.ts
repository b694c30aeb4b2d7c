import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { FocalpointError, type Frontier, sha256 } from '#protocol'
import {
  type Network,
  type NetworkOptions,
  openNetwork,
  type RegistryDocument,
} from '../../../node/network/index.ts'
import { type Node, openNode } from '../../../node/network/libp2p.ts'
import { openNodeKey } from '../../../node/network/node-key.ts'

const net = 'a'.repeat(52)

interface Member {
  id: string
  seed: Uint8Array
  peerId: string
  kid: string
  key: CryptoKey
}

/** A network of fictional members in one process: the registry that all share, and their nodes on loopback. */
export class Alliance implements AsyncDisposable {
  readonly net = net
  readonly members = new Map<string, Member>()
  readonly removed = new Set<string>()
  /** What the registry says of where members can be reached. */
  readonly addresses = new Map<string, readonly string[]>()
  readonly joined = new Map<string, Set<string>>()
  readonly #opened = new AsyncDisposableStack()

  async add(id: string, channels: readonly string[] = ['torture']): Promise<Member> {
    const seed = new Uint8Array(32).fill(this.members.size + 1)
    const { privateKey, kid } = await openNodeKey(seed)
    const key = await crypto.subtle.importKey(
      'raw',
      new Uint8Array(privateKey.publicKey.raw),
      'Ed25519',
      true,
      ['verify'],
    )
    const peerId = await peerIdOf(seed)
    const member = { id, seed, peerId, kid, key }
    this.members.set(id, member)
    this.joined.set(id, new Set(channels))
    return member
  }

  /** A node with a member's key and none of our manners: what it answers and sends, the test says. */
  async openHostile(id: string, topics: readonly string[] = []): Promise<Node> {
    const { seed } = this.members.get(id) ?? (await this.add(id))
    const { privateKey } = await openNodeKey(seed)
    const node = await openNode({ privateKey, listen: ['/ip4/127.0.0.1/tcp/0'], topics, gater: openGater })
    this.#opened.defer(async () => node.stop())
    return node
  }

  async open(id: string, changes: Changes = {}): Promise<OpenedMember> {
    const member = this.members.get(id) ?? (await this.add(id, changes.channels))
    const opened = await openMember(this, member, changes)
    this.#opened.use(opened)
    return opened
  }

  activeMembers(channel?: string): string[] {
    return [...this.members.keys()].filter(id => {
      return !this.removed.has(id) && (channel === undefined || this.joined.get(id)?.has(channel))
    })
  }

  memberOf(peerId: string): string | undefined {
    return this.activeMembers().find(id => this.members.get(id)?.peerId === peerId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync()
  }
}

const openGater = { denyDialMultiaddr: () => false }

export function addressesOf(node: Node): string[] {
  return node.getMultiaddrs().map(String)
}

export type Changes = Partial<Omit<NetworkOptions, 'channels'>> & {
  logs?: Logs
  channels?: readonly string[]
}

export interface OpenedMember extends AsyncDisposable {
  id: string
  network: Network
  logs: Logs
  /** What came by gossip, in order. */
  gossiped: string[]
  counts: Map<string, number>
  registry: OwnRegistry
}

/** What one member's node knows of the registry: its versions and documents, each node for itself. */
export interface OwnRegistry {
  documents: RegistryDocument[]
  adopted: RegistryDocument[]
  refuses: boolean
}

/** The logs of one node in memory: `channel → issuer → texts`, where a text says which place it has. */
export class Logs {
  readonly texts = new Map<string, string[]>()
  /** How many notices have been read to be given to others. */
  given = 0

  add(text: string): 'added' | 'held' | 'gap' {
    const { channel, issuer, seq } = placeOf(text)
    const log = this.log(channel, issuer)
    if (seq <= log.length) return 'held'
    if (seq > log.length + 1) return 'gap'
    log.push(text)
    return 'added'
  }

  log(channel: string, issuer: string): string[] {
    const key = `${channel} ${issuer}`
    const log = this.texts.get(key) ?? []
    this.texts.set(key, log)
    return log
  }

  frontier(channels: readonly string[]): Frontier {
    const frontier: Frontier = {}
    for (const [key, log] of this.texts) {
      const [channel = '', issuer = ''] = key.split(' ')
      const head = log.at(-1)
      if (head === undefined || !channels.includes(channel)) continue
      frontier[channel] = { ...frontier[channel], [issuer]: [log.length, sha256(head)] }
    }
    return frontier
  }

  *after(frontier: Frontier, channels: readonly string[]): Generator<string> {
    for (const [key, log] of this.texts) {
      const [channel = '', issuer = ''] = key.split(' ')
      if (!channels.includes(channel)) continue
      for (const text of log.slice(frontier[channel]?.[issuer]?.[0] ?? 0)) {
        this.given += 1
        yield text
      }
    }
  }
}

export function noticeText(channel: string, issuer: string, seq: number, bytes = 1_400): string {
  return `${channel}:${issuer}:${seq}:`.padEnd(bytes, 'x')
}

export function logsWith(count: number, { channel = 'torture', issuer = 'QN', bytes = 1_400 } = {}): Logs {
  const logs = new Logs()
  for (let seq = 1; seq <= count; seq += 1) logs.add(noticeText(channel, issuer, seq, bytes))
  return logs
}

function placeOf(text: string): { channel: string; issuer: string; seq: number } {
  const [channel = '', issuer = '', seq = '0'] = text.split(':')
  return { channel, issuer, seq: Number(seq) }
}

async function peerIdOf(seed: Uint8Array): Promise<string> {
  const { privateKey } = await openNodeKey(seed)
  return peerIdFromPrivateKey(privateKey).toString()
}

async function openMember(alliance: Alliance, member: Member, changes: Changes): Promise<OpenedMember> {
  const { logs = new Logs(), channels = ['torture'], ...options } = changes
  const counts = new Map<string, number>()
  const registry: OwnRegistry = { documents: [], adopted: [], refuses: false }
  const gossiped: string[] = []
  const gate = options.gate ?? gateOf(logs)
  let beacon = 0
  const network = await openNetwork({
    member: member.id,
    nodeKey: member.seed,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    peers: [],
    net,
    channels: () => channels,
    beaconEveryMs: 60_000,
    catchUpEveryMs: 60_000,
    registry: registryOf(alliance, registry),
    serve: serveOf(logs),
    storeBytes: () => 0,
    softwareVersion: 'test',
    nextBeaconNumber: () => {
      beacon += 1
      return beacon
    },
    now: () => Math.floor(Date.now() / 1_000),
    log: { info: () => {}, warn: () => {}, debug: () => {} },
    count: metric => void counts.set(metric, (counts.get(metric) ?? 0) + 1),
    ...options,
    gate: {
      page: gate.page,
      evidence: gate.evidence,
      gossip: (text, by) => {
        gossiped.push(text)
        return gate.gossip(text, by)
      },
    },
  })
  return {
    id: member.id,
    network,
    logs,
    gossiped,
    counts,
    registry,
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  }
}

function registryOf(alliance: Alliance, own: OwnRegistry): NetworkOptions['registry'] {
  const latest = (kind: string) =>
    Math.max(1, ...own.documents.filter(document => document.kind === kind).map(({ version }) => version))
  return {
    memberOf: peerId => alliance.memberOf(peerId),
    peersOf: id => {
      const member = alliance.members.get(id)
      return member ? [{ peerId: member.peerId, addrs: alliance.addresses.get(id) ?? [] }] : []
    },
    joined: (id, channel) => alliance.activeMembers(channel).includes(id),
    activeMembers: channel => alliance.activeMembers(channel),
    versions: () => ({ root: latest('root'), members: latest('members') }),
    documentsAfter: ({ root, members }) =>
      own.documents.filter(({ kind, version }) => version > (kind === 'root' ? root : members)),
    adopt: async documents => {
      if (own.refuses)
        throw new FocalpointError('signatures-too-few', 'Nobody signed.', { valid: 0, threshold: 2 })
      own.adopted.push(...documents)
      own.documents.push(...documents)
    },
    nodeKeyOf: async kid => {
      const member = [...alliance.members.values()].find(known => known.kid === kid)
      return member && { member: member.id, key: member.key }
    },
  }
}

export function gateOf(logs: Logs): NetworkOptions['gate'] {
  return {
    gossip: async text => {
      const added = logs.add(text)
      return added === 'held' ? { verdict: 'ignore' } : { verdict: 'accept', gap: added === 'gap' }
    },
    page: async (texts, { channels }) => {
      let admitted = 0
      for (const text of texts) {
        const { channel } = placeOf(text)
        if (!channels.includes(channel)) {
          throw new FocalpointError('channel-not-joined', 'This channel was not asked for.', { channel })
        }
        if (logs.add(text) === 'added') admitted += 1
      }
      return { admitted, held: 0, refused: texts.length - admitted }
    },
    evidence: { judge: async () => 'accept', stop: async () => 'accept' },
  }
}

export function serveOf(logs: Logs): NetworkOptions['serve'] {
  return {
    frontier: channels => logs.frontier(channels),
    asking: channels => logs.frontier(channels),
    stops: () => [],
    notices: ({ frontier, channels }) => logs.after(frontier, channels),
    wanted: () => [],
    frozenEvidence: () => [],
  }
}

/** The members that this one is connected to. */
export function connectedTo({ network }: OpenedMember): string[] {
  return network
    .peers()
    .filter(peer => peer.connected)
    .map(peer => peer.member)
}
