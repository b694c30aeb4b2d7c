import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { FocalpointError } from '#protocol'
import { problemOf, problems } from '../../../node/desk/problem.ts'
import { exampleOf, openTestApi } from './open-test-api.ts'

test('a problem is RFC 9457 with a stable code', async () => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/goods/none', { as: 'officer' })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await answer.json()).toEqual({
    type: '/problems/not-found',
    title: 'Not found',
    status: 404,
    detail: expect.any(String),
    code: 'not-found',
  })
})

test('what nobody expected is a 500 that says nothing of the inside', async () => {
  await using api = await openTestApi()
  api.desk.fault = new TypeError('secret at /srv/inside.ts')
  const answer = await api.ask('/v1/network', { as: 'coordinator' })
  const text = await answer.text()
  expect(JSON.parse(text)).toMatchObject({ status: 500, code: 'internal' })
  expect(text).not.toMatch(/secret|inside\.ts|TypeError| at /)
  expect(api.logged.join()).toContain('secret at /srv/inside.ts')
})

test('an error of ours that comes up in the desk keeps its code', async () => {
  await using api = await openTestApi()
  api.desk.fault = new FocalpointError('recovering', 'The node is fetching its own log.', {
    reason: 'restored',
  })
  const answer = await api.ask('/v1/network', { as: 'coordinator' })
  expect(await answer.json()).toMatchObject({ status: 503, code: 'recovering' })
})

test.each([
  ['/nothing/here', 404, 'not-found'],
  ['/v1/notices/', 404, 'not-found'],
  ['/v1/%zz', 404, 'not-found'],
  [`/v1/goods/${'x'.repeat(500)}`, 404, 'not-found'],
])('the address %s is not found', async (path, status, code) => {
  await using api = await openTestApi()
  const answer = await api.ask(path, { as: 'officer' })
  expect([answer.status, await answer.json()]).toMatchObject([status, { code }])
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
})

test('a method that an address does not have is told which it has', async () => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/drafts/some', { as: 'officer', method: 'PATCH', json: {} })
  expect(await answer.json()).toMatchObject({ status: 405, code: 'method-not-allowed' })
  expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'PUT'])
})

test('query parameters that nobody knows are refused everywhere', async () => {
  await using api = await openTestApi()
  for (const path of ['/healthz', '/v1/members', '/v1/drafts']) {
    const answer = await api.ask(`${path}?verbose=1`, { as: 'officer' })
    expect(await answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/verbose', code: 'unknown' }],
    })
  }
})

test('the headers alone can be asked for', async () => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/goods', { as: 'officer', method: 'HEAD' })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
})

test('answers are not kept by caches, not sniffed, and open to no other site', async () => {
  await using api = await openTestApi()
  const { headers } = await api.ask('/v1/goods', {
    as: 'officer',
    headers: { origin: 'https://elsewhere.example' },
  })
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('access-control-allow-origin')).toBeNull()
})

test('the log has one line per request and never a body or a token', async () => {
  await using api = await openTestApi()
  const json = exampleOf('denial')
  await api.ask('/v1/drafts', { as: 'officer', method: 'POST', json })
  expect(api.logged).toHaveLength(1)
  expect(api.logged[0]).toContain('"route":"/v1/drafts"')
  expect(api.logged[0]).not.toMatch(new RegExp(`${api.tokens.officer}|groundsSummary`))
})

test('a busy port is told as such', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await expect(openTestApi({ port })).rejects.toMatchObject({
    code: 'port-busy',
    details: { address: `127.0.0.1:${port}` },
  })
  other.close()
})

test('every status is one of HTTP’s errors and every title a short line', () => {
  for (const [code, { status, title }] of Object.entries(problems)) {
    expect([code, status >= 400 && status < 600, title.length > 0 && title.length <= 60]).toEqual([
      code,
      true,
      true,
    ])
  }
})

test('wrong fields are carried over with their pointers', () => {
  const errors = [{ pointer: '/body/lang', code: 'missing', detail: 'This is needed.' }]
  expect(problemOf(new FocalpointError('draft-invalid', 'One field is wrong.', { errors }))).toMatchObject({
    status: 422,
    errors,
  })
})
