import type { Stream } from '@libp2p/interface'
import { expect, it } from 'vitest'
import { topicsOf } from '#protocol'
import type { Node } from '../../../node/network/libp2p.ts'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, noticeText } from './alliance.ts'

it('makes a connection anew whose gossip stream was lost', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const topic = topicsOf(alliance.net).channels.torture ?? ''
  const hostile = await alliance.openHostile('QN', [topic])
  hostile.services.pubsub.subscribe(topic)
  let heard = 0
  hostile.services.pubsub.addEventListener('message', () => {
    heard += 1
  })
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  let seq = 0
  const publish = () => {
    seq += 1
    return a.network.publish('torture', noticeText('torture', 'QM', seq))
  }
  await eventually(async () => {
    await publish()
    expect(heard).toBeGreaterThan(40)
  })
  expect(gossipStreamsFrom(hostile)).toHaveLength(1)
  for (const stream of gossipStreamsFrom(hostile)) stream.abort(new Error('not reading any more'))
  await eventually(async () => expect(await publish()).toBe(0))
  const before = heard
  await eventually(async () => {
    await publish()
    expect(heard).toBeGreaterThan(before)
  })
  expect(a.counts.get('gossip_streams_lost')).toBeGreaterThan(0)
})

it('buffers little for a peer that does not read, and makes the connection anew', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const topic = topicsOf(alliance.net).channels.torture ?? ''
  const hostile = await alliance.openHostile('QN', [topic])
  hostile.services.pubsub.subscribe(topic)
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  await eventually(async () =>
    expect(await a.network.publish('torture', noticeText('torture', 'QM', 1))).toBe(1),
  )
  await eventually(() => expect(gossipStreamsFrom(hostile)).toHaveLength(1))
  for (const stream of gossipStreamsFrom(hostile)) stream.pause()
  let sentBytes = 0
  await eventually(async () => {
    const text = noticeText('torture', 'QM', sentBytes + 2, 100_000)
    sentBytes += text.length
    expect(await a.network.publish('torture', text)).toBe(0)
  })
  expect(sentBytes).toBeLessThan(4 * 1024 * 1024)
  await eventually(async () => {
    sentBytes += 1
    expect(await a.network.publish('torture', noticeText('torture', 'QM', sentBytes))).toBe(1)
  })
})

function gossipStreamsFrom(node: Node): Stream[] {
  return node
    .getConnections()
    .flatMap(connection => connection.streams)
    .filter(stream => stream.direction === 'inbound' && stream.protocol.startsWith('/meshsub/'))
}
