import { type GossipSub, type Message, TopicValidatorResult } from '@libp2p/gossipsub'
import { FocalpointError, type Verdict } from '#protocol'
import { GateQueue } from './gate-queue.ts'
import type { NetworkLog, RegistryView } from './options.ts'
import { asError } from './streams.ts'

/** What becomes of a text; `too-much` is ignored because its sender or its issuer has gone over a budget. */
export type Judgement = Verdict | 'too-much'

/** One topic of ours: what may stand in it and who judges it. */
export interface Topic {
  /** Its short name in metrics and log lines. */
  name: string
  mostBytes: number
  /** `from` is the member whose node passed the text on. */
  judge(text: string, from: string): Promise<Judgement>
}

interface Gossiping {
  pubsub: GossipSub
  topics: ReadonlyMap<string, Topic>
  registry: RegistryView
  /** Too many texts of this peer wait to be judged, or few enough again. */
  onCrowd(peer: string, isCrowded: boolean): void
  /** Was cut off; what it had sent before is not looked at any more. */
  isRefused(peer: string): boolean
  /** A text of no use came from this peer; `reject` is what it pays for. */
  onWaste(peer: string, how: 'reject' | 'ignore' | 'too-much'): void
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
}

const results = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  // gossipsub never offers it again: keeping it is the gate's work.
  hold: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
  'too-much': TopicValidatorResult.Ignore,
} as const satisfies Record<Judgement, TopicValidatorResult>

/** Texts of one sender that wait: from here on it is read no further, until so few are left. */
const crowd = { from: 32, until: 8 }

const encoder = new TextEncoder()

export class Gossip {
  readonly #gossiping: Gossiping
  readonly #queue = new GateQueue()

  constructor(gossiping: Gossiping) {
    this.#gossiping = gossiping
    for (const [name, topic] of gossiping.topics) {
      gossiping.pubsub.topicValidators.set(name, async (peer, message) => {
        const from = peer.toString()
        const judgement = await this.#judge(topic, from, message)
        const verdict = judgement === 'too-much' ? 'ignore' : judgement
        gossiping.count('gossip', { topic: topic.name, verdict })
        if (judgement !== 'accept' && judgement !== 'hold') gossiping.onWaste(from, judgement)
        return results[judgement]
      })
      gossiping.pubsub.subscribe(name)
    }
  }

  /** The number of peers told; 0 when nobody listens, so that the same text can be published later. */
  async publish(topicName: string, text: string): Promise<number> {
    const { pubsub, topics, log } = this.#gossiping
    const topic = topics.get(topicName)
    if (!topic) return 0
    const bytes = encoder.encode(text)
    checkSize(bytes.byteLength, topic)
    if (pubsub.getSubscribers(topicName).length === 0) return 0
    try {
      const { recipients } = await pubsub.publish(topicName, bytes)
      return recipients.length
    } catch (error) {
      log.warn({ topic: topic.name, error: asError(error).message }, 'A text could not be published')
      return 0
    }
  }

  /** Resolves when all that came in is judged. */
  async settled(): Promise<void> {
    await this.#queue.settled()
  }

  async #judge(topic: Topic, peer: string, { data }: Message): Promise<Judgement> {
    const { registry, isRefused, onCrowd, log, count } = this.#gossiping
    const from = registry.memberOf(peer)
    if (from === undefined || isRefused(peer)) return 'ignore'
    if (data.byteLength > topic.mostBytes) {
      const code = 'notice-too-large'
      count('refused', { code, road: 'gossip' })
      log.warn(
        { code, road: 'gossip', from, bytes: data.byteLength },
        `A text of ${topic.name} was too large`,
      )
      return 'reject'
    }
    // All our texts are ASCII; other bytes become letters that no form of ours allows, and stay one text for one message.
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1')
    try {
      const line = `${topic.name} ${peer}`
      const entered = this.#queue.enter(line, data.byteLength, async () =>
        isRefused(peer) ? 'ignore' : topic.judge(text, from),
      )
      if (this.#queue.waiting(line) >= crowd.from) onCrowd(peer, true)
      const judgement = await entered
      if (this.#queue.waiting(line) <= crowd.until) onCrowd(peer, false)
      if (judgement !== undefined) return judgement
      count('refused', { code: 'queue-full', road: 'gossip' })
      return 'too-much'
    } catch (error) {
      count('gossip_failures', { topic: topic.name })
      log.warn({ topic: topic.name, from, error: asError(error).message }, 'A text could not be judged')
      return 'ignore'
    }
  }
}

function checkSize(bytes: number, { name, mostBytes }: Topic): void {
  if (bytes <= mostBytes) return
  throw new FocalpointError(
    'notice-too-large',
    `A text for ${name} has at most ${mostBytes} bytes, not ${bytes}.`,
    {
      bytes,
      limit: mostBytes,
    },
  )
}
