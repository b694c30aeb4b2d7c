import { expect, it } from 'vitest'
import { topicsOf } from '#protocol'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, connectedTo, gateOf, Logs, noticeText } from './alliance.ts'

it('brings a text to the gate of every other node', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN', 'XD']) await alliance.add(id)
  const a = await alliance.open('QM')
  const others = [
    await alliance.open('QN', { peers: a.network.addresses() }),
    await alliance.open('XD', { peers: a.network.addresses() }),
  ]
  let seq = 0
  await eventually(async () => {
    seq += 1
    expect(await a.network.publish('torture', noticeText('torture', 'QM', seq))).toBe(2)
  })
  for (const other of others) {
    await eventually(() => expect(other.gossiped).toContain(noticeText('torture', 'QM', seq)))
  }
})

it('does not let an IP address with many members starve them', async () => {
  await using alliance = new Alliance()
  const ids = Array.from({ length: 19 }, (_, index) => `DEMO${10 + index}`)
  for (const id of ids) await alliance.add(id)
  const hub = await alliance.open('DEMO10', { degree: 20 })
  const rim = await Promise.all(ids.slice(1).map(id => alliance.open(id, { peers: hub.network.addresses() })))
  let seq = 0
  const allHear = async () => {
    expect(connectedTo(hub)).toHaveLength(18)
    seq += 1
    await hub.network.publish('torture', noticeText('torture', 'DEMO10', seq))
    for (const { gossiped } of rim) expect(gossiped.length).toBeGreaterThan(0)
  }
  await eventually(allHear, { everyMs: 200 })
  // Nor does libp2p take many connections from one address for an attack.
  for (const { network } of rim) {
    expect(network.peers().find(({ member }) => member === 'DEMO10')?.lastError).toBeUndefined()
  }
})

it('says 0 when nobody listens, and in a channel without a topic', async () => {
  await using alliance = new Alliance()
  const a = await alliance.open('QM', { channels: ['torture', 'capital'] })
  expect(await a.network.publish('torture', noticeText('torture', 'QM', 1))).toBe(0)
  expect(await a.network.publish('capital', noticeText('capital', 'QM', 1))).toBe(0)
})

it('refuses to publish what is larger than a notice may be', async () => {
  await using alliance = new Alliance()
  const a = await alliance.open('QM')
  const text = noticeText('torture', 'QM', 1, 128 * 1024 + 1)
  await expect(a.network.publish('torture', text)).rejects.toMatchObject({ code: 'notice-too-large' })
})

it('does not let the same bytes under another topic keep a notice away', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const logs = new Logs()
  const ignore = async () => 'ignore' as const
  const gate = { ...gateOf(logs), evidence: { judge: ignore, stop: ignore } }
  const a = await alliance.open('QM', { logs, gate })
  const topics = topicsOf(alliance.net)
  const names = [topics.evidence, topics.channels.torture ?? '']
  const hostile = await alliance.openHostile('QN', names)
  for (const name of names) hostile.services.pubsub.subscribe(name)
  await a.network.addPeers(addressesOf(hostile))
  const text = new TextEncoder().encode(noticeText('torture', 'QN', 1))
  for (const name of names) {
    await eventually(() => expect(hostile.services.pubsub.getSubscribers(name)).toHaveLength(1))
    await hostile.services.pubsub.publish(name, text)
  }
  await eventually(() => expect(a.gossiped).toHaveLength(1))
})

it('cuts off and shuts out a peer that sends what every honest node refuses', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const gate = { ...gateOf(new Logs()), gossip: async () => ({ verdict: 'reject' as const }) }
  const a = await alliance.open('QM', { gate })
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  let seq = 0
  await eventually(async () => {
    seq += 1
    await b.network.publish('torture', noticeText('torture', 'QN', seq))
    expect(a.network.peers()).toMatchObject([{ member: 'QN', status: 'refused by us', connected: false }])
  })
  expect(a.counts.get('peers_refused')).toBe(1)
  expect(a.gossiped.length).toBeLessThan(seq + 1)
})

it('keeps its good opinion of a peer whose texts are ignored or whose judgement fails', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  let judged = 0
  const gossip = async () => {
    judged += 1
    if (judged % 2 === 0) throw new Error('the store is closed')
    return { verdict: 'hold' as const }
  }
  const a = await alliance.open('QM', { gate: { ...gateOf(new Logs()), gossip } })
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  let seq = 0
  await eventually(async () => {
    seq += 1
    await b.network.publish('torture', noticeText('torture', 'QN', seq))
    expect(judged).toBeGreaterThan(30)
  })
  expect(a.counts.get('gossip_failures')).toBeGreaterThan(10)
  expect(connectedTo(a)).toEqual(['QN'])
})

it('asks for what lies between when a notice leaves a gap', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM')
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => expect(connectedTo(a)).toEqual(['QN']))
  for (let seq = 1; seq <= 5; seq += 1) b.logs.add(noticeText('torture', 'QN', seq))
  await eventually(async () => {
    const seq = b.logs.log('torture', 'QN').length + 1
    b.logs.add(noticeText('torture', 'QN', seq))
    expect(await b.network.publish('torture', noticeText('torture', 'QN', seq))).toBe(1)
  })
  await eventually(() => expect(a.logs.log('torture', 'QN')).toEqual(b.logs.log('torture', 'QN')))
})
