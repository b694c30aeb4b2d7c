import { expect, it } from 'vitest'
import { eventually } from '../../eventually.ts'
import { Alliance, connectedTo, noticeText } from './alliance.ts'

it('brings the notices of a channel without a topic when the issuer pokes', async () => {
  await using alliance = new Alliance()
  const both = ['torture', 'capital']
  for (const id of ['QM', 'QN']) await alliance.add(id, both)
  await alliance.add('XD')
  const a = await alliance.open('QM', { channels: both })
  const b = await alliance.open('QN', { channels: both, peers: a.network.addresses() })
  const outside = await alliance.open('XD', { peers: a.network.addresses() })
  await eventually(() => {
    expect(connectedTo(a)).toEqual(['QN', 'XD'])
    expect(a.counts.get('catch_up_rounds')).toBe(2)
    expect(b.counts.get('catch_up_rounds')).toBe(1)
  })
  a.logs.add(noticeText('capital', 'QM', 1))
  expect(await a.network.publish('capital', noticeText('capital', 'QM', 1))).toBe(0)
  expect(await a.network.poke('QN', 'capital')).toBe(true)
  await eventually(() => expect(b.logs.log('capital', 'QM')).toHaveLength(1))
  await eventually(() => expect(a.network.holders.holds('QN', 'capital', 'QM', 1)).toBe(true))
  await outside.network.catchUp('test', 'QM')
  expect(outside.logs.texts.size).toBe(0)
})

it('says false to a poke of a member that cannot be reached', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM')
  expect(await a.network.poke('QN')).toBe(false)
})
