import { expect, test } from 'vitest'
import { openTestApi } from '../open-test-api.ts'

const map = { columns: { description: 'Ware' }, separator: ';' }

test('a column map is saved, read, changed by who has read it, and deleted', async () => {
  await using api = await openTestApi()
  const ask = (method: string, tag?: string, json?: unknown) =>
    api.ask('/v1/column-maps/atlas', {
      as: 'customs',
      method,
      ...(json !== undefined && { json }),
      ...(tag !== undefined && { headers: { 'if-match': tag } }),
    })
  expect((await ask('GET')).status).toBe(404)
  expect((await ask('PUT', undefined, map)).headers.get('etag')).toBe('"1"')
  const read = await ask('GET')
  expect(read.headers.get('etag')).toBe('"1"')
  expect(await read.json()).toMatchObject({ name: 'atlas', map, version: 1, at: expect.stringMatching(/Z$/) })
  expect((await ask('PUT', '"1"', { ...map, decimal: ',' })).headers.get('etag')).toBe('"2"')
  for (const [method, body] of [
    ['PUT', map],
    ['DELETE', undefined],
  ] as const)
    expect(await (await ask(method, '"1"', body)).json()).toMatchObject({ status: 412, code: 'map-changed' })
  expect(await (await api.ask('/v1/column-maps', { as: 'customs' })).json()).toMatchObject([
    { name: 'atlas' },
  ])
  expect((await ask('DELETE', '"2"')).status).toBe(204)
  expect((await ask('DELETE')).status).toBe(404)
})

test('a wrong map is refused with every wrong field, and a name is a name', async () => {
  await using api = await openTestApi()
  const put = (name: string, json: unknown) =>
    api.ask(`/v1/column-maps/${name}`, { as: 'customs', method: 'PUT', json })
  const wrong = {
    separator: ';;',
    charset: 'klingon',
    columns: { goods: 'x', origin: '' },
    parties: [{ role: 'king', name: 'x' }],
  }
  const problem = (await (await put('atlas', wrong)).json()) as { errors: { pointer: string }[] }
  expect(problem.errors.map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/separator', '/charset', '/columns/origin', '/parties/0/role']),
  )
  expect((await put('no%20name', map)).status).toBe(422)
  expect((await put('%2e%2e%2fx', map)).status).toBe(422)
})
