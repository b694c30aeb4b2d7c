import { expect, test } from 'vitest'
import { exampleOf, openTestApi } from './open-test-api.ts'

const reads = ['/v1/notices', '/v1/events', '/v1/goods', '/v1/members', '/v1/stats', '/v1/openapi.json']

test.each(reads)('who has the answer of %s already is told so, and sent nothing', async path => {
  await using api = await openTestApi()
  api.desk.admit(exampleOf('denial'))
  const first = await api.ask(path, { as: 'customs' })
  const tag = first.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[\w-]+"$/)
  for (const given of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const again = await api.ask(path, { as: 'customs', headers: { 'if-none-match': given } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
  }
  const other = await api.ask(path, { as: 'customs', headers: { 'if-none-match': '"other"' } })
  expect(other.status).toBe(200)
})

test('the tag changes with what is answered', async () => {
  await using api = await openTestApi()
  const tagOf = async () => (await api.ask('/v1/notices', { as: 'customs' })).headers.get('etag')
  const before = await tagOf()
  api.desk.admit(exampleOf('denial'))
  expect(await tagOf()).not.toBe(before)
})

test('readers of other parts and other forms have other tags', async () => {
  await using api = await openTestApi()
  const { id } = api.desk.admit({ ...exampleOf('denial'), nominal: { consignee: { name: 'Fictional Ltd' } } })
  const tags = await Promise.all([
    api.ask(`/v1/notices/${id}`, { as: 'customs' }),
    api.ask(`/v1/notices/${id}`, { as: 'coordinator' }),
    api.ask(`/v1/notices/${id}`, { as: 'customs', headers: { accept: 'application/sd-jwt' } }),
  ])
  expect(new Set(tags.map(({ headers }) => headers.get('etag'))).size).toBe(3)
})

test('a draft has the tag of its version, and the headers alone have it too', async () => {
  await using api = await openTestApi()
  const made = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', json: exampleOf('denial') })
  const path = made.headers.get('location') ?? ''
  for (const method of ['GET', 'HEAD']) {
    const headers = { 'if-none-match': '"1"' }
    expect((await api.ask(path, { as: 'officer', method })).headers.get('etag')).toBe('"1"')
    expect((await api.ask(path, { as: 'officer', method, headers })).status).toBe(304)
  }
})

test('neither failures nor streams nor what was made have a tag', async () => {
  await using api = await openTestApi()
  const leaving = new AbortController()
  const stream = { accept: 'text/event-stream' }
  const answers = await Promise.all([
    api.ask('/v1/goods/none', { as: 'customs' }),
    api.ask('/v1/events', { as: 'customs', headers: stream, signal: leaving.signal }),
    api.ask('/v1/backups', { as: 'admin', method: 'POST' }),
  ])
  expect(answers.map(({ headers }) => headers.get('etag'))).toEqual([null, null, null])
  leaving.abort()
})
