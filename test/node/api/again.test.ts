import { expect, test } from 'vitest'
import { eventually } from '../../eventually.ts'
import { exampleOf, openTestApi, type TestApi } from './open-test-api.ts'

const key = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' }

function draft(api: TestApi, headers: Record<string, string> = key, json: unknown = exampleOf('denial')) {
  return api.ask('/v1/drafts', { as: 'officer', method: 'POST', json, headers })
}

test('a draft that is sent again with its key is written once and answered the same', async () => {
  await using api = await openTestApi()
  const [first, again] = [await draft(api), await draft(api)]
  expect([first.status, again.status]).toEqual([201, 201])
  for (const header of ['location', 'etag']) expect(again.headers.get(header)).toBe(first.headers.get(header))
  expect(await again.json()).toEqual(await first.json())
  expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  expect(await api.desk.drafts.list()).toHaveLength(1)
})

test('a release that is sent again with its key is answered with the same notice', async () => {
  await using api = await openTestApi()
  const path = (await draft(api)).headers.get('location')
  const release = () => api.ask(`${path}/release`, { as: 'releaser', method: 'POST', headers: key })
  const [first, again] = [await release(), await release()]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(await again.json()).toEqual(await first.json())
  expect(api.desk.feed.last()).toBe(1)
})

test('a key that comes with another body is refused', async () => {
  await using api = await openTestApi()
  await draft(api)
  expect(await (await draft(api, key, exampleOf('alert'))).json()).toMatchObject({
    status: 422,
    code: 'idempotency-key-reused',
  })
})

test('two persons may have the same key', async () => {
  await using api = await openTestApi()
  const other = await api.people.add({ name: 'Another officer', roles: ['officer'] })
  const { secret } = await api.people.createToken({ person: other.id, label: 'test', days: 1 })
  await draft(api)
  await draft(api, { ...key, authorization: `Bearer ${secret}` })
  expect(await api.desk.drafts.list()).toHaveLength(2)
})

test('of many at once with one key only one is written, and the others are told to wait or answered the same', async () => {
  await using api = await openTestApi()
  const answers = await Promise.all(Array.from({ length: 12 }, () => draft(api)))
  const codes = await Promise.all(
    answers.map(async answer => ((await answer.json()) as { code?: string }).code ?? answer.status),
  )
  expect(codes.filter(code => code !== 201 && code !== 'idempotency-key-in-use')).toEqual([])
  expect(await api.desk.drafts.list()).toHaveLength(1)
})

test('a request that failed has not used its key', async () => {
  await using api = await openTestApi()
  expect((await draft(api, key, {})).status).toBe(422)
  expect((await draft(api)).status).toBe(201)
})

test('what is gone since does not come back: the key says so, and makes no second one', async () => {
  await using api = await openTestApi()
  const made = await draft(api)
  await api.ask(made.headers.get('location') ?? '', { as: 'officer', method: 'DELETE' })
  expect(await (await draft(api)).json()).toMatchObject({ status: 410, code: 'idempotency-key-spent' })
  expect(await api.desk.drafts.list()).toEqual([])
})

test('a secret is given once: a token is made without a key or not at all', async () => {
  await using api = await openTestApi()
  const [{ id } = { id: '' }] = api.people.list()
  const json = { person: id, label: 'scanner', days: 1 }
  const before = api.people.listTokens().length
  const answer = await api.ask('/v1/tokens', { as: 'admin', method: 'POST', json, headers: key })
  expect(await answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/idempotency-key' }] })
  expect(api.people.listTokens()).toHaveLength(before)
})

test.each(['x'.repeat(201), 'two words', ''])('the key "%s" is none', async none => {
  await using api = await openTestApi()
  const answer = await draft(api, { 'idempotency-key': none })
  expect(await answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/idempotency-key' }] })
})

test('who may not use a route learns nothing by a key of it', async () => {
  await using api = await openTestApi()
  await draft(api)
  const asked = { method: 'POST', json: exampleOf('denial'), headers: key }
  expect((await api.ask('/v1/drafts', { as: 'customs', ...asked })).status).toBe(403)
  expect((await api.ask('/v1/drafts', asked)).status).toBe(401)
})

test('who left before the answer came is answered with what was made, and the key is not held for ever', async () => {
  await using api = await openTestApi()
  const { create } = api.desk.drafts
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  api.desk.drafts.create = async (...asked) => {
    begun.resolve()
    await goOn.promise
    return create(...asked)
  }
  const leaving = new AbortController()
  const asked = { as: 'officer', method: 'POST', json: exampleOf('denial'), headers: key } as const
  const left = api.ask('/v1/drafts', { ...asked, signal: leaving.signal }).catch(() => 'left')
  await begun.promise
  expect(await (await draft(api)).json()).toMatchObject({ code: 'idempotency-key-in-use' })
  leaving.abort()
  expect(await left).toBe('left')
  goOn.resolve()
  await eventually(async () => expect((await draft(api)).headers.get('idempotency-replayed')).toBe('true'))
  expect(await api.desk.drafts.list()).toHaveLength(1)
})

test('a person who is added twice with one key is added once, and one who was disabled meanwhile is told as that', async () => {
  await using api = await openTestApi()
  const asked = {
    as: 'admin',
    method: 'POST',
    json: { name: 'Night shift', roles: ['customs'] },
    headers: key,
  } as const
  const { id } = (await (await api.ask('/v1/people', asked)).json()) as { id: string }
  await api.people.disable(id)
  expect(await (await api.ask('/v1/people', asked)).json()).toMatchObject({ id, disabled: true })
  expect(api.people.list().filter(({ name }) => name === 'Night shift')).toHaveLength(1)
})
