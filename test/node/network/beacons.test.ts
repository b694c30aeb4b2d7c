import { expect, it } from 'vitest'
import { type Beacon, decodeText, type Frontier, signBeacon, topicsOf } from '#protocol'
import { openNodeKey } from '../../../node/network/node-key.ts'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, type Changes, logsWith, noticeText, type OpenedMember } from './alliance.ts'

const id = 'A'.repeat(43)

it('tells all which heads a member holds, and of its node', async () => {
  await using alliance = new Alliance()
  for (const name of ['QM', 'QN']) await alliance.add(name)
  const a = await alliance.open('QM', { beaconEveryMs: 100 })
  const b = await alliance.open('QN', {
    beaconEveryMs: 100,
    peers: a.network.addresses(),
    storeBytes: () => 77,
  })
  await eventually(() => expect(a.network.peers()).toMatchObject([{ software: 'test', storeBytes: 77 }]))
  b.logs.add(noticeText('torture', 'QN', 1))
  a.logs.add(noticeText('torture', 'QN', 1))
  await eventually(() => expect(a.network.holders.holds('QN', 'torture', 'QN', 1)).toBe(true))
  expect(a.network.peers()[0]?.clockDifferenceSeconds).toBeLessThanOrEqual(1)
})

it('asks a member whose beacon shows more', async () => {
  await using alliance = new Alliance()
  for (const name of ['QM', 'QN']) await alliance.add(name)
  const a = await alliance.open('QM')
  const b = await alliance.open('QN', { beaconEveryMs: 100, peers: a.network.addresses() })
  await eventually(() => expect(a.network.holders.frontiersSeen('torture')).toBe(1))
  b.logs.add(noticeText('torture', 'QN', 1))
  await eventually(() => expect(a.logs.log('torture', 'QN')).toHaveLength(1))
})

it('says nothing of a channel without a topic, and believes nothing of it', async () => {
  await using alliance = new Alliance()
  const logs = logsWith(2, { channel: 'capital', issuer: 'QM' })
  const { member, send, heard } = await beaconing(alliance, { logs, channels: ['torture', 'capital'] })
  await eventually(() => expect(heard).toHaveLength(1))
  expect(JSON.parse(decodeText(heard[0]?.split('.')[1] ?? '')).heads).toEqual({ torture: {} })
  await send({ n: 1, heads: { torture: { QN: [2, id] }, capital: { QN: [1, id] } } })
  await eventually(() => expect(member.network.holders.holds('QN', 'torture', 'QN', 2)).toBe(true))
  expect(member.network.holders.heads('QN')).not.toHaveProperty('capital')
})

it('does not let a member speak as often as it likes', async () => {
  await using alliance = new Alliance()
  const { member, send } = await beaconing(alliance)
  for (let n = 1; n <= 60; n += 1) await send({ n, heads: { torture: { QN: [n, id] } } })
  await eventually(() => expect(member.counts.get('beacons_ignored')).toBeGreaterThan(20))
  expect(member.network.holders.holds('QN', 'torture', 'QN', 60)).toBe(false)
})

it('ignores a beacon whose number is not higher than the last', async () => {
  await using alliance = new Alliance()
  const { member, send } = await beaconing(alliance)
  await send({ n: 5, heads: { torture: { QN: [10, id] } } })
  await eventually(() => expect(member.network.holders.holds('QN', 'torture', 'QN', 10)).toBe(true))
  await send({ n: 5, heads: { torture: { QN: [20, id] } } })
  await send({ n: 4, heads: { torture: { QN: [30, id] } } })
  await eventually(() => expect(member.counts.get('beacons_ignored')).toBe(2))
  expect(member.network.holders.heads('QN').torture).toEqual({ QN: [10, id] })
  await send({ n: 6, heads: { torture: { QN: [11, id] } } })
  await eventually(() => expect(member.network.holders.holds('QN', 'torture', 'QN', 11)).toBe(true))
})

it('ignores a beacon in the name of another member', async () => {
  await using alliance = new Alliance()
  await alliance.add('XD')
  const { member, send } = await beaconing(alliance)
  await send({ n: 1, member: 'XD', heads: { torture: { XD: [10, id] } } })
  await eventually(() => expect(member.counts.get('beacons_ignored')).toBe(1))
  expect(member.network.holders.heads('XD')).toEqual({})
})

it('warns of two notices at one place, and not of mere heights', async () => {
  await using alliance = new Alliance()
  const { member, send } = await beaconing(alliance, { logs: logsWith(3, { issuer: 'XD' }) })
  await send({ n: 1, heads: { torture: { XD: [2, id] } } })
  await send({ n: 2, heads: { torture: { XD: [3, id] } } })
  await eventually(() => expect(member.counts.get('split_views')).toBe(1))
})

/** A member, and the node of another that sends what beacons the test wants. */
async function beaconing(
  alliance: Alliance,
  changes: Changes = {},
): Promise<{
  member: OpenedMember
  heard: string[]
  send(beacon: Partial<Beacon> & { n: number; heads: Frontier }): Promise<void>
}> {
  const { seed } = await alliance.add('QN')
  const { kid, key } = await openNodeKey(seed)
  const topic = topicsOf(alliance.net).beacons
  const hostile = await alliance.openHostile('QN', [topic])
  hostile.services.pubsub.subscribe(topic)
  const member = await alliance.open('QM', { ...changes, peers: addressesOf(hostile) })
  await eventually(() => expect(hostile.services.pubsub.getSubscribers(topic)).toHaveLength(1))
  const heard: string[] = []
  hostile.services.pubsub.addEventListener('message', ({ detail }) => {
    heard.push(new TextDecoder().decode(detail.data))
  })
  const usual = {
    v: 1,
    member: 'QN',
    iat: 1,
    full: true,
    software: 'x',
    root: 1,
    members: 1,
    peers: 1,
    storeBytes: 1,
    lagMs: 1,
  } as const
  return {
    member,
    heard,
    send: async changed => {
      const text = await signBeacon({ ...usual, ...changed }, { net: alliance.net, kid, key })
      await hostile.services.pubsub.publish(topic, new TextEncoder().encode(text))
    },
  }
}
