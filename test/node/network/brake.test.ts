import { expect, it } from 'vitest'
import { topicsOf } from '#protocol'
import type { Node } from '../../../node/network/libp2p.ts'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, gateOf, Logs, noticeText } from './alliance.ts'

/** More than may wait in a sender's line at the gate. */
const burst = 1_000

it('takes most of a sender that is faster than the gate, for it waits at its own end', async () => {
  await using alliance = new Alliance()
  const { promise, resolve } = Promise.withResolvers<void>()
  const inner = gateOf(new Logs())
  const gate: typeof inner = { ...inner, gossip: (text, by) => promise.then(() => inner.gossip(text, by)) }
  const { member, publish } = await listening(alliance, gate)
  let seq = 0
  const next = () => publish(noticeText('torture', 'QN', ++seq))
  // What is published before the stream is open is lost.
  await eventually(async () => {
    await next()
    expect(member.gossiped).toHaveLength(1)
  })
  for (let more = 0; more < burst; more += 1) await next()
  resolve()
  // A line at the gate has 256 places; without the brake all others would be dropped.
  await eventually(() => expect(member.gossiped.length).toBeGreaterThan(600))
})

it('reads a sender more slowly whose texts are over their budget, and goes on with it', async () => {
  await using alliance = new Alliance()
  const gate = {
    ...gateOf(new Logs()),
    gossip: async () => ({ verdict: 'ignore' as const, isTooMuch: true }),
  }
  const { member, publish } = await listening(alliance, gate)
  let seq = 0
  await eventually(async () => {
    seq += 1
    await publish(noticeText('torture', 'QN', seq))
    expect(member.counts.get('senders_slowed')).toBe(1)
  })
  expect(seq).toBeGreaterThan(200)
  await publish(noticeText('torture', 'QN', 0))
  await eventually(() => expect(member.gossiped).toContain(noticeText('torture', 'QN', 0)))
})

async function listening(alliance: Alliance, gate: ReturnType<typeof gateOf>) {
  await alliance.add('QN')
  const topic = topicsOf(alliance.net).channels.torture ?? ''
  const hostile = await alliance.openHostile('QN', [topic])
  const member = await alliance.open('QM', { gate, peers: addressesOf(hostile) })
  hostile.services.pubsub.subscribe(topic)
  await eventually(() => expect(isHeard(hostile, topic)).toBe(true))
  const publish = async (text: string) =>
    void (await hostile.services.pubsub.publish(topic, new TextEncoder().encode(text)))
  return { member, publish }
}

function isHeard({ services }: Node, topic: string): boolean {
  return services.pubsub.getSubscribers(topic).length > 0
}
