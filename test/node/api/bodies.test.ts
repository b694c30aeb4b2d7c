import { expect, test } from 'vitest'
import { exampleOf, openTestApi } from './open-test-api.ts'

const json = { 'content-type': 'application/json' }

// Trap 23: a validator that coerces or drops would change what is going to be signed.
test.each([
  ['null for a text', '{"type":"denial","body":{"lang":null}}'],
  ['a number as text', '{"type":"denial","body":{"confidence":"70"}}'],
  ['a text as number', '{"type":5,"exercise":"true"}'],
  ['a single value where a list belongs', '{"type":"denial","body":{"goods":{"itemId":"x"}}}'],
  ['fields that nobody knows', '{"type":"denial","extra":{"deep":[1,null,""]},"body":{}}'],
  ['a list', '[null,1,"2",{"a":{}}]'],
  ['null', 'null'],
  ['a text', '"denial"'],
  ['a number with an exponent', '1e3'],
  ['an empty object', '{}'],
])('a body reaches the desk unchanged: %s', async (_name, body) => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', headers: json, body })
  expect(answer.status).toBe(422)
  expect(JSON.stringify(api.desk.received)).toBe(`[${JSON.stringify(JSON.parse(body))}]`)
})

test('a good body reaches the desk unchanged, member by member and in order', async () => {
  await using api = await openTestApi()
  const text = JSON.stringify(exampleOf('denial'))
  const answer = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', headers: json, body: text })
  expect(answer.status).toBe(201)
  expect(JSON.stringify(api.desk.received[0])).toBe(text)
  expect(JSON.stringify(((await answer.json()) as { draft: unknown }).draft)).toBe(text)
})

test('a wrong draft is told of every wrong field, and nothing is kept', async () => {
  await using api = await openTestApi()
  const draft = { ...exampleOf('denial'), exercise: 'yes', extra: 1 }
  const answer = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', json: draft })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const problem = (await answer.json()) as { code: string; errors: { pointer: string }[] }
  expect(problem.code).toBe('draft-invalid')
  expect(problem.errors.map(({ pointer }) => pointer).sort()).toEqual(['/exercise', '/extra'])
  expect(await api.desk.drafts.list()).toEqual([])
})

test.each([
  ['not JSON', 400, 'body-malformed', json, '{"type":'],
  ['empty', 400, 'body-malformed', json, ''],
  ['naming a member twice', 400, 'body-malformed', json, '{"type":"denial","t\\u0079pe":"alert"}'],
  ['holding a number beyond all', 400, 'body-malformed', json, '{"type":1e400}'],
  ['holding a whole number that is rounded', 400, 'body-malformed', json, '{"type":9007199254740993}'],
  ['nested too deep', 400, 'body-malformed', json, `${'['.repeat(65)}${']'.repeat(65)}`],
  ['with a member __proto__', 400, 'body-malformed', json, '{"__proto__":{"admin":true}}'],
  ['plain text', 415, 'media-type-unsupported', { 'content-type': 'text/plain' }, 'denial'],
  [
    'a form',
    415,
    'media-type-unsupported',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'type=denial',
  ],
  ['JSON by another name', 415, 'media-type-unsupported', { 'content-type': 'application/jsonp' }, '{}'],
  ['too large', 413, 'body-too-large', json, JSON.stringify('x'.repeat(300 * 1024))],
])('a body that is %s gets %i', async (_name, status, code, headers, body) => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', headers, body })
  expect([answer.status, await answer.json()]).toMatchObject([status, { code, status }])
  expect(api.desk.received).toEqual([])
})

test('people and tokens have strict bodies too', async () => {
  await using api = await openTestApi()
  const odd = { name: 5, roles: ['officer', 'king'], extra: true }
  const answer = await api.ask('/v1/people', { as: 'admin', method: 'POST', json: odd })
  const problem = (await answer.json()) as { code: string; errors: { pointer: string }[] }
  expect(problem.code).toBe('request-malformed')
  expect(problem.errors.map(({ pointer }) => pointer).sort()).toEqual(['/extra', '/name', '/roles/1'])
})

test('a body that is no UTF-8 is refused and not mended', async () => {
  await using api = await openTestApi()
  const body = new Uint8Array([...new TextEncoder().encode('{"type":"'), 0xc3, 0x28, 0x22, 0x7d])
  const headers = { ...json, authorization: `Bearer ${api.tokens.officer}` }
  const answer = await fetch(`${api.url}/v1/drafts`, { method: 'POST', headers, body })
  expect(await answer.json()).toMatchObject({
    status: 400,
    code: 'body-malformed',
    detail: 'The body is not UTF-8.',
  })
  expect(api.desk.received).toEqual([])
})

test('what only looks like a second member, a long number or a level is taken', async () => {
  await using api = await openTestApi()
  const text = '{"a":"{\\"a\\":1,\\"a\\":[[[[","b":"9007199254740993","c":[{"a":1},{"a":-1.5e-7}]}'
  await api.ask('/v1/drafts', { as: 'officer', method: 'POST', headers: json, body: text })
  expect(api.desk.received).toEqual([JSON.parse(text)])
})
