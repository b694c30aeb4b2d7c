import type { GossipSub, GossipsubOpts } from '@libp2p/gossipsub'
import type { Connection } from '@libp2p/interface'
import { Allowance } from './allowance.ts'
import type { Refusals } from './gater.ts'
import type { NetworkLog } from './options.ts'

type ScoreParams = NonNullable<GossipsubOpts['scoreParams']>

/** Below `graylistThreshold` a peer is cut off: seven rejected notices within a minute or so. */
export const scoreThresholds = {
  gossipThreshold: -100,
  publishThreshold: -200,
  graylistThreshold: -400,
  acceptPXThreshold: 1e9,
  opportunisticGraftThreshold: 1,
}

/** The seventh rejected text within a minute is one too many: the same measure as the threshold's. */
const rejectionsAllowed = { burst: 6, perSecond: 0.05 }
/** How long a peer that was cut off is not let in again. */
const refusedForMs = 10 * 60_000
const watchEveryMs = 250

/** Without params of its topics gossipsub holds nothing against anybody. */
export const unsafeNoScoreParams: ScoreParams = {
  topics: {},
  topicScoreCap: 10,
  appSpecificScore: () => 0,
  appSpecificWeight: 1,
  IPColocationFactorWeight: 0,
  IPColocationFactorThreshold: 1_000,
  IPColocationFactorWhitelist: new Set(),
  behaviourPenaltyWeight: -1,
  behaviourPenaltyThreshold: 6,
  behaviourPenaltyDecay: 0.9,
  decayInterval: 1_000,
  decayToZero: 0.01,
  retainScore: 3_600_000,
}

/** Only what was rejected counts, and quiet counts for nothing: our topics are silent for hours. */
export function scoreParamsOf(topics: readonly string[]): ScoreParams {
  return {
    ...unsafeNoScoreParams,
    topics: Object.fromEntries(topics.map(topic => [topic, topicParams])),
  }
}

const topicParams = {
  topicWeight: 1,
  timeInMeshWeight: 0.01,
  timeInMeshQuantum: 1_000,
  timeInMeshCap: 10,
  firstMessageDeliveriesWeight: 0,
  firstMessageDeliveriesDecay: 0.9,
  firstMessageDeliveriesCap: 10,
  meshMessageDeliveriesWeight: 0,
  meshMessageDeliveriesDecay: 0.9,
  meshMessageDeliveriesCap: 10,
  meshMessageDeliveriesThreshold: 1,
  meshMessageDeliveriesWindow: 10,
  meshMessageDeliveriesActivation: 1_000,
  meshFailurePenaltyWeight: 0,
  meshFailurePenaltyDecay: 0.9,
  invalidMessageDeliveriesWeight: -10,
  invalidMessageDeliveriesDecay: 0.99,
}

interface Watched {
  pubsub: GossipSub
  connections(): Connection[]
  refusals: Refusals
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
  signal: AbortSignal
}

/**
 * Closes and shuts out a peer with a bad score: gossipsub alone only stops listening to it, and still pays for its bytes.
 * What is returned counts a text of a peer that was rejected: gossipsub's own count is told a second late.
 */
export function watchScores(watched: Watched): (peer: string) => void {
  const rejections = new Allowance(rejectionsAllowed)
  const timer = setInterval(() => {
    for (const connection of watched.connections()) cutOffIfBad(connection, watched)
  }, watchEveryMs)
  watched.signal.addEventListener('abort', () => clearInterval(timer))
  return peer => {
    if (!rejections.take(peer) && !watched.refusals.has(peer)) cutOff(peer, watched)
  }
}

function scoreOf(pubsub: GossipSub, peerId: string): number {
  return isScored(pubsub) ? pubsub.getScore(peerId) : 0
}

function cutOffIfBad({ remotePeer }: Connection, watched: Watched): void {
  const peer = remotePeer.toString()
  const score = scoreOf(watched.pubsub, peer)
  if (score < scoreThresholds.graylistThreshold && !watched.refusals.has(peer)) cutOff(peer, watched)
}

function cutOff(peer: string, { connections, refusals, log, count }: Watched): void {
  refusals.refuse(peer, refusedForMs)
  count('peers_refused', { reason: 'score' })
  log.warn({ peer }, 'A peer that sends what every honest node refuses was cut off')
  for (const connection of connections()) {
    if (connection.remotePeer.toString() === peer) connection.abort(new Error('too many rejected notices'))
  }
}

/** `getScore` is public in gossipsub's class and missing from its type. */
function isScored(pubsub: object): pubsub is { getScore(peerId: string): number } {
  return 'getScore' in pubsub && typeof pubsub.getScore === 'function'
}
