import { createHash } from 'node:crypto'
import { noise } from '@chainsafe/libp2p-noise'
import { type GossipSub, gossipsub, type Message } from '@libp2p/gossipsub'
import { type Identify, identify } from '@libp2p/identify'
import type { ConnectionGater, Libp2p, PrivateKey } from '@libp2p/interface'
import { type Ping, ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { FocalpointError, limits } from '#protocol'
import { keyedNoiseCipher } from './noise-cipher.ts'
import type { UnsafeNetworkOptions } from './options.ts'
import { scoreParamsOf, scoreThresholds, unsafeNoScoreParams } from './score.ts'

export type Node = Libp2p<{ identify: Identify; ping: Ping; pubsub: GossipSub }>

interface NodeOptions extends Pick<UnsafeNetworkOptions, 'unsafeNoScores' | 'unsafeNoOutboundBound'> {
  privateKey: PrivateKey
  listen: readonly string[]
  announce?: readonly string[]
  topics: readonly string[]
  gater: ConnectionGater
}

/** A peer that does not read is cut off here, and brought back by the watchdog; without it we would buffer for ever. */
const gossipOutboundBytes = 2 * 1024 * 1024

/** How many peers each topic is kept with: every copy costs some 2 ms, so few, and never more than a handful too many. */
const mesh = { D: 5, Dlo: 4, Dhi: 8, Dscore: 3, Dout: 2 }

/**
 * One RPC that answers a peer outside our mesh holds many notices; over this limit gossipsub ends the peer's stream for
 * good, so it is wider than a frame. Each notice in it still has its own limit.
 */
const gossipRpcBytes = 4 * limits.frameBytes

/** Members behind one address are many (a hosting centre, the demonstration): who may connect, the gater decides. */
const connectionManager = {
  maxConnections: 1_000,
  inboundConnectionThreshold: 1_000,
  maxIncomingPendingConnections: 200,
  inboundUpgradeTimeout: 15_000,
  dialTimeout: 15_000,
}

/** Throws `port-busy`. */
export async function openNode(options: NodeOptions): Promise<Node> {
  try {
    return await startNode(options)
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.includes('EADDRINUSE'))) throw cause
    const address = options.listen.join(', ')
    throw new FocalpointError(
      'port-busy',
      `Something else listens on ${address} already: stop it, or choose another port.`,
      { address },
      { cause },
    )
  }
}

function startNode(options: NodeOptions): Promise<Node> {
  const { privateKey, listen, announce = [], topics, gater } = options
  const { unsafeNoScores = false, unsafeNoOutboundBound = false } = options
  return createLibp2p({
    privateKey,
    addresses: { listen: [...listen], announce: [...announce] },
    transports: [tcp()],
    connectionEncrypters: [noise({ crypto: keyedNoiseCipher })],
    streamMuxers: [yamux({ streamOptions: streamOptions() })],
    connectionGater: gater,
    connectionManager,
    connectionMonitor: { pingInterval: 15_000, pingTimeout: { minTimeout: 20_000 } },
    services: {
      identify: identify({ timeout: 30_000 }),
      ping: ping(),
      pubsub: gossipsub({
        ...mesh,
        globalSignaturePolicy: 'StrictNoSign',
        msgIdFn: messageId,
        allowedTopics: [...topics],
        fallbackToFloodsub: false,
        floodPublish: false,
        batchPublish: true,
        allowPublishToZeroTopicPeers: true,
        ignoreDuplicatePublishError: true,
        maxInboundDataLength: gossipRpcBytes,
        ...(!unsafeNoOutboundBound && { maxOutboundBufferSize: gossipOutboundBytes }),
        scoreParams: unsafeNoScores ? unsafeNoScoreParams : scoreParamsOf(topics),
        scoreThresholds,
      }),
    },
  })
}

/** The window is half of what may be on the way, the other half is in hand; a paused stream must hold a window, or it is aborted. */
function streamOptions() {
  return {
    initialStreamWindowSize: 256 * 1024,
    maxStreamWindowSize: limits.syncInFlightBytes / 2,
    maxReadBufferLength: 2 * limits.syncInFlightBytes,
  }
}

/**
 * SHA-256 of topic, line feed and all bytes: the id is noted before anything is judged, so neither a forged copy nor
 * the same bytes under another topic may share it.
 */
function messageId({ topic, data }: Message): Uint8Array {
  return createHash('sha256').update(topic).update('\n').update(data).digest()
}
