import { expect, test } from 'vitest'
import { eventually } from '../../eventually.ts'
import { openRoom } from './open-room.ts'

const toFeed = { target: { kind: 'feed' } as const }

test('a feed shows what was told, newest first, without names, and as it is now', async () => {
  await using test = await openRoom()
  const { secret, subscription } = await test.subscribe({ ...toFeed, filter: { types: ['denial'] } })
  const told = await test.arrive({ type: 'denial' })
  await test.arrive({ type: 'alert' })
  const withdrawal = await test.arrive({ type: 'withdrawal', answers: told })
  await eventually(async () => {
    const feed = await test.room.desk.feed(secret)
    expect(feed?.items.map(({ delivery }) => delivery.subject)).toEqual([withdrawal, told])
  })
  test.statuses.set(told, 'withdrawn')
  const feed = await test.room.desk.feed(secret)
  expect(feed).toMatchObject({
    id: subscription.id,
    label: 'All',
    items: [{}, { notice: { status: 'withdrawn' } }],
  })
  expect(JSON.stringify(feed)).not.toContain('Bogus')
  expect(test.room.counts().waiting).toBe(0)
})

test('of a notice for named readers, or TLP:RED, it shows that it came and no more', async () => {
  await using test = await openRoom()
  const { secret } = await test.subscribe(toFeed)
  const value = { type: 'denial', body: { text: 'spiked glove', tlp: 'TLP:AMBER' } }
  const sealed = await test.arrive({ type: 'sealed', parts: { body: { value, to: 'named' } } } as never)
  const red = await test.arrive({ body: { text: 'spiked glove', tlp: 'TLP:RED' } })
  const later = await test.arrive({ body: { text: 'spiked glove', tlp: 'TLP:VIOLET' } })
  await eventually(async () => {
    const feed = await test.room.desk.feed(secret)
    expect(feed?.items.map(({ notice }) => notice)).toEqual(
      [later, red, sealed].map(id => ({ id, exercise: false, isReadHereOnly: true })),
    )
  })
})

test('it holds the newest hundred', async () => {
  await using test = await openRoom()
  const { secret } = await test.subscribe(toFeed)
  const ids: string[] = []
  for (let at = 0; at < 120; at++) ids.push(await test.arrive())
  await eventually(async () => {
    const feed = await test.room.desk.feed(secret)
    expect(feed?.items.map(({ delivery }) => delivery.subject)).toEqual(ids.slice(20).reverse())
  })
})

test('a new link opens it and the one before does not; nor does any once its owner may not read', async () => {
  await using test = await openRoom()
  const before = await test.subscribe(toFeed)
  const after = await test.room.desk.rotateSecret(before.subscription.id)
  expect(await test.room.desk.feed(before.secret)).toBeUndefined()
  expect(await test.room.desk.feed(after.secret)).toBeDefined()
  expect(JSON.stringify(test.room.desk.list())).not.toContain(after.secret)
  test.owner.roles = ['officer']
  expect(await test.room.desk.feed(after.secret)).toBeUndefined()
})

test('what makes sense only for a webhook is refused', async () => {
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toFeed)
  const { desk } = test.room
  for (const asked of [
    () => desk.test(subscription.id),
    () => desk.replay(subscription.id, { after: 0 }),
    () => desk.change(subscription.id, { url: 'https://receiver.example/' }, {}),
  ])
    await expect(asked()).rejects.toMatchObject({ code: 'conflict' })
})
