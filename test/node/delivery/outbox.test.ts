import { expect, test } from 'vitest'
import { put } from '../../../node/store/operation.ts'
import { eventually } from '../../eventually.ts'
import { openRoom, type TestRoom } from './open-room.ts'
import { openReceiver, type Receiver } from './receiver.ts'

const eventsOf = ({ heard }: Receiver) =>
  heard.map(({ event }) => [event.type.replace('alliance.focalpoint.', ''), event.subject])
const toWebhook = ({ url }: Receiver) => ({ target: { kind: 'webhook', url } as const })

/** Until all that is in the feed has been looked at and told. */
async function settled({ room, store }: TestRoom): Promise<void> {
  await eventually(() => {
    for (const { cursor, waiting } of room.desk.list())
      expect([cursor, waiting]).toEqual([store.feed.lastCursor(), 0])
  })
}

test('only what the filter meets is told, and only what comes after the subscription, unless it says otherwise', async () => {
  await using receiver = await openReceiver()
  await using all = await openReceiver()
  await using test = await openRoom()
  const before = await test.arrive()
  await test.subscribe({ ...toWebhook(receiver), filter: { types: ['denial'] } })
  await test.subscribe({ ...toWebhook(all), after: 0 })
  const alert = await test.arrive()
  const denial = await test.arrive({ type: 'denial' })
  await settled(test)
  expect(eventsOf(receiver)).toEqual([['notice.denial', denial]])
  expect(eventsOf(all).map(([, id]) => id)).toEqual([before, alert, denial])
})

test('corrections, withdrawals and erasures of what was told are told, though the filter does not meet them', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  await test.subscribe({ ...toWebhook(receiver), filter: { types: ['denial'] } })
  const told = await test.arrive({ type: 'denial' })
  const other = await test.arrive({ type: 'alert' })
  const correction = await test.arrive({ type: 'correction', answers: told })
  await test.arrive({ type: 'correction', answers: other })
  const withdrawal = await test.arrive({ type: 'withdrawal', answers: told })
  await test.store.write(test.store.erasure.eraseOps(told, ['body'], test.clock.now))
  await test.store.write(test.store.erasure.eraseOps(other, ['body'], test.clock.now))
  await settled(test)
  expect(eventsOf(receiver)).toEqual([
    ['notice.denial', told],
    ['notice.correction', correction],
    ['notice.withdrawal', withdrawal],
    ['change.erased', told],
  ])
  expect(receiver.heard.map(({ event }) => event.about)).toEqual([undefined, told, told, undefined])
})

test('a notice that becomes void or disputed is told of where it was told', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  await test.subscribe(toWebhook(receiver))
  const id = await test.arrive()
  await settled(test)
  await test.store.write([
    { type: 'late', rows: view => [put(`feed!${pad(view.nextCursor())}`, `forked ${id} ${test.clock.now}`)] },
  ])
  await test.store.write(test.store.notices.voidOps(id, test.clock.now))
  await settled(test)
  expect(eventsOf(receiver)).toEqual([
    ['notice.alert', id],
    ['change.disputed', id],
    ['change.voided', id],
  ])
})

test('follow-ups are told unless they are not wanted; what comes void is never told', async () => {
  await using receiver = await openReceiver()
  await using quiet = await openReceiver()
  await using test = await openRoom()
  await test.subscribe({ ...toWebhook(receiver), filter: { types: ['denial'] } })
  await test.subscribe({ ...toWebhook(quiet), filter: { types: ['denial'] }, remarks: false })
  const told = await test.arrive({ type: 'denial' })
  const remark = await test.arrive({ type: 'follow-up', answers: told })
  await test.arrive({ type: 'denial', isVoid: true })
  await settled(test)
  expect(eventsOf(receiver).map(([, id]) => id)).toEqual([told, remark])
  expect(eventsOf(quiet).map(([, id]) => id)).toEqual([told])
})

test('a notice is told once what the filter asks for has come in, and the rest when it comes', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  await test.subscribe({ ...toWebhook(receiver), filter: { text: ['glove'] } })
  const parts = { body: { value: { text: 'a glove', tlp: 'TLP:AMBER' }, to: 'channel' } } as const
  const id = await test.arrive({ parts, withheld: ['body'] } as never)
  await settled(test)
  expect(receiver.heard).toEqual([])
  const { newNotice } = await import('../store/builders.ts')
  const whole = newNotice({ seq: 1, type: 'alert', parts })
  const late = { ...whole, flags: [], keys: noKeys, words: 'a glove', receivedAt: test.clock.now }
  expect(whole.envelope.id).toBe(id)
  await test.store.write(test.store.notices.partsOps(late))
  await settled(test)
  expect(eventsOf(receiver)).toEqual([['notice.alert', id]])
})

test('of a notice for named readers, or TLP:RED, a receiver is told that it came and no more', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  await test.subscribe(toWebhook(receiver))
  const told = await test.arrive()
  const inside = { type: 'alert', body: { text: 'spiked glove', tlp: 'TLP:AMBER' } }
  const sealed = await test.arrive({
    type: 'sealed',
    answers: told,
    parts: {
      body: { value: { ...inside, refs: [{ id: told, rel: 'follows' }] }, to: 'named' },
      nominal: { value: { a: { name: 'Bogus Metals' } }, to: 'named' },
    },
  } as never)
  const red = await test.arrive({ body: { text: 'spiked glove', tlp: 'TLP:RED' } })
  await settled(test)
  expect(eventsOf(receiver)).toEqual([
    ['notice.alert', told],
    ['pointer', sealed],
    ['pointer', red],
  ])
  for (const { event, body } of receiver.heard.slice(1)) {
    expect(event.data).toEqual({ id: event.subject, exercise: false, isReadHereOnly: true })
    expect(body).not.toMatch(new RegExp(`spiked|Bogus|alert|${told}`))
  }
})

test('what was erased before it could be sent leaves without it, under the same id, and answers quote it no longer', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  receiver.answer = response => void response.writeHead(500).end('a spiked glove, you say?')
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const id = await test.arrive()
  const quotes = async () => {
    const told = await test.room.desk.deliveries(subscription.id, { limit: 10 })
    return told.flatMap(({ tried }) => tried).filter(({ answer }) => answer?.includes('spiked')).length
  }
  await eventually(async () => expect(await quotes()).toBeGreaterThan(0))
  receiver.answer = response => void response.writeHead(500).end()
  await test.store.write(test.store.erasure.eraseOps(id, ['body', 'nominal'], test.clock.now))
  expect(await quotes()).toBe(0)
  receiver.answer = response => void response.writeHead(204).end()
  await settled(test)
  const about = receiver.heard.filter(({ event }) => event.type.includes('notice'))
  expect(about[0]?.body).toContain('spiked')
  expect(about.at(-1)?.body).not.toMatch(/spiked|Bogus/)
  expect(about.at(-1)?.event.id).toBe(about[0]?.event.id)
})

test('the answer of an attempt that was under way during the erasure is not kept either', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const asked = Promise.withResolvers<() => void>()
  receiver.answer = response =>
    asked.resolve(() => void response.writeHead(500).end('a spiked glove, you say?'))
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const id = await test.arrive()
  const answer = await asked.promise
  await test.store.write(test.store.erasure.eraseOps(id, ['body', 'nominal'], test.clock.now))
  receiver.answer = response => void response.writeHead(204).end()
  answer()
  await settled(test)
  const tried = (await test.room.desk.deliveries(subscription.id, { limit: 10 })).flatMap(each => each.tried)
  expect(tried.map(({ status }) => status)).toContain(500)
  expect(tried.filter(each => each.answer !== undefined)).toEqual([])
})

test('matches are told only to the owner of the consignment, who asked for them', async () => {
  await using receiver = await openReceiver()
  await using other = await openReceiver()
  await using test = await openRoom()
  await test.subscribe({ ...toWebhook(receiver), filter: { types: ['denial'] }, matches: true })
  await test.subscribe({ ...toWebhook(other) })
  for (const id of ['mine-1', 'theirs-1'])
    await test.store.write([
      {
        type: 'late',
        rows: view => [put(`feed!${pad(view.nextCursor())}`, `matched ${id} ${test.clock.now}`)],
      },
    ])
  await settled(test)
  expect(eventsOf(receiver)).toEqual([['match', 'mine-1']])
  expect(receiver.heard[0]?.event.data).toMatchObject({ consignment: 'mine-1' })
  expect(other.heard).toEqual([])
})

test('a replay tells once more in order, with the ids of the first time, and then goes on', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const first = await test.arrive()
  test.clock.now += 100
  const second = await test.arrive({ type: 'withdrawal', answers: first })
  await settled(test)
  const ids = () => receiver.heard.splice(0).map(({ event }) => event.id)
  const once = ids()
  await test.room.desk.replay(subscription.id, { after: 0 })
  await eventually(() => expect(receiver.heard).toHaveLength(2))
  expect(ids()).toEqual(once)
  await test.room.desk.replay(subscription.id, { since: test.clock.now })
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  expect(ids()).toEqual(once.slice(1))
  await test.room.desk.replay(subscription.id, { delivery: once[0] ?? '' })
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  expect(ids()).toEqual(once.slice(0, 1))
  const third = await test.arrive()
  await settled(test)
  expect(eventsOf(receiver)).toEqual([['notice.alert', third]])
  expect(second).not.toBe(first)
  await expect(test.room.desk.replay(subscription.id, { after: 99 })).rejects.toMatchObject({
    code: 'cursor-malformed',
  })
})

test('what waits is bounded, and what does not fit stays in the feed', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom({ waitingMost: 50 })
  receiver.answer = response => void response.writeHead(500).end()
  await test.subscribe(toWebhook(receiver))
  await Promise.all(Array.from({ length: 130 }, () => test.arrive()))
  await eventually(() => expect(test.room.counts().waiting).toBeGreaterThan(40))
  expect(test.room.counts().waiting).toBeLessThanOrEqual(50)
  receiver.answer = response => void response.writeHead(204).end()
  await settled(test)
  const seqs = [...new Map(receiver.heard.map(({ event }) => [event.id, event.data.seq])).values()]
  expect(seqs).toEqual(Array.from({ length: 130 }, (_, at) => at + 1))
})

test('a subscription that is removed leaves no row behind', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  const { subscription } = await test.subscribe(toWebhook(receiver))
  const kept = await test.subscribe({ ...toWebhook(receiver) })
  const id = await test.arrive()
  await settled(test)
  await test.room.desk.remove(subscription.id, {})
  const keys: string[] = []
  for await (const page of test.store.snapshot()) keys.push(...page.flat())
  expect(keys.filter(each => each.includes(subscription.id))).toEqual([])
  expect(test.store.deliveries.told(kept.subscription.id, id)).toHaveLength(1)
  expect(test.store.erasure.isUnfinished()).toBe(true)
})

test('neither secrets nor answers are in a backup', async () => {
  await using receiver = await openReceiver()
  await using test = await openRoom()
  receiver.answer = response => void response.writeHead(200).end('an answer')
  const { secret } = await test.subscribe(toWebhook(receiver))
  await test.arrive()
  await settled(test)
  const rows: string[] = []
  for await (const page of test.store.snapshot()) rows.push(...page.flat())
  expect(rows.some(each => each.startsWith('delivery!'))).toBe(true)
  expect(rows.filter(each => each.includes(secret) || each.includes('an answer'))).toEqual([])
})

const noKeys = { category: [], goods: [], hs: [], country: [], reference: [] }

function pad(cursor: number): string {
  return String(cursor).padStart(16, '0')
}
