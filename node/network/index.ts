import type { Connection, Stream } from '@libp2p/interface'
import { limits, syncProtocolOf, topicsOf } from '#protocol'
import { AddressBook } from './addresses.ts'
import type { Answering } from './answer.ts'
import { Answers } from './answers.ts'
import { Beacons } from './beacons.ts'
import { Brake } from './brake.ts'
import { CatchUp } from './catch-up.ts'
import { Dialer } from './dialer.ts'
import { gaterOf, Newcomers, Refusals, unsafeOpenGater } from './gater.ts'
import { Gossip } from './gossip.ts'
import { Holders } from './holders.ts'
import { type Node, openNode } from './libp2p.ts'
import { repeat } from './loop.ts'
import { openNodeKey } from './node-key.ts'
import type { Network, NetworkOptions, Versions } from './options.ts'
import { PeerBook, viewPeers } from './peers.ts'
import { poke } from './poke.ts'
import { RegistryNews } from './registry-news.ts'
import { watchScores } from './score.ts'
import { asError } from './streams.ts'
import { channelTopics, topicTable } from './topics.ts'
import { watchGossipStreams } from './watchdog.ts'

export { Holders } from './holders.ts'
export type * from './options.ts'

const defaults = {
  degree: 10,
  beaconEveryMs: 30_000,
  catchUpEveryMs: 60_000,
  streamIdleMs: limits.streamIdleMs,
}
const dialEveryMs = 500
const openStreamMs = 10_000
/** More inbound streams of one connection are reset, which says "busy". */
const streamsPerConnection = 8
/** Fork proofs are few; a new member learns of them within this. */
const evidenceEveryMs = 10 * 60_000
/** So many beacons may be missed before a node counts as not heard. */
const beaconsMissed = 4

/** Opens the node's side of the network; nothing of it runs on after it is disposed of. */
export async function openNetwork(given: NetworkOptions): Promise<Network> {
  const options = { ...defaults, ...given }
  const { registry, log, net, member: own, streamIdleMs: idleMs } = options
  const channels = () => options.channels()
  const count: NetworkOptions['count'] = (metric, labels) => options.count(metric, labels)
  const { unsafeOpenGate = false, unsafeNoScores = false, unsafeNoWatchdog = false } = options
  const stop = new AbortController()
  const { signal } = stop
  const protocol = syncProtocolOf(net)
  const topicNames = topicsOf(net)
  const gossipChannels = channelTopics(options)

  const refusals = new Refusals()
  const nodeKey = await openNodeKey(options.nodeKey)
  const table = topicTable({
    options,
    beacons: (text, from) => beacons.judge(text, from),
    registry: (text, from) => news.judge(text, from),
    onGap: (from, why) => void catchUp.requestSettled(why, from),
  })
  const node = await openNode({
    privateKey: nodeKey.privateKey,
    listen: options.listen,
    announce: options.announce ?? [],
    topics: [...table.keys()],
    gater: unsafeOpenGate
      ? unsafeOpenGater
      : gaterOf({ memberOf: peerId => registry.memberOf(peerId), refusals, newcomers: new Newcomers() }),
    unsafeNoScores,
    unsafeNoOutboundBound: options.unsafeNoOutboundBound ?? false,
  })

  const holders = new Holders()
  const book = new PeerBook(() => options.now())
  const addresses = new AddressBook(registry)
  const dialer = new Dialer({ own, degree: options.degree, node, registry, addresses, book, log, signal })
  const connections = () => node.getConnections()
  const brake = new Brake({ connections, count })
  const countRejection = unsafeNoScores
    ? undefined
    : watchScores({ pubsub: node.services.pubsub, connections, refusals, log, count, signal })
  const gossip = new Gossip({
    pubsub: node.services.pubsub,
    topics: table,
    registry,
    isRefused: peer => refusals.has(peer),
    onCrowd: (peer, isCrowded) => {
      if (!unsafeNoScores) brake.crowded(peer, isCrowded)
    },
    onWaste: (peer, how) => {
      if (how === 'reject') countRejection?.(peer)
      else if (!unsafeNoScores && !options.unsafeNoBudgets) brake.wasted(peer, how)
    },
    log,
    count,
  })
  const onHello = (member: string, versions: Versions) => {
    dialer.heard(member)
    news.heard(versions, member)
  }
  const onFrontier: Answering['onFrontier'] = (member, frontier) =>
    holders.tellWhole(member, frontier, options.now())
  /** Whose registry documents were refused in the round that runs: that round mends nothing. */
  const refusedOf = new Set<string>()
  const catchUp = new CatchUp({
    ...options,
    own,
    idleMs,
    everyMs: options.catchUpEveryMs,
    channelsWithoutTopic: () => channels().filter(channel => !gossipChannels.has(channel)),
    connected: () => dialer.connected(),
    connect: member => dialer.connect(member),
    openStream: connection => openStream(connection, protocol, signal),
    onHello,
    onFrontier,
    onDocumentsRefused: (member, error) => {
      book.failed(member, asError(error))
      count('registry_refused')
      log.warn(
        { with: member, error: asError(error).message },
        'The registry documents of a member were refused',
      )
      refusedOf.add(member)
    },
    onFailure: (member, error) => book.failed(member, error),
    onSuccess: member => {
      if (!refusedOf.delete(member)) book.mended(member)
    },
    count,
    signal,
  })
  const news = new RegistryNews({
    registry,
    publish: text => gossip.publish(topicNames.registry, text),
    connected: () => dialer.connected().keys(),
    catchUp: (reason, member) => catchUp.request(reason, member),
    log,
    count,
    signal,
  })
  /** Who signed a beacon knows best; where we are not connected, who passed it on has likely more than we. */
  const nearer = (member: string, from: string) => (dialer.connected().has(member) ? member : from)
  const beacons = new Beacons({
    options,
    everyMs: options.beaconEveryMs,
    channels: [...gossipChannels.keys()],
    key: nodeKey,
    holders,
    book,
    peerCount: () => dialer.connected().size,
    publish: text => gossip.publish(topicNames.beacons, text),
    onMore: (member, from) => void catchUp.requestSettled('beacon', nearer(member, from)),
    onVersions: (versions, member, from) => news.heard(versions, nearer(member, from)),
    signal,
  })

  const publishEvidence = async (text: string) => void (await gossip.publish(topicNames.evidence, text))
  const onPoke: Answering['onPoke'] = member => void catchUp.request('poke', member)
  const answering: Answering = {
    channels,
    idleMs,
    registry,
    serve: options.serve,
    onHello,
    onFrontier,
    onPoke,
  }
  const answers = new Answers(options, answering)
  await node.handle(protocol, (stream, connection) => answers.take(stream, connection), {
    maxInboundStreams: streamsPerConnection,
  })
  node.addEventListener('peer:connect', ({ detail }) => {
    beacons.nextIsWhole()
    void catchUp.request('connect', registry.memberOf(detail.toString()))
  })
  node.addEventListener('peer:disconnect', ({ detail }) => {
    const member = registry.memberOf(detail.toString())
    if (member !== undefined) book.lost(member)
    if (!signal.aborted) dialer.tick()
  })
  if (!unsafeNoWatchdog) watchGossipStreams({ connections, log, count, signal })
  for (const address of options.peers) addresses.add(address)
  dialer.tick()
  void repeat({ everyMs: dialEveryMs, jitter: 0.2, signal }, () => dialer.tick())
  void repeat({ everyMs: evidenceEveryMs, jitter: 0.2, signal }, async () => {
    for (const text of options.serve.frozenEvidence()) await publishEvidence(text)
  })

  return {
    peerId: node.peerId.toString(),
    addresses: () => node.getMultiaddrs().map(String),
    holders,
    publish: async (channel, text) => gossip.publish(gossipChannels.get(channel) ?? '', text),
    publishEvidence,
    announceRegistry: () => news.announce(),
    catchUp: (reason, member) => catchUp.request(reason, member),
    poke: async (member, channel) => {
      const connection = await dialer.connect(member)
      if (!connection) return false
      const versions = registry.versions()
      return poke(() => openStream(connection, protocol, signal), { channel, idleMs, versions })
    },
    addPeers: async addrs => {
      for (const address of addrs) addresses.add(address)
      dialer.forgetFailures()
      dialer.tick()
    },
    peers: () =>
      viewPeers({
        own,
        registry,
        book,
        holders,
        frontier: options.serve.frontier(channels()),
        connectedPeer: member => dialer.connected().get(member)?.remotePeer.toString(),
        isRefused: peerId => refusals.has(peerId),
        now: options.now(),
        silentAfterSeconds: Math.ceil((options.beaconEveryMs * beaconsMissed) / 1_000),
      }),
    onRegistryChanged: async () => {
      hangUpStrangers(node, options)
      dialer.tick()
      await news.announce()
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await node.stop()
      await Promise.all([gossip.settled(), catchUp.settled(), answers.settled()])
    },
  }
}

async function openStream(connection: Connection, protocol: string, signal: AbortSignal): Promise<Stream> {
  return connection.newStream(protocol, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(openStreamMs)]),
  })
}

/** The gater asks for new connections only; who was removed keeps the old one until it is ended. */
function hangUpStrangers(node: Node, { registry, log }: NetworkOptions): void {
  for (const connection of node.getConnections()) {
    const peer = connection.remotePeer.toString()
    if (registry.memberOf(peer) !== undefined) continue
    log.info({ peer }, 'A node that is no longer in the registry was hung up')
    connection.abort(new Error('no longer in the registry'))
  }
}
