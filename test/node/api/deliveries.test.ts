import { expect, test } from 'vitest'
import { deliveryOf } from './memory-subscriptions.ts'
import { openTestApi, type TestApi } from './open-test-api.ts'

async function subscribed(api: TestApi, told = 0): Promise<string> {
  const json = { label: 'All', target: { kind: 'webhook', url: 'https://risk.customs.example/' } }
  const answer = await api.ask('/v1/subscriptions', { as: 'customs', method: 'POST', json })
  const path = answer.headers.get('location') ?? ''
  const id = path.split('/').at(-1) ?? ''
  const turns = Array.from({ length: told }, (_, at) => told - at)
  api.desk.subscriptions.told.set(
    id,
    turns.map(turn => deliveryOf(id, { id: `msg_${turn}`, turn })),
  )
  return path
}

test('deliveries come newest first with their attempts, and lead to the page before', async () => {
  await using api = await openTestApi()
  const path = await subscribed(api, 5)
  const first = await api.ask(`${path}/deliveries?limit=2`, { as: 'customs' })
  expect(await first.json()).toMatchObject([
    { id: 'msg_5', tried: [{ outcome: 'delivered', status: 204 }] },
    { id: 'msg_4' },
  ])
  expect(first.headers.get('link')).toBe(`<${path}/deliveries?limit=2&cursor=4>; rel="next"`)
  const last = await api.ask(`${path}/deliveries?cursor=4&state=delivered`, { as: 'customs' })
  expect(await last.json()).toHaveLength(3)
  expect(await (await api.ask(`${path}/deliveries?state=dead`, { as: 'customs' })).json()).toEqual([])
  expect(await (await api.ask(`${path}/deliveries/msg_3`, { as: 'customs' })).json()).toMatchObject({
    turn: 3,
  })
  expect((await api.ask(`${path}/deliveries/msg_9`, { as: 'customs' })).status).toBe(404)
})

test('somebody says that they have read one', async () => {
  await using api = await openTestApi()
  const path = await subscribed(api, 1)
  const opened = await api.ask(`${path}/deliveries/msg_1/opened`, { as: 'customs', method: 'POST' })
  expect(await opened.json()).toMatchObject({ openedAt: expect.stringMatching(/Z$/) })
  const missing = await api.ask(`${path}/deliveries/none/opened`, { as: 'customs', method: 'POST' })
  expect(missing.status).toBe(404)
})

test('a test tells what came of it', async () => {
  await using api = await openTestApi()
  const path = await subscribed(api)
  const answer = await api.ask(`${path}/test`, { as: 'customs', method: 'POST' })
  expect(await answer.json()).toMatchObject({ kind: 'test', state: 'delivered' })
})

test.each([
  [{ after: 7 }, { after: 7 }],
  [{ since: '2026-05-01T08:00:00+02:00' }, { since: Date.parse('2026-05-01T06:00:00Z') / 1000 }],
  [{ delivery: 'msg_1' }, { delivery: 'msg_1' }],
  [{ deadLetters: true }, { deadLetters: true }],
])('%j is told once more', async (json, asked) => {
  await using api = await openTestApi()
  const path = await subscribed(api, 1)
  const answer = await api.ask(`${path}/replay`, { as: 'customs', method: 'POST', json })
  expect(answer.status).toBe(202)
  expect(api.desk.subscriptions.asked).toEqual([asked])
})

test.each([[{}], [{ after: 1, since: '2026-05-01T08:00:00Z' }], [{ since: 'yesterday' }], [{ after: -1 }]])(
  '%j is nothing that can be told once more',
  async json => {
    await using api = await openTestApi()
    const path = await subscribed(api)
    const answer = await api.ask(`${path}/replay`, { as: 'customs', method: 'POST', json })
    expect(await answer.json()).toMatchObject({ code: 'request-malformed' })
  },
)
