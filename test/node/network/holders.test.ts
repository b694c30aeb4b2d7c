import { expect, it } from 'vitest'
import { Holders } from '../../../node/network/holders.ts'

const id = 'A'.repeat(43)

it('holds what a member has told, up to the head', () => {
  const holders = new Holders()
  holders.tellWhole('QN', { torture: { QM: [4, id] } }, 100)
  expect(holders.holds('QN', 'torture', 'QM', 4)).toBe(true)
  expect(holders.holds('QN', 'torture', 'QM', 5)).toBe(false)
  expect(holders.holds('QN', 'capital', 'QM', 1)).toBe(false)
  expect(holders.holds('XD', 'torture', 'QM', 1)).toBe(false)
})

it('counts who holds a place, of all or of some', () => {
  const holders = new Holders()
  for (const member of ['QN', 'XD', 'XE']) holders.tellWhole(member, { torture: { QM: [4, id] } }, 100)
  const place = { channel: 'torture', issuer: 'QM', seq: 4 }
  expect(holders.countHolding(place)).toBe(3)
  expect(holders.countHolding(place, ['QN', 'XH'])).toBe(1)
  expect(holders.countHolding({ ...place, seq: 5 })).toBe(0)
})

it('takes a whole word for the whole, and heads that moved for what they are', () => {
  const holders = new Holders()
  holders.tellMoved('QN', { torture: { QM: [4, id] } })
  expect(holders.frontiersSeen('torture')).toBe(0)
  holders.tellWhole('QN', { torture: { QM: [4, id], XD: [2, id] } }, 100)
  holders.tellMoved('QN', { torture: { XD: [3, id] } })
  expect(holders.heads('QN')).toEqual({ torture: { QM: [4, id], XD: [3, id] } })
  holders.tellWhole('QN', { torture: { XD: [1, id] } }, 100)
  expect(holders.heads('QN')).toEqual({ torture: { XD: [1, id] } })
})

it('counts an empty log as told, and a channel that was not spoken of as untold', () => {
  const holders = new Holders()
  holders.tellWhole('QN', { torture: {} }, 100)
  expect(holders.frontiersSeen('torture')).toBe(1)
  expect(holders.frontiersSeen('capital')).toBe(0)
})

it('wakes who waits for a change, and who gives up', async () => {
  const holders = new Holders()
  const changed = holders.changed()
  holders.tellWhole('QN', {}, 100)
  await changed
  const giveUp = new AbortController()
  const waiting = holders.changed(giveUp.signal)
  giveUp.abort()
  await waiting
  await holders.changed(giveUp.signal)
})

it('tells when a member last told all its heads of a channel', () => {
  const holders = new Holders()
  holders.tellMoved('QN', { torture: { QM: [1, id] } })
  expect(holders.told('QN', 'torture')).toBeUndefined()
  holders.tellWhole('QN', { torture: { QM: [2, id] } }, 100)
  holders.tellMoved('QN', { torture: { QM: [3, id] } })
  expect(holders.told('QN', 'torture')).toEqual({ at: 100, heads: { QM: [3, id] } })
})
