import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import type { App } from '../../../node/api/app.ts'
import { watchRoutes } from '../../../node/api/routes.ts'
import { type Person, type Role, roles } from '../../../node/people.ts'
import { exampleOf, openTestApi, type TestApi } from './open-test-api.ts'
import { objectAt, type RealObject, realPath } from './real-objects.ts'

const everyone = [...roles]

/** Who may use which route, written a second time and by hand: `anyone` needs no token. */
const matrix: Record<string, readonly Role[] | 'anyone'> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /v1/openapi.json': 'anyone',
  'GET /v1/schemas': 'anyone',
  'GET /v1/schemas/{name}.json': 'anyone',
  'GET /v1/drafts': ['officer', 'releaser', 'customs'],
  'POST /v1/drafts': ['officer'],
  'GET /v1/drafts/{id}': ['officer', 'releaser', 'customs'],
  'PUT /v1/drafts/{id}': ['officer', 'customs'],
  'DELETE /v1/drafts/{id}': ['officer', 'customs'],
  'POST /v1/drafts/{id}/release': ['releaser'],
  'POST /v1/drafts/{id}/return': ['releaser'],
  'GET /v1/notices': everyone,
  'GET /v1/notices/{id}': everyone,
  'POST /v1/notices/{id}/withdrawal': ['officer', 'customs'],
  'POST /v1/notices/{id}/correction': ['officer', 'customs'],
  'POST /v1/notices/{id}/follow-up': ['officer', 'customs'],
  'POST /v1/notices/{id}/acknowledgement': ['officer', 'customs'],
  'GET /v1/exports': everyone,
  'GET /v1/exports/notices.csv': ['officer', 'customs'],
  'POST /v1/exports/notices.csv': ['officer', 'customs'],
  'GET /v1/exports/notices.ndjson': everyone,
  'GET /v1/exports/notices.stix.json': ['officer', 'customs'],
  'GET /v1/exports/bundle.ndjson': everyone,
  'GET /v1/schemas/stix-bundle.json': 'anyone',
  'GET /v1/events': everyone,
  'GET /v1/network': ['coordinator'],
  'GET /v1/network/{member}': ['coordinator'],
  'GET /v1/members': everyone,
  'GET /v1/goods': everyone,
  'GET /v1/goods/{item}': everyone,
  'GET /v1/stats': everyone,
  'POST /v1/screenings': ['customs'],
  'GET /v1/consignments': ['customs'],
  'GET /v1/consignments/{id}': ['customs'],
  'DELETE /v1/consignments/{id}': ['customs'],
  'GET /v1/column-maps': ['customs'],
  'GET /v1/column-maps/{name}': ['customs'],
  'PUT /v1/column-maps/{name}': ['customs'],
  'DELETE /v1/column-maps/{name}': ['customs'],
  'POST /v1/sightings': ['customs'],
  'GET /v1/me': everyone,
  'GET /v1/people': ['admin'],
  'POST /v1/people': ['admin'],
  'PATCH /v1/people/{id}': ['admin'],
  'POST /v1/people/{id}/disable': ['admin'],
  'POST /v1/people/{id}/sign-in-links': ['admin'],
  'GET /v1/tokens': ['admin'],
  'POST /v1/tokens': ['admin'],
  'DELETE /v1/tokens/{id}': ['admin'],
  'POST /v1/backups': ['admin'],
  'POST /v1/members/documents': ['coordinator', 'admin'],
  'GET /v1/subscriptions': ['customs', 'admin'],
  'POST /v1/subscriptions': ['customs'],
  'GET /v1/subscriptions/{id}': ['customs'],
  'PATCH /v1/subscriptions/{id}': ['customs'],
  'DELETE /v1/subscriptions/{id}': ['customs', 'admin'],
  'POST /v1/subscriptions/{id}/pause': ['customs'],
  'POST /v1/subscriptions/{id}/resume': ['customs'],
  'POST /v1/subscriptions/{id}/rotate-secret': ['customs'],
  'POST /v1/subscriptions/{id}/test': ['customs'],
  'POST /v1/subscriptions/{id}/replay': ['customs'],
  'GET /v1/subscriptions/{id}/deliveries': ['customs'],
  'GET /v1/subscriptions/{id}/deliveries/{delivery}': ['customs'],
  'POST /v1/subscriptions/{id}/deliveries/{delivery}/opened': ['customs'],
  'GET /v1/feeds/{secret}.atom': 'anyone',
  'GET /v1/feeds/{secret}.json': 'anyone',
}

/** So many routes at one API: whoever fails more often to say who they are is slowed. */
const routesAtOnce = 12
const parts = Array.from({ length: Math.ceil(Object.keys(matrix).length / routesAtOnce) }, (_, at) =>
  Object.entries(matrix).slice(at * routesAtOnce, (at + 1) * routesAtOnce),
)

/** Whether somebody else's is there for this role. */
function isForOthers(object: RealObject | undefined, method: string, as: Role | undefined): boolean {
  if (as !== undefined && object?.ownAlone === as) return false
  if (object?.others !== 'own') return true
  return as !== undefined && object.but?.[method] === as
}

/** What a person of these roles gets at a route for somebody else's thing, by its address with and without it. */
interface Got {
  isRefused: boolean
  isThere: boolean
}

async function ask(
  api: TestApi,
  { method, address, as }: { method: string; address: string; as?: Role },
): Promise<Got> {
  // Of a body that is wrong it is told before anybody looks whose thing it is.
  const json = address.endsWith('/replay') ? { after: 0 } : {}
  const sent = method === 'GET' || method === 'DELETE' || method === 'HEAD' ? {} : { json }
  const answer = await api.ask(address, { method, ...sent, ...(as && { as }) })
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json')
  const body = await answer.text()
  const { code } = isProblem && body !== '' ? (JSON.parse(body) as { code?: string }) : {}
  const isRefused =
    answer.status === 401 || code === 'forbidden' || (method === 'HEAD' && answer.status === 403)
  return { isRefused, isThere: !isRefused && answer.status !== 404 }
}

test("each route is open to the roles of the matrix and to nobody else, for one's own things and for others'", async () => {
  for (const part of parts) {
    await using api = await openTestApi()
    for (const [route, allowed] of part) {
      const [method = '', path = ''] = route.split(' ')
      for (const each of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        for (const as of [undefined, ...roles]) {
          const got = await ask(api, { method: each, address: await realPath(api, path), ...(as && { as }) })
          const isOpen = allowed === 'anyone' || (as !== undefined && allowed.includes(as))
          const isThere = isOpen && isForOthers(objectAt(path), method, as)
          expect([route, each, as, got]).toEqual([route, each, as, { isRefused: !isOpen, isThere }])
        }
      }
    }
  }
})

test('who may not use a route is not told whether there is such a thing', async () => {
  for (const part of parts) {
    await using api = await openTestApi()
    for (const [route, allowed] of part) {
      const [method = '', path = ''] = route.split(' ')
      if (allowed === 'anyone' || objectAt(path) === undefined) continue
      for (const as of [undefined, ...roles.filter(role => !allowed.includes(role))]) {
        const addresses = [await realPath(api, path), path.replace(/\{\w+\}/, 'none')]
        const [real, madeUp] = await Promise.all(
          addresses.map(async address => {
            const answer = await api.ask(address, { method, ...(as && { as }) })
            return [answer.status, await answer.text()]
          }),
        )
        expect([route, as, real]).toEqual([route, as, madeUp])
      }
    }
  }
})

test('no other method does anything, and none is smuggled in by a header', async () => {
  await using api = await openTestApi()
  const { id } = await api.desk.drafts.create(exampleOf('denial'), { id: 'somebody' } as Person)
  const path = `/v1/drafts/${id}`
  for (const method of ['OPTIONS', 'PATCH', 'PROPFIND'])
    expect([method, (await api.ask(path, { as: 'officer', method })).status]).toEqual([method, 405])
  const override = ['x-http-method-override', 'x-http-method', 'x-method-override']
  for (const name of override) {
    const answer = await api.ask(path, { as: 'officer', headers: { [name]: 'DELETE' } })
    expect([name, answer.status]).toEqual([name, 200])
    const released = await api.ask(path, {
      as: 'officer',
      method: 'PUT',
      json: {},
      headers: { [name]: 'DELETE' },
    })
    expect([name, released.status]).toEqual([name, 422])
  }
  expect(api.desk.drafts.find(id)).toMatchObject({ id, version: 1 })
})

test.each([
  ['%2e%2e', 404],
  ['..%2fdrafts', 404],
  ['none%2Frelease', 404],
  ['%00', 404],
  ['%ff', 404],
  ['__proto__', 404],
  ['constructor', 404],
  ['x'.repeat(400), 404],
])('the id %s leads to nothing', async (id, status) => {
  await using api = await openTestApi()
  await api.desk.drafts.create(exampleOf('denial'), { id: 'somebody' } as Person)
  for (const path of [`/v1/drafts/${id}`, `/v1/notices/${id}`, `/v1/goods/${id}`])
    expect([path, (await api.ask(path, { as: 'officer' })).status]).toEqual([path, status])
})

test('an id is the same however its letters are encoded', async () => {
  await using api = await openTestApi()
  const { id } = await api.desk.drafts.create(exampleOf('denial'), { id: 'somebody' } as Person)
  const encoded = [...id].map(letter => `%${letter.charCodeAt(0).toString(16)}`).join('')
  expect((await api.ask(`/v1/drafts/${encoded}`, { as: 'officer' })).status).toBe(200)
  expect((await api.ask(`/v1/drafts/${encoded}`, { as: 'customs' })).status).toBe(404)
  expect((await api.ask(`/v1/drafts/${encoded}`, { as: 'coordinator' })).status).toBe(403)
})

test.each([
  'type=denial&type=alert',
  'type[]=denial',
  'type[x]=denial',
  '__proto__[admin]=1',
  'constructor=1',
])('the query %s is refused as it stands', async query => {
  await using api = await openTestApi()
  const answer = await api.ask(`/v1/notices?${query}`, { as: 'officer' })
  expect(await answer.json()).toMatchObject({ status: 422, code: 'request-malformed' })
})

test('headers that are too large are refused in the form of all failures', async () => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/goods', { as: 'officer', headers: { 'x-much': 'x'.repeat(20_000) } })
  expect(answer.status).toBe(431)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await answer.json()).toMatchObject({ status: 431, code: 'headers-too-large' })
})

test.each([
  'GARBAGE\r\n\r\n',
  'GET /healthz HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
])('what is no HTTP is told so and cut off: %j', async sent => {
  await using api = await openTestApi()
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1').end(sent)
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/)
  expect(answer).toContain('"code":"http-malformed"')
})

test('the matrix names every route that there is', async () => {
  await using api = await openTestApi()
  const { paths } = (await (await api.ask('/v1/openapi.json')).json()) as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  expect(routes.sort()).toEqual(Object.keys(matrix).sort())
})

test('a route that does not say who may use it stops the start', () => {
  const app: App = fastify()
  watchRoutes(app)
  expect(() => app.get('/open-door', async () => 'in')).toThrow('/open-door')
})

test('a refusal says what is needed', async () => {
  await using api = await openTestApi()
  const stranger = await api.ask('/v1/notices')
  expect(await stranger.json()).toMatchObject({ code: 'unauthenticated', status: 401 })
  expect(stranger.headers.get('www-authenticate')).toContain('Bearer')
  const officer = await api.ask('/v1/network', { as: 'officer' })
  expect(await officer.json()).toMatchObject({ code: 'forbidden', status: 403 })
})

test('a revoked token and the tokens of a disabled person stop at once', async () => {
  await using api = await openTestApi()
  expect((await api.ask('/v1/goods', { as: 'customs' })).status).toBe(200)
  const tokens = (await (await api.ask('/v1/tokens', { as: 'admin' })).json()) as {
    id: string
    roles: string[]
  }[]
  const customs = tokens.find(({ roles }) => roles.includes('customs'))
  expect((await api.ask(`/v1/tokens/${customs?.id}`, { as: 'admin', method: 'DELETE' })).status).toBe(204)
  expect((await api.ask('/v1/goods', { as: 'customs' })).status).toBe(401)

  const officer = api.people.list().find(({ roles }) => roles.includes('officer'))
  const disabled = await api.ask(`/v1/people/${officer?.id}/disable`, { as: 'admin', method: 'POST' })
  expect(await disabled.json()).toMatchObject({ disabled: true })
  expect((await api.ask('/v1/goods', { as: 'officer' })).status).toBe(401)
})

test('an address that fails too often is slowed, while a good token still passes', async () => {
  await using api = await openTestApi()
  const wrong = { headers: { authorization: `Bearer fp_${'A'.repeat(43)}` } }
  const statuses: number[] = []
  for (let tries = 0; tries < 70; tries++) statuses.push((await api.ask('/v1/notices', wrong)).status)
  expect(statuses[0]).toBe(401)
  expect(statuses.at(-1)).toBe(429)
  expect((await api.ask('/v1/notices', { as: 'officer' })).status).toBe(200)
})

test('behind a proxy that is trusted only the address that fails is slowed', async () => {
  await using api = await openTestApi({ trustedProxies: ['127.0.0.1'] })
  const from = (address: string) => api.ask('/v1/notices', { headers: { 'x-forwarded-for': address } })
  for (let tries = 0; tries < 70; tries++) await from(`203.0.113.${tries}, 2001:db8::${tries}`)
  expect([(await from('2001:db8::ffff')).status, (await from('198.51.100.1')).status]).toEqual([429, 401])
})

test('each token has a rate of its own', async () => {
  await using api = await openTestApi({ requestsPerMinute: 3 })
  for (let asked = 0; asked < 3; asked++)
    expect((await api.ask('/v1/goods', { as: 'officer' })).status).toBe(200)
  const refused = await api.ask('/v1/goods', { as: 'officer' })
  expect(await refused.json()).toMatchObject({ code: 'too-many-requests', status: 429 })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await api.ask('/v1/goods', { as: 'customs' })).status).toBe(200)
  expect((await api.ask('/healthz')).status).toBe(200)
})
