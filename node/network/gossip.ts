import { type GossipSub, type Message, TopicValidatorResult } from '@libp2p/gossipsub'
import { FocalpointError, type Verdict, verdicts } from '#protocol'
import { GateQueue } from './gate-queue.ts'
import type { NetworkLog, RegistryView } from './options.ts'
import { asError } from './streams.ts'

/** One topic of ours: what may stand in it and who judges it. */
export interface Topic {
  /** Its short name in metrics and log lines. */
  name: string
  mostBytes: number
  /** `from` is the member whose node passed the text on. */
  judge(text: string, from: string): Promise<Verdict>
}

interface Gossiping {
  pubsub: GossipSub
  topics: ReadonlyMap<string, Topic>
  registry: RegistryView
  log: NetworkLog
  count(metric: string, labels?: Record<string, string>): void
}

const results = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  // gossipsub never offers it again: keeping it is the gate's work.
  hold: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
} as const satisfies Record<Verdict, TopicValidatorResult>

const encoder = new TextEncoder()

export class Gossip {
  readonly #gossiping: Gossiping
  readonly #queue = new GateQueue()

  constructor(gossiping: Gossiping) {
    this.#gossiping = gossiping
    for (const [name, topic] of gossiping.topics) {
      gossiping.pubsub.topicValidators.set(name, async (peer, message) => {
        const verdict = await this.#verdictOf(topic, peer.toString(), message)
        gossiping.count('gossip', { topic: topic.name, verdict })
        return results[verdict]
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

  async #verdictOf(topic: Topic, peer: string, { data }: Message): Promise<Verdict> {
    const { registry, log, count } = this.#gossiping
    const from = registry.memberOf(peer)
    if (from === undefined) return 'ignore'
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
      const verdict = await this.#queue.enter(`${topic.name} ${peer}`, () => topic.judge(text, from))
      if (verdict !== undefined) return verdict
      count('refused', { code: 'queue-full', road: 'gossip' })
      return verdicts['queue-full']
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
