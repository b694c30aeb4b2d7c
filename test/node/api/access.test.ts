import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import type { App } from '../../../node/api/app.ts'
import { watchRoutes } from '../../../node/api/routes.ts'
import { type Role, roles } from '../../../node/people.ts'
import { openTestApi } from './open-test-api.ts'

const everyone = [...roles]

/** Who may use which route, written a second time and by hand: `anyone` needs no token. */
const matrix: Record<string, readonly Role[] | 'anyone'> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /v1/openapi.json': 'anyone',
  'GET /v1/schemas': 'anyone',
  'GET /v1/schemas/{name}.json': 'anyone',
  'GET /v1/drafts': ['officer', 'releaser'],
  'POST /v1/drafts': ['officer'],
  'GET /v1/drafts/{id}': ['officer', 'releaser'],
  'PUT /v1/drafts/{id}': ['officer'],
  'DELETE /v1/drafts/{id}': ['officer'],
  'POST /v1/drafts/{id}/release': ['releaser'],
  'GET /v1/notices': everyone,
  'GET /v1/notices/{id}': everyone,
  'POST /v1/notices/{id}/withdrawal': ['officer', 'customs'],
  'POST /v1/notices/{id}/correction': ['officer', 'customs'],
  'POST /v1/notices/{id}/follow-up': ['officer', 'customs'],
  'POST /v1/notices/{id}/acknowledgement': ['officer', 'customs'],
  'GET /v1/events': everyone,
  'GET /v1/network': ['coordinator'],
  'GET /v1/network/{member}': ['coordinator'],
  'GET /v1/members': everyone,
  'GET /v1/goods': everyone,
  'GET /v1/goods/{item}': everyone,
  'GET /v1/stats': everyone,
  'GET /v1/people': ['admin'],
  'POST /v1/people': ['admin'],
  'POST /v1/people/{id}/disable': ['admin'],
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

test('each route is open to the roles of the matrix and to nobody else', async () => {
  await using api = await openTestApi()
  for (const [route, allowed] of Object.entries(matrix)) {
    const [method = '', path = ''] = route.split(' ')
    const asked = { method, ...(method === 'GET' || method === 'DELETE' ? {} : { json: {} }) }
    const address = path.replaceAll(/\{\w+\}/g, 'none')
    const stranger = await api.ask(address, asked)
    expect([route, 'stranger', stranger.status === 401]).toEqual([route, 'stranger', allowed !== 'anyone'])
    for (const role of roles) {
      const { status } = await api.ask(address, { ...asked, as: role })
      const refused = status === 401 || status === 403
      expect([route, role, refused]).toEqual([route, role, allowed !== 'anyone' && !allowed.includes(role)])
    }
  }
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
