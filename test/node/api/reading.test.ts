import { expect, test } from 'vitest'
import { goodsList } from '#protocol'
import { openTestApi } from './open-test-api.ts'

test('a node that is alive and not ready says both', async () => {
  await using api = await openTestApi()
  expect(await (await api.ask('/healthz')).json()).toEqual({ status: 'alive' })
  expect((await api.ask('/readyz')).status).toBe(200)
  api.desk.ready = false
  const answer = await api.ask('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ ready: false, checks: [{ name: 'store', ok: false }] })
  expect((await api.ask('/healthz')).status).toBe(200)
})

test('the network is shown whole and by participant', async () => {
  await using api = await openTestApi()
  const whole = await (await api.ask('/v1/network', { as: 'coordinator' })).json()
  expect(whole).toMatchObject({ member: 'QM', signing: { state: 'ready' }, registry: { members: 1 } })
  const one = await api.ask('/v1/network/QN', { as: 'coordinator' })
  expect(await one.json()).toMatchObject({ member: 'QN', status: 'up to date', behindBy: 0 })
  expect((await api.ask('/v1/network/XX', { as: 'coordinator' })).status).toBe(404)
})

test('the registry is shown with the earlier of its two dates', async () => {
  await using api = await openTestApi()
  expect(await (await api.ask('/v1/members', { as: 'customs' })).json()).toMatchObject({
    root: 1,
    version: 3,
    expires: '2030-01-01',
    members: [{ id: 'QM' }],
  })
})

test('the goods list comes whole, by item and by what fits', async () => {
  await using api = await openTestApi()
  const ask = async (path: string) =>
    (await (await api.ask(path, { as: 'customs' })).json()) as { items: { id: string }[]; watch: object[] }
  const whole = await ask('/v1/goods')
  expect([whole.items.length, whole.watch.length]).toEqual([goodsList.items.length, goodsList.watch.length])
  const [first] = goodsList.items
  expect(await ask(`/v1/goods/${first?.id}`)).toMatchObject({ id: first?.id, category: first?.category })
  const [item] = goodsList.items.filter(({ hsCodes }) => hsCodes.length > 0)
  const found = await ask(`/v1/goods?hs=${item?.hsCodes[0]}`)
  expect(found.items.map(({ id }) => id)).toContain(item?.id)
  expect(found.items.length).toBeLessThan(whole.items.length)
  expect(found.watch).toEqual([])
  expect((await ask('/v1/goods?q=no%20such%20thing%20anywhere')).items).toEqual([])
})

test('people are added and listed, tokens are made once and listed without their secret', async () => {
  await using api = await openTestApi()
  const person = { name: 'Night shift', roles: ['customs'] }
  const added = await api.ask('/v1/people', { as: 'admin', method: 'POST', json: person })
  expect(added.status).toBe(201)
  const { id } = (await added.json()) as { id: string }
  expect(await (await api.ask('/v1/people', { as: 'admin' })).json()).toContainEqual(
    expect.objectContaining({ id, ...person, disabled: false }),
  )

  const wanted = { person: id, label: 'scanner', days: 7 }
  const made = await api.ask('/v1/tokens', { as: 'admin', method: 'POST', json: wanted })
  const { secret, token } = (await made.json()) as { secret: string; token: { id: string } }
  const headers = { authorization: `Bearer ${secret}` }
  expect((await api.ask('/v1/notices', { headers })).status).toBe(200)
  const listed = await (await api.ask('/v1/tokens', { as: 'admin' })).text()
  expect(listed).toContain(token.id)
  expect(listed).not.toContain(secret)

  const more = { ...wanted, roles: ['admin'] }
  const refused = await api.ask('/v1/tokens', { as: 'admin', method: 'POST', json: more })
  expect(await refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '/roles/0' }] })
})

test('metrics have a port of their own and are not on the port of the API', async () => {
  const registry = { contentType: 'text/plain; version=0.0.4', metrics: async () => 'focalpoint_up 1\n' }
  await using api = await openTestApi({ metrics: { host: '127.0.0.1', port: 0, registry } })
  const answer = await fetch(api.metricsUrl ?? '')
  expect([await answer.text(), answer.headers.get('content-type')]).toEqual([
    'focalpoint_up 1\n',
    'text/plain; version=0.0.4',
  ])
  expect(new URL(api.metricsUrl ?? '').port).not.toBe(new URL(api.url).port)
  expect((await api.ask('/metrics')).status).toBe(404)
})
