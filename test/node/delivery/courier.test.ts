import { expect, test } from 'vitest'
import { eventually } from '../../eventually.ts'
import { openRoom, type TestRoom } from './open-room.ts'
import { openReceiver, type Receiver, verified } from './receiver.ts'
import { openTarPit } from './tar-pit.ts'

const subjectsOf = ({ heard }: Receiver) => heard.map(({ event }) => event.subject)
const toWebhook = ({ url }: Receiver) => ({ target: { kind: 'webhook', url } as const })
const day = 86_400

async function isDone({ room }: TestRoom): Promise<void> {
  await eventually(() => expect(room.counts().waiting).toBe(0))
}

test('what comes in is posted in its order, signed, as CloudEvents', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { secret } = await test.subscribe(toWebhook(receiver))
  const ids = [await test.arrive(), await test.arrive({ type: 'denial' }), await test.arrive()]
  await eventually(() => expect(subjectsOf(receiver)).toEqual(ids))
  for (const heard of receiver.heard) expect(verified(heard, secret)).toEqual(heard.event)
  const [, denial] = receiver.heard
  expect(denial?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
  expect(denial?.event).toMatchObject({
    specversion: '1.0',
    id: denial?.headers['webhook-id'],
    source: 'urn:focalpoint:QM',
    type: 'alliance.focalpoint.notice.denial',
    subject: ids[1],
    datacontenttype: 'application/json',
    data: { id: ids[1], body: { text: 'spiked glove' }, nominal: { a: { name: 'Bogus Metals' } } },
  })
})

test('a failing head holds up what follows, is tried with the same id, and then all goes on in order', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  let refusals = 3
  receiver.answer = response => void response.writeHead(refusals-- > 0 ? 500 : 204).end('not now')
  const ids = [await test.arrive(), await test.arrive()]
  await isDone(test)
  expect(subjectsOf(receiver)).toEqual([ids[0], ids[0], ids[0], ids[0], ids[1]])
  expect(new Set(receiver.heard.map(({ event }) => event.id)).size).toBe(2)
  const [, first] = await test.room.desk.deliveries(subscription.id, { limit: 10 })
  expect(first).toMatchObject({ state: 'delivered', attempts: 4 })
  expect(first?.tried.map(({ outcome, status, answer }) => [outcome, status, answer])).toEqual([
    ['refused', 500, 'not now'],
    ['refused', 500, 'not now'],
    ['refused', 500, 'not now'],
    ['delivered', 204, undefined],
  ])
})

test('one receiver that hangs holds up no other', async () => {
  await using slow = await openReceiver()
  await using quick = await openReceiver()
  await using test = await openRoom()
  slow.answer = () => {}
  await test.subscribe(toWebhook(slow))
  await test.subscribe(toWebhook(quick))
  const ids = [await test.arrive(), await test.arrive(), await test.arrive()]
  await eventually(() => expect(subjectsOf(quick)).toEqual(ids))
  expect(subjectsOf(slow)).toEqual(ids.slice(0, 1))
})

test('many receivers that take a connection and say nothing hold up none that answered the last time', async () => {
  await using quick = await openReceiver()
  await using pit = await openTarPit(() => {})
  await using test = await openRoom()
  await test.subscribe(toWebhook(quick))
  const ids = [await test.arrive()]
  await isDone(test)
  for (let one = 0; one < 12; one += 1) await test.subscribe({ target: { kind: 'webhook', url: pit.url } })
  ids.push(await test.arrive())
  await eventually(() => expect(pit.connections.size).toBe(4))
  ids.push(await test.arrive(), await test.arrive())
  await eventually(() => expect(subjectsOf(quick)).toEqual(ids))
  expect(pit.connections.size).toBe(4)
})

test('after three days of failing it is given up, with the reason, and nothing overtakes it', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const { desk } = test.room
  receiver.answer = response => void response.writeHead(500).end()
  const ids = [await test.arrive(), await test.arrive()]
  await eventually(() => expect(receiver.heard.length).toBeGreaterThan(2))
  expect(desk.find(subscription.id)?.paused).toBeUndefined()
  await eventually(() => expect(desk.find(subscription.id)?.failingSince).toBe(test.clock.now))
  test.clock.now += 3 * day
  await eventually(() => expect(desk.find(subscription.id)?.paused?.code).toBe('gave-up'))
  await eventually(() => expect(desk.find(subscription.id)).toMatchObject({ waiting: 1, deadLetters: 1 }))
  expect(desk.find(subscription.id)?.paused?.reason).toMatch(/^It answered 500\. So it has been since 20/)
  expect(new Set(subjectsOf(receiver))).toEqual(new Set(ids.slice(0, 1)))

  receiver.answer = response => void response.writeHead(204).end()
  receiver.heard.length = 0
  await desk.resume(subscription.id, { skipDeadLetters: false })
  await isDone(test)
  expect(subjectsOf(receiver)).toEqual(ids)
  expect(desk.find(subscription.id)?.deadLetters).toBe(0)
  expect(desk.find(subscription.id)?.failingSince).toBeUndefined()
})

test('what was given up may be left aside, and asked for later with the id that it had', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  receiver.answer = response => void response.writeHead(500).end()
  const ids = [await test.arrive(), await test.arrive()]
  await eventually(() => expect(receiver.heard.length).toBeGreaterThan(0))
  test.clock.now += 3 * day
  const { desk } = test.room
  await eventually(() => expect(desk.find(subscription.id)?.deadLetters).toBe(1))
  const given = receiver.heard[0]?.event.id
  receiver.answer = response => void response.writeHead(204).end()
  receiver.heard.length = 0
  await desk.resume(subscription.id, { skipDeadLetters: true })
  await isDone(test)
  expect(subjectsOf(receiver)).toEqual(ids.slice(1))
  await desk.replay(subscription.id, { deadLetters: true })
  await isDone(test)
  expect(receiver.heard.map(({ event }) => event.id)).toEqual([expect.any(String), given])
})

test('410 pauses at once, and what waits is kept', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  receiver.answer = response => void response.writeHead(410).end()
  await test.arrive()
  const { desk } = test.room
  await eventually(() =>
    expect(desk.find(subscription.id)).toMatchObject({ waiting: 1, paused: { code: 'gone' } }),
  )
  expect(receiver.heard).toHaveLength(1)
})

test('a notice that is not here, as after a damaged store was set aside, is waited for and not told without content', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  test.isAway = true
  const id = await test.arrive()
  await eventually(async () => {
    const [waiting] = await test.room.desk.deliveries(subscription.id, { limit: 1 })
    expect(waiting?.tried.map(({ outcome }) => outcome)).toContain('not-held')
  })
  expect(receiver.heard).toEqual([])
  test.isAway = false
  await eventually(() => expect(subjectsOf(receiver)).toEqual([id]))
})

test('a subscription that is removed in the middle of an exchange ends without a trace', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const held = Promise.withResolvers<void>()
  receiver.answer = response => void held.promise.then(() => response.writeHead(410).end())
  await test.arrive()
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  await test.room.desk.remove(subscription.id, {})
  held.resolve()
  await test.reopen()
  expect(test.room.desk.list()).toEqual([])
  expect(test.faults).toEqual([])
})

test('a Retry-After is waited for', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  receiver.answer = response => void response.writeHead(429, { 'retry-after': '7000' }).end()
  await test.arrive()
  await eventually(async () => {
    const [waiting] = await test.room.desk.deliveries(subscription.id, { limit: 1 })
    expect(waiting).toMatchObject({ attempts: 1, nextAt: test.clock.now + 7000 })
  })
  expect(receiver.heard).toHaveLength(1)
})

test('a name that leads elsewhere by now is not sent to, and pauses the subscription', async () => {
  await using receiver = await openReceiver()
  const leads = { to: '127.0.0.1' }
  await using test = await openRoom({ lookUp: async () => [{ address: leads.to, family: 4 }] })
  const url = receiver.url.replace('127.0.0.1', 'receiver.example')
  const { subscription } = await test.subscribe({ target: { kind: 'webhook', url } })
  leads.to = '10.0.0.7'
  await test.arrive()
  const { desk } = test.room
  await eventually(() => expect(desk.find(subscription.id)?.paused?.code).toBe('target-refused'))
  await eventually(async () => {
    const [delivery] = await desk.deliveries(subscription.id, { limit: 1 })
    expect(delivery?.tried).toMatchObject([{ outcome: 'target-private' }])
  })
  expect(receiver.heard).toEqual([])
})

test('who is disabled, or no longer works at customs, is told nothing more', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  for (const roles of [undefined, ['officer'] as const]) {
    test.owner.roles = roles
    await test.arrive()
    await test.room.look()
    expect(test.room.desk.find(subscription.id)?.paused?.code).toBe('owner-may-not')
    expect(receiver.heard).toEqual([])
    test.owner.roles = ['customs']
    await test.room.desk.resume(subscription.id, { skipDeadLetters: false })
    await eventually(() => expect(receiver.heard).toHaveLength(1))
    await isDone(test)
    receiver.heard.length = 0
  }
})

test('a test is sent at once, also while it is paused, signed, once, and out of the order', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription, secret } = await test.subscribe(toWebhook(receiver))
  const { desk } = test.room
  await desk.pause(subscription.id)
  await test.arrive()
  const good = await desk.test(subscription.id)
  expect(good).toMatchObject({ kind: 'test', state: 'delivered', tried: [{ status: 204 }] })
  expect(receiver.heard).toHaveLength(1)
  const [heard] = receiver.heard
  expect(heard && verified(heard, secret)).toMatchObject({ type: 'alliance.focalpoint.test' })
  receiver.answer = response => void response.writeHead(500).end()
  expect(await desk.test(subscription.id)).toMatchObject({ state: 'failed', attempts: 1 })
  expect(receiver.heard).toHaveLength(2)
})

test('a rotated secret signs beside the one before', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const before = await test.subscribe(toWebhook(receiver))
  const after = await test.room.desk.rotateSecret(before.subscription.id)
  await test.arrive()
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  for (const { secret } of [before, after]) for (const heard of receiver.heard) verified(heard, secret)
})

test('without its secret, as after a restore, it is paused until there is a new one, and nothing is skipped', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  await test.store.write([{ type: 'del', key: `secret!${subscription.id}` }])
  await test.reopen()
  const id = await test.arrive()
  expect(test.room.desk.find(subscription.id)?.paused?.code).toBe('secret-missing')
  await expect(test.room.desk.resume(subscription.id, { skipDeadLetters: false })).rejects.toMatchObject({
    code: 'conflict',
  })
  const { secret } = await test.room.desk.rotateSecret(subscription.id)
  await test.room.desk.resume(subscription.id, { skipDeadLetters: false })
  await eventually(() => expect(subjectsOf(receiver)).toEqual([id]))
  for (const heard of receiver.heard) verified(heard, secret)
})

test('closing the room in the middle of an exchange counts as no attempt, and the same id comes again', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  receiver.answer = () => {}
  await test.arrive()
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  receiver.answer = response => void response.writeHead(204).end()
  await test.reopen()
  await isDone(test)
  expect(receiver.heard[0]?.event.id).toBe(receiver.heard[1]?.event.id)
  const [delivery] = await test.room.desk.deliveries(subscription.id, { limit: 1 })
  expect(delivery).toMatchObject({ attempts: 1, state: 'delivered' })
})
