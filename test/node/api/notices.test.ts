import { expect, test } from 'vitest'
import type { NoticeView } from '../../../node/desk/desk.ts'
import { exampleOf, openTestApi, type TestApi } from './open-test-api.ts'

async function withNotices(count: number): Promise<TestApi> {
  const api = await openTestApi()
  for (let at = 0; at < count; at++) api.desk.admit(exampleOf('denial'))
  return api
}

function nextOf(answer: Response): string | undefined {
  return /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
}

test('following the links reads every notice once, newest first', async () => {
  await using api = await withNotices(7)
  const seen: number[] = []
  let path: string | undefined = '/v1/notices?type=denial&limit=3'
  while (path !== undefined) {
    const answer = await api.ask(path, { as: 'coordinator' })
    const page = (await answer.json()) as NoticeView[]
    seen.push(...page.map(({ cursor }) => cursor))
    path = nextOf(answer)
    if (path !== undefined) expect(path).toContain('type=denial')
  }
  expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
})

test('a page that is the last one has no next, even when it is full', async () => {
  await using api = await withNotices(3)
  expect(nextOf(await api.ask('/v1/notices?limit=3', { as: 'officer' }))).toBeUndefined()
})

test('50 notices come when nobody says how many', async () => {
  await using api = await withNotices(51)
  expect(await (await api.ask('/v1/notices', { as: 'officer' })).json()).toHaveLength(50)
})

test.each([
  ['limit=0', '/limit'],
  ['limit=201', '/limit'],
  ['limit=ten', '/limit'],
  ['limit=', '/limit'],
  ['type=DENIAL', '/type'],
  ['type=denial&type=alert', '/type'],
  ['issuer=qm', '/issuer'],
  ['hs=85', '/hs'],
  ['country=Quillmark', '/country'],
  ['status=lost', '/status'],
  ['since=yesterday', '/since'],
  ['q=', '/q'],
  ['colour=red', '/colour'],
])('the filter %s is refused', async (query, pointer) => {
  await using api = await withNotices(0)
  const answer = await api.ask(`/v1/notices?${query}`, { as: 'officer' })
  expect(await answer.json()).toMatchObject({ status: 422, code: 'request-malformed', errors: [{ pointer }] })
})

test('a cursor that this node never gave is refused', async () => {
  await using api = await withNotices(0)
  const answer = await api.ask('/v1/notices?cursor=next', { as: 'officer' })
  expect(await answer.json()).toMatchObject({ status: 422, code: 'cursor-malformed' })
})

test('every filter reaches the desk in its one form', async () => {
  await using api = await withNotices(0)
  const asked: object[] = []
  api.desk.notices.list = async query => {
    asked.push(query)
    return []
  }
  const query =
    'hs=8543.70&since=2026-11-22T01:00:00%2B01:00&country=QN&goods=A1&q=%20shock%20&status=held%20by%20all'
  expect((await api.ask(`/v1/notices?${query}&cursor=9&limit=5`, { as: 'officer' })).status).toBe(200)
  expect(asked).toEqual([
    {
      hs: '854370',
      since: '2026-11-22T00:00:00.000Z',
      country: 'QN',
      goods: 'A1',
      q: 'shock',
      status: 'held by all',
      before: 9,
      limit: 6,
    },
  ])
})

test('names are read by officer, releaser and customs, and by nobody else', async () => {
  await using api = await openTestApi()
  const { id } = api.desk.admit({ ...exampleOf('denial'), nominal: { consignee: { name: 'Fictional Ltd' } } })
  for (const [role, reads] of [
    ['officer', true],
    ['releaser', true],
    ['customs', true],
    ['coordinator', false],
    ['admin', false],
  ] as const) {
    const notice = await (await api.ask(`/v1/notices/${id}`, { as: role })).text()
    const list = await (await api.ask('/v1/notices', { as: role })).text()
    const events = await (await api.ask('/v1/events', { as: role })).text()
    const signed = await api.ask(`/v1/notices/${id}`, { as: role, headers: { accept: 'application/sd-jwt' } })
    const shown = [notice, list, events].map(text => text.includes('Fictional Ltd'))
    expect([role, ...shown, (await signed.text()).includes('nominal')]).toEqual([
      role,
      reads,
      reads,
      reads,
      reads,
    ])
  }
})

test('the exact signed text comes to whoever asks for it', async () => {
  await using api = await withNotices(1)
  const id = (await api.desk.notices.list({ limit: 1 }, { nominal: false }))[0]?.id ?? ''
  const ask = (accept: string) => api.ask(`/v1/notices/${id}`, { as: 'officer', headers: { accept } })
  const signed = await ask('application/sd-jwt')
  expect(signed.headers.get('content-type')).toBe('application/sd-jwt')
  expect(await signed.text()).toBe(api.desk.notices.text(id, { nominal: true }))
  expect((await ask('application/sd-jwt, */*')).headers.get('content-type')).toBe('application/sd-jwt')
  expect((await ask('application/sd-jwt;q=0.5, application/json')).headers.get('content-type')).toContain(
    'json',
  )
  expect((await ask('*/*')).headers.get('content-type')).toContain('application/json')
  expect(await (await ask('image/png')).json()).toMatchObject({ status: 406, code: 'not-acceptable' })
})

test('a notice that is not here is not found in either form', async () => {
  await using api = await withNotices(0)
  for (const accept of ['application/json', 'application/sd-jwt']) {
    const answer = await api.ask('/v1/notices/none', { as: 'officer', headers: { accept } })
    expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' })
  }
})

test('an answer becomes a draft that refers to its notice', async () => {
  await using api = await withNotices(1)
  const id = (await api.desk.notices.list({ limit: 1 }, { nominal: false }))[0]?.id ?? ''
  const { type, refs, body, ...rest } = exampleOf('withdrawal')
  const { target, ...content } = body
  const json = { ...rest, body: content }
  const answer = await api.ask(`/v1/notices/${id}/withdrawal`, { as: 'officer', method: 'POST', json })
  expect(answer.status).toBe(201)
  expect(await answer.json()).toMatchObject({
    draft: { type, refs: [{ id, rel: 'withdraws' }], body: { target: id } },
  })
  expect(target).not.toBe(id)
  expect(refs).not.toEqual([])
  const lost = await api.ask('/v1/notices/none/withdrawal', { as: 'officer', method: 'POST', json })
  expect(lost.status).toBe(404)
})

test('void notices are listed when they are asked for, and only then', async () => {
  await using api = await withNotices(1)
  const { id } = api.desk.admit(exampleOf('denial'), { standing: 'void' })
  const listed = async (query: string) => {
    const answer = await api.ask(`/v1/notices${query}`, { as: 'customs' })
    return ((await answer.json()) as NoticeView[]).map(each => each.id === id)
  }
  expect(await listed('')).toEqual([false])
  expect(await listed('?standing=verified')).toEqual([false])
  expect(await listed('?standing=void')).toEqual([true])
  expect((await api.ask('/v1/notices?standing=voided', { as: 'customs' })).status).toBe(422)
})
