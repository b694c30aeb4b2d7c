import { expect, test } from 'vitest'
import { eventually } from '../../eventually.ts'
import { openRoom } from './open-room.ts'
import { openReceiver, type Receiver } from './receiver.ts'

const hours = 3600
const flash = { title: 'Flash', urgency: 'flash' }
const toWebhook = ({ url }: Receiver) => ({ target: { kind: 'webhook', url } as const })

test('a flash alert that nobody has opened goes once more after 4 hours, as a delivery of its own', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  await test.subscribe(toWebhook(receiver))
  const id = await test.arrive({ body: flash })
  await test.arrive({ body: { ...flash, urgency: 'priority' } })
  await eventually(() => expect(test.store.deliveries.reminders()).toHaveLength(1))
  await eventually(() => expect(test.room.counts().waiting).toBe(0))
  test.clock.now += 4 * hours - 1
  await test.room.look()
  expect(receiver.heard).toHaveLength(2)
  test.clock.now += 1
  await test.room.look()
  await eventually(() => expect(receiver.heard).toHaveLength(3))
  const [first, , again] = receiver.heard.map(({ event }) => event)
  expect(again).toMatchObject({ subject: id, type: first?.type, reminderof: first?.id })
  expect(again?.id).not.toBe(first?.id)
  await eventually(() => expect(test.room.counts().waiting).toBe(0))
  test.clock.now += 8 * hours
  await test.room.look()
  expect(test.store.deliveries.reminders()).toEqual([])
  expect(receiver.heard).toHaveLength(3)
})

test.each(['opened', 'withdrawn', 'erased'])('one that was %s does not', async what => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const id = await test.arrive({ body: flash })
  await eventually(() => expect(test.store.deliveries.reminders()).toHaveLength(1))
  const [delivery] = test.store.deliveries.told(subscription.id, id)
  if (what === 'opened') await test.room.desk.opened(subscription.id, delivery ?? '')
  else test.statuses.set(id, what)
  test.clock.now += 4 * hours
  await test.room.look()
  expect(test.store.deliveries.reminders()).toEqual([])
  expect(receiver.heard).toHaveLength(1)
})

test('a feed is read, and repeats nothing', async () => {
  await using test = await openRoom()
  const { secret } = await test.subscribe({ target: { kind: 'feed' } })
  await test.arrive({ body: flash })
  await eventually(async () => expect((await test.room.desk.feed(secret))?.items).toHaveLength(1))
  expect(test.store.deliveries.reminders()).toEqual([])
})
