import { expect, test } from 'vitest'
import { exampleOf, openTestApi, type TestApi } from './open-test-api.ts'

async function drafted(api: TestApi): Promise<{ id: string; path: string }> {
  const answer = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', json: exampleOf('denial') })
  expect(answer.status).toBe(201)
  const path = answer.headers.get('location') ?? ''
  return { id: path.split('/').at(-1) ?? '', path }
}

test('a draft is written, read, changed and thrown away', async () => {
  await using api = await openTestApi()
  const { id, path } = await drafted(api)
  const read = await api.ask(path, { as: 'officer' })
  expect(read.headers.get('etag')).toBe('"1"')
  expect(await read.json()).toMatchObject({ id, version: 1, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) })

  const changed = await api.ask(path, { as: 'officer', method: 'PUT', json: exampleOf('alert') })
  expect(changed.headers.get('etag')).toBe('"2"')
  expect(await changed.json()).toMatchObject({ version: 2, draft: { type: 'alert' } })

  expect(await (await api.ask('/v1/drafts', { as: 'releaser' })).json()).toMatchObject([{ id }])
  expect((await api.ask(path, { as: 'officer', method: 'DELETE' })).status).toBe(204)
  expect((await api.ask(path, { as: 'officer' })).status).toBe(404)
})

test('only the version that was read is replaced or thrown away', async () => {
  await using api = await openTestApi()
  const { path } = await drafted(api)
  const put = (tag: string) =>
    api.ask(path, { as: 'officer', method: 'PUT', json: exampleOf('denial'), headers: { 'if-match': tag } })
  expect((await put('"1"')).status).toBe(200)
  for (const stale of ['"1"', 'W/"2"', 'nonsense']) {
    expect(await (await put(stale)).json()).toMatchObject({ status: 412, code: 'draft-changed' })
  }
  const stale = await api.ask(path, { as: 'officer', method: 'DELETE', headers: { 'if-match': '"1"' } })
  expect(stale.status).toBe(412)
  expect((await put('*')).status).toBe(200)
  const last = await api.ask(path, { as: 'officer', method: 'DELETE', headers: { 'if-match': '"3"' } })
  expect(last.status).toBe(204)
})

test('a released draft is answered with the notice and where it is', async () => {
  await using api = await openTestApi()
  const { path } = await drafted(api)
  const answer = await api.ask(`${path}/release`, { as: 'releaser', method: 'POST' })
  expect(answer.status).toBe(201)
  const notice = (await answer.json()) as { id: string }
  expect(notice).toMatchObject({ issuer: 'QM', type: 'denial', standing: 'verified' })
  expect(answer.headers.get('location')).toBe(`/v1/notices/${notice.id}`)
})

test('whoever wrote a draft does not release it, whatever the token', async () => {
  await using api = await openTestApi()
  const both = await api.people.add({ name: 'Two hats', roles: ['officer', 'releaser'] })
  const [first, second] = await Promise.all(
    (['officer', 'releaser'] as const).map(role =>
      api.people.createToken({ person: both.id, label: role, days: 1, roles: [role] }),
    ),
  )
  const bearer = (secret = '') => ({ authorization: `Bearer ${secret}` })
  const made = await api.ask('/v1/drafts', {
    method: 'POST',
    json: exampleOf('denial'),
    headers: bearer(first?.secret),
  })
  const refused = await api.ask(`${made.headers.get('location')}/release`, {
    method: 'POST',
    headers: bearer(second?.secret),
  })
  expect(await refused.json()).toMatchObject({ status: 403, code: 'four-eyes' })
})

test.each([
  ['GET', ''],
  ['PUT', ''],
  ['DELETE', ''],
  ['POST', '/release'],
])('%s of a draft that is not there%s is not found', async (method, suffix) => {
  await using api = await openTestApi()
  const as = suffix === '' ? 'officer' : 'releaser'
  const json = method === 'PUT' ? { json: exampleOf('denial') } : {}
  const answer = await api.ask(`/v1/drafts/none${suffix}`, { as, method, ...json })
  expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' })
})

test('a releaser sends a draft back with a reason, and it is released once it is sent again', async () => {
  await using api = await openTestApi()
  const { path } = await drafted(api)
  const back = (json: object, tag = '"1"') =>
    api.ask(`${path}/return`, { as: 'releaser', method: 'POST', json, headers: { 'if-match': tag } })
  for (const reason of ['', ' \n ', 'x'.repeat(1001), 'a\u202eb']) {
    expect(await (await back({ reason })).json()).toMatchObject({
      code: 'request-malformed',
      errors: [{ pointer: '/reason' }],
    })
  }
  expect((await back({ reason: 'Wrong.' }, '"2"')).status).toBe(412)
  const returned = await back({ reason: ' The consignee\r\nis a forwarding agent. ' })
  expect(returned.status).toBe(200)
  const told = { at: expect.stringMatching(/^\d{4}-.*Z$/), reason: 'The consignee\nis a forwarding agent.' }
  expect(await returned.json()).toMatchObject({ version: 1, returned: told })
  const read = await api.ask(path, { as: 'officer' })
  expect(read.headers.get('etag')).not.toBe('"1"')
  expect(await read.json()).toMatchObject({ returned: told })
  const refused = await api.ask(`${path}/release`, { as: 'releaser', method: 'POST' })
  expect(await refused.json()).toMatchObject({ status: 409, code: 'draft-returned' })
  const headers = { 'if-match': read.headers.get('etag') ?? '' }
  const again = await api.ask(path, { as: 'officer', method: 'PUT', json: exampleOf('denial'), headers })
  expect(await again.json()).not.toHaveProperty('returned')
  const released = await api.ask(`${path}/release`, { as: 'releaser', method: 'POST' })
  expect(JSON.stringify([released.status, await released.json()])).toMatch(/^\[201,(?!.*forwarding agent)/)
})

test('customs read, change and throw away what they drafted themselves, and it keeps its type', async () => {
  await using api = await openTestApi()
  const { path: another } = await drafted(api)
  const { id: noticeId } = api.desk.admit(exampleOf('denial'), { issuer: 'QN' })
  const answer = exampleOf('follow-up')
  const made = await api.ask(`/v1/notices/${noticeId}/follow-up`, {
    as: 'customs',
    method: 'POST',
    json: answer,
  })
  const path = made.headers.get('location') ?? ''
  const { id, draft } = (await made.json()) as { id: string; draft: object }
  expect(await (await api.ask('/v1/drafts', { as: 'customs' })).json()).toMatchObject([{ id }])
  expect((await api.ask(path, { as: 'customs' })).status).toBe(200)
  const put = (to: string, json: object) => api.ask(to, { as: 'customs', method: 'PUT', json })
  expect(await (await put(path, exampleOf('denial'))).json()).toMatchObject({ code: 'forbidden' })
  expect((await put(path, draft)).status).toBe(200)
  expect((await put(another, exampleOf('denial'))).status).toBe(404)
  expect((await api.ask(another, { as: 'customs', method: 'DELETE' })).status).toBe(404)
  expect((await api.ask(path, { as: 'customs', method: 'DELETE' })).status).toBe(204)
  expect(await (await api.ask('/v1/drafts', { as: 'customs' })).json()).toEqual([])
})
