import { expect, test } from 'vitest'
import { openTestApi, type TestApi } from './open-test-api.ts'

const webhook = {
  label: 'Risk engine',
  filter: { types: ['alert'], hs: ['7326.90'], urgency: 'priority' },
  target: { kind: 'webhook', url: 'https://risk.customs.example/in' },
}

async function subscribed(api: TestApi, json: object = webhook): Promise<string> {
  const answer = await api.ask('/v1/subscriptions', { as: 'customs', method: 'POST', json })
  expect(answer.status).toBe(201)
  return answer.headers.get('location') ?? ''
}

/** Somebody else at customs. */
async function colleague(api: TestApi): Promise<{ authorization: string }> {
  const person = await api.people.add({ name: 'A colleague', roles: ['customs'] })
  const { secret } = await api.people.createToken({ person: person.id, label: 'test', days: 1 })
  return { authorization: `Bearer ${secret}` }
}

test('a subscription is made, read, changed, paused, resumed and removed', async () => {
  await using api = await openTestApi()
  const made = await api.ask('/v1/subscriptions', { as: 'customs', method: 'POST', json: webhook })
  expect([made.status, made.headers.get('etag')]).toEqual([201, '"1.0.0.0.0"'])
  expect(await made.json()).toMatchObject({
    secret: expect.stringMatching(/^whsec_/),
    subscription: {
      state: 'active',
      filter: { hs: ['732690'] },
      remarks: true,
      matches: false,
      target: webhook.target,
    },
  })
  const path = made.headers.get('location') ?? ''
  const read = await api.ask(path, { as: 'customs' })
  expect(read.headers.get('etag')).toBe('"1.0.0.0.0"')
  expect(JSON.stringify(await read.json())).not.toContain('whsec_')

  const json = { filter: {} }
  const changed = await api.ask(path, {
    as: 'customs',
    method: 'PATCH',
    json,
    headers: { 'if-match': '"1.7.3.0"' },
  })
  expect([changed.headers.get('etag'), await changed.json()]).toMatchObject(['"2.0.0.0.0"', { filter: {} }])

  const paused = await api.ask(`${path}/pause`, { as: 'customs', method: 'POST' })
  expect(await paused.json()).toMatchObject({ state: 'paused', paused: { code: 'by-person' } })
  for (const query of ['', '?skipDeadLetters=true']) {
    const resumed = await api.ask(`${path}/resume${query}`, { as: 'customs', method: 'POST' })
    expect(await resumed.json()).toMatchObject({ state: 'active' })
  }
  expect(api.desk.subscriptions.asked).toEqual([{ skipDeadLetters: false }, { skipDeadLetters: true }])
  expect((await api.ask(path, { as: 'customs', method: 'DELETE' })).status).toBe(204)
  expect((await api.ask(path, { as: 'customs' })).status).toBe(404)
})

test('only the version that was read is changed or removed', async () => {
  await using api = await openTestApi()
  const path = await subscribed(api)
  for (const tag of ['"7"', 'W/"1"', 'nonsense']) {
    const headers = { 'if-match': tag }
    const patch = await api.ask(path, { as: 'customs', method: 'PATCH', json: {}, headers })
    expect(await patch.json()).toMatchObject({ status: 412, code: 'subscription-changed' })
    expect((await api.ask(path, { as: 'customs', method: 'DELETE', headers })).status).toBe(412)
  }
})

test("somebody else's subscription is not there, whatever is asked of it", async () => {
  await using api = await openTestApi()
  const path = await subscribed(api)
  const headers = await colleague(api)
  const asked = [
    ['GET', ''],
    ['PATCH', '', {}],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/rotate-secret'],
    ['POST', '/test'],
    ['POST', '/replay', { after: 0 }],
    ['GET', '/deliveries'],
    ['GET', '/deliveries/msg_1'],
    ['POST', '/deliveries/msg_1/opened'],
  ] as const
  for (const [method, suffix, json] of asked) {
    const answer = await api.ask(path + suffix, { method, headers, json })
    expect([method, suffix, await answer.json()]).toMatchObject([method, suffix, { code: 'not-found' }])
  }
  expect(await (await api.ask('/v1/subscriptions', { headers })).json()).toEqual([])
  expect((await api.ask(path, { as: 'customs' })).status).toBe(200)
})

test('an administrator lists all without secrets and names, and removes what was left behind', async () => {
  await using api = await openTestApi()
  const path = await subscribed(api, { ...webhook, filter: { hs: ['7326'], parties: ['Bogus Metals'] } })
  expect((await api.ask('/v1/subscriptions?all=true', { as: 'customs' })).status).toBe(403)
  const all = await api.ask('/v1/subscriptions?all=true', { as: 'admin' })
  const text = await all.text()
  expect(JSON.parse(text)).toMatchObject([
    { filter: { hs: ['7326'] }, target: { url: 'https://risk.customs.example' } },
  ])
  expect(text).not.toMatch(/whsec_|hash|Bogus/)
  expect(await (await api.ask('/v1/subscriptions', { as: 'customs' })).text()).toContain('Bogus')
  expect((await api.ask(path, { as: 'admin', method: 'DELETE' })).status).toBe(204)
})

test.each([
  ['an unknown field', { ...webhook, secret: 'mine' }, '/secret'],
  ['an unknown criterion', { ...webhook, filter: { colour: ['red'] } }, '/filter/colour'],
  ['an unknown type of notice', { ...webhook, filter: { types: ['rumour'] } }, '/filter/types/0'],
  ['an empty list', { ...webhook, filter: { goods: [] } }, '/filter/goods'],
  ['no code', { ...webhook, filter: { hs: ['73x'] } }, '/filter/hs/0'],
  ['a label with a direction control', { ...webhook, label: 'a\u202eb' }, '/label'],
  ['two lines', { ...webhook, label: 'a\nb' }, '/label'],
  ['a cursor before the first', { ...webhook, after: -1 }, '/after'],
])('%s is refused, and nothing is made', async (_name, json, pointer) => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/subscriptions', { as: 'customs', method: 'POST', json })
  const problem = (await answer.json()) as { code: string; errors: { pointer: string }[] }
  expect(problem.code).toBe('request-malformed')
  expect(problem.errors.map(each => each.pointer)).toContain(pointer)
  expect(api.desk.subscriptions.list()).toEqual([])
})

test('an address that may not be sent to is refused by its code', async () => {
  await using api = await openTestApi()
  const json = { ...webhook, target: { kind: 'webhook', url: 'https://127.0.0.1/' } }
  const answer = await api.ask('/v1/subscriptions', { as: 'customs', method: 'POST', json })
  expect(await answer.json()).toMatchObject({ status: 422, code: 'target-loopback' })
})
