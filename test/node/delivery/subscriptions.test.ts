import { expect, test } from 'vitest'
import { deliveryLimits } from '../../../node/delivery/limits.ts'
import { openRoom } from './open-room.ts'

test('one person has so many subscriptions and no more, also when they are asked for at once', async () => {
  await using test = await openRoom()
  const most = deliveryLimits.subscriptionsPerPerson
  const asked = Array.from({ length: most + 2 }, () => test.subscribe({ target: { kind: 'feed' } }))
  const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')
  expect(refused).toMatchObject([
    { reason: { code: 'quota-reached', details: { most } } },
    { reason: { code: 'quota-reached' } },
  ])
  const { desk } = test.room
  expect(desk.list()).toHaveLength(most)
  await desk.remove(desk.list()[0]?.id ?? '', {})
  await test.subscribe({ target: { kind: 'feed' } })
})
