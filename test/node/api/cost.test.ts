import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import type { App } from '../../../node/api/app.ts'
import { budgetDearRoutes, budgetOf } from '../../../node/api/cost.ts'
import { openTestApi } from './open-test-api.ts'

test('a route that is ten times as dear is open ten times less often, and once at least', () => {
  expect(budgetOf({}, 600)).toBe(600)
  expect(budgetOf({ cost: 10 }, 600)).toBe(60)
  expect(budgetOf({ cost: 10 }, 5)).toBe(1)
})

test('a dear route gets a budget of its own, unless it says otherwise', () => {
  const app: App = fastify()
  const found: unknown[] = []
  budgetDearRoutes(app, { requestsPerMinute: 600 })
  app.addHook('onRoute', ({ config }) => void found.push(config?.rateLimit))
  app.post('/dear', { config: { cost: 10 } }, async () => 'done')
  app.post('/other', { config: { cost: 10, rateLimit: false } }, async () => 'done')
  app.post('/usual', async () => 'done')
  expect(found).toEqual([{ max: 60, timeWindow: 60_000 }, false, undefined])
})

test('every answer says how much is left', async () => {
  await using api = await openTestApi({ requestsPerMinute: 40 })
  const { headers } = await api.ask('/v1/goods', { as: 'customs' })
  expect(headers.get('x-ratelimit-limit')).toBe('40')
  expect(headers.get('x-ratelimit-remaining')).toBe('39')
  expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(0)
})

test('what a dear route costs is taken from its own budget and not from that of the others', async () => {
  await using api = await openTestApi({ requestsPerMinute: 40 })
  const backup = () => api.ask('/v1/backups', { as: 'admin', method: 'POST' })
  const statuses = [await backup(), await backup(), await backup()].map(({ status }) => status)
  expect(statuses).toEqual([200, 200, 429])
  const { headers } = await api.ask('/v1/goods', { as: 'admin' })
  expect(headers.get('x-ratelimit-remaining')).toBe('39')
})
