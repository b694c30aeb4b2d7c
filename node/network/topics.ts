import { isChannel, limits, topicsOf } from '#protocol'
import { Allowance } from './allowance.ts'
import type { Topic } from './gossip.ts'
import type { NetworkOptions } from './options.ts'
import { announcementBytes } from './registry-news.ts'

/** The joined channels that have a topic, with its name; an opt-in channel has none. */
export function channelTopics({ net, channels }: NetworkOptions): Map<string, string> {
  const { channels: known } = topicsOf(net)
  const topics = new Map<string, string>()
  for (const channel of channels()) {
    const topic = isChannel(channel) ? known[channel] : undefined
    if (topic !== undefined) topics.set(channel, topic)
  }
  return topics
}

/** What one peer may bring: each proof costs two verifications, and all that are known fit in a burst. */
const proofsByOne = { burst: 200, perSecond: 5 }

interface Judges {
  options: NetworkOptions
  beacons: Topic['judge']
  registry: Topic['judge']
  /** A notice came whose log we hold only in part. */
  onGap(from: string, why: 'gap' | 'over-budget'): void
}

/** Every topic that we listen to, with who judges what comes. */
export function topicTable({ options, beacons, registry, onGap }: Judges): Map<string, Topic> {
  const names = topicsOf(options.net)
  const proofs = new Allowance(proofsByOne)
  const table = new Map<string, Topic>([
    [names.registry, { name: 'registry', mostBytes: announcementBytes, judge: registry }],
    [names.beacons, { name: 'beacons', mostBytes: limits.noticeBytes, judge: beacons }],
    [
      names.evidence,
      {
        name: 'evidence',
        mostBytes: limits.forkProofBytes,
        judge: async (text, from) =>
          proofs.take(from) ? options.gate.evidence.judge(text, { from }) : 'too-much',
      },
    ],
  ])
  for (const [channel, topic] of channelTopics(options)) {
    table.set(topic, {
      name: channel,
      mostBytes: limits.noticeBytes,
      judge: async (text, from) => {
        const { verdict, gap, isTooMuch } = await options.gate.gossip(text, { channel, from })
        if (gap) onGap(from, isTooMuch ? 'over-budget' : 'gap')
        return isTooMuch ? 'too-much' : verdict
      },
    })
  }
  return table
}
