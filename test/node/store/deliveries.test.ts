import { expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import type { Subscription, Telling } from '../../../node/subscription.ts'
import { removeFolder, temporaryFolder, temporaryStore } from './builders.ts'

const subscription: Subscription = {
  id: 's1',
  person: 'p1',
  label: 'All',
  filter: {},
  remarks: true,
  matches: false,
  target: { kind: 'webhook', url: 'https://receiver.example/' },
  createdAt: 1,
  version: 1,
}
const secret = { current: 'whsec_c2VjcmV0' }

function telling(number: number): Telling {
  return { id: `msg_${number}`, kind: 'notice', subject: `notice ${number}`, at: number }
}
const waiting = { now: 10, state: 'waiting' } as const

test('a subscription is found, changed and removed with its secret and its place', async () => {
  await using store = await temporaryStore()
  const { subscriptions } = store
  await subscriptions.create(subscription, { cursor: 7, secret })
  expect(subscriptions.list()).toEqual([subscription])
  expect(subscriptions.reached('s1')).toEqual({ cursor: 7, turn: 0 })
  expect(subscriptions.secretOf('s1')).toEqual(secret)
  await Promise.all([
    subscriptions.change('s1', held => ({ ...held, label: 'One' })),
    subscriptions.change('s1', held => ({ ...held, remarks: false })),
  ])
  expect(subscriptions.find('s1')).toMatchObject({ label: 'One', remarks: false })
  await subscriptions.remove('s1')
  expect([subscriptions.find('s1'), subscriptions.reached('s1'), subscriptions.secretOf('s1')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  await expect(subscriptions.change('s1', held => held)).rejects.toMatchObject({ code: 'not-found' })
})

test('deliveries and the cursor are there together, in the order of their turns, also after opening again', async () => {
  const dir = await temporaryFolder()
  {
    await using store = await openStore({ dir })
    await store.subscriptions.create(subscription, { cursor: 0, secret })
    await store.deliveries.add('s1', [1, 2, 3].map(telling), { ...waiting, reached: { cursor: 9 } })
    await store.deliveries.change('s1', 'msg_1', held => ({ ...held, state: 'delivered' }))
    await store.deliveries.change('s1', 'msg_2', held => ({ ...held, state: 'dead' }))
  }
  await using store = await openStore({ dir })
  const { deliveries, subscriptions } = store
  expect(subscriptions.reached('s1')).toEqual({ cursor: 9, turn: 3 })
  expect(deliveries.head('s1')?.id).toBe('msg_3')
  expect(deliveries.waiting('s1')).toBe(1)
  expect(deliveries.dead('s1').map(({ id }) => id)).toEqual(['msg_2'])
  expect((await deliveries.page('s1', { limit: 2 })).map(({ id }) => id)).toEqual(['msg_3', 'msg_2'])
  expect((await deliveries.page('s1', { limit: 2, before: 2 })).map(({ id }) => id)).toEqual(['msg_1'])
  const done = await deliveries.page('s1', { limit: 2, state: 'delivered' })
  expect(done.map(({ id }) => id)).toEqual(['msg_1'])
  await removeFolder(dir)
})

test('what waits already is not put in twice, and what is told again keeps its id and gets a new turn', async () => {
  await using store = await temporaryStore()
  const { deliveries } = store
  await store.subscriptions.create(subscription, { cursor: 0, secret })
  await deliveries.add('s1', [1, 2].map(telling), waiting)
  await deliveries.add('s1', [telling(1)], waiting)
  expect(deliveries.waiting('s1')).toBe(2)
  const openedAt = 20
  await deliveries.change('s1', 'msg_1', held => ({ ...held, state: 'delivered', attempts: 1, openedAt }))
  await deliveries.add('s1', [telling(1)], waiting)
  expect((await deliveries.page('s1', { limit: 9 })).map(({ id, turn }) => [id, turn])).toEqual([
    ['msg_1', 3],
    ['msg_2', 2],
  ])
  expect(deliveries.find('s1', 'msg_1')).toMatchObject({ attempts: 1, state: 'waiting', openedAt })
  expect(deliveries.told('s1', 'notice 1')).toEqual(['msg_1'])
})

test('a head that was put back into its old turn comes before those that wait', async () => {
  await using store = await temporaryStore()
  const { deliveries } = store
  await store.subscriptions.create(subscription, { cursor: 0, secret })
  await deliveries.add('s1', [1, 2].map(telling), waiting)
  await deliveries.change('s1', 'msg_1', held => ({ ...held, state: 'dead' }))
  expect(deliveries.head('s1')?.id).toBe('msg_2')
  await deliveries.change('s1', 'msg_1', held => ({ ...held, state: 'waiting' }))
  expect(deliveries.head('s1')?.id).toBe('msg_1')
})

test('for a subscription that is gone nothing is written', async () => {
  await using store = await temporaryStore()
  await store.deliveries.add('s1', [telling(1)], { ...waiting, reached: { cursor: 5 } })
  await store.deliveries.change('s1', 'msg_1', held => held)
  expect(store.deliveries.waiting('s1')).toBe(0)
  expect(store.subscriptions.reached('s1')).toBeUndefined()
  expect(store.deliveries.told('s1', 'notice 1')).toEqual([])
})

test('what was done long ago is tidied away with its attempts; what waits or was given up stays', async () => {
  await using store = await temporaryStore()
  const { deliveries } = store
  await store.subscriptions.create(subscription, { cursor: 0, secret })
  await deliveries.add('s1', [1, 2, 3].map(telling), waiting)
  await deliveries.add('s1', [telling(4)], { ...waiting, now: 100 })
  const attempt = { number: 1, at: 10, tookMs: 1, outcome: 'delivered', status: 200, answer: 'yes' }
  const done = (id: string) =>
    deliveries.change('s1', id, held => ({ ...held, state: 'delivered', attempts: 1 }), attempt)
  await Promise.all([done('msg_1'), done('msg_4')])
  await deliveries.change('s1', 'msg_2', held => ({ ...held, state: 'dead' }))
  expect(await deliveries.tidy('s1', 50)).toBe(1)
  expect((await deliveries.page('s1', { limit: 9 })).map(({ id }) => id)).toEqual(['msg_4', 'msg_3', 'msg_2'])
  expect(await deliveries.attempts('s1', 'msg_1')).toEqual([])
  expect(await deliveries.attempts('s1', 'msg_4')).toEqual([attempt])
  // Whoever was told stays told: years later its withdrawal is told too.
  expect(deliveries.told('s1', 'notice 1')).toEqual(['msg_1'])
})
