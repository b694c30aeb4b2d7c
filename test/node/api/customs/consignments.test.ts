import { expect, test } from 'vitest'
import { openTestApi, type TestApi } from '../open-test-api.ts'

interface Kept {
  id: string
  lane: string
}

async function keeping(): Promise<TestApi> {
  const api = await openTestApi()
  api.desk.screener.known.push({ words: 'baton', lane: 'amber' })
  const json = ['hoses', 'baton one', 'baton two'].map(description => ({ description }))
  await api.ask('/v1/screenings?keepDays=3', { as: 'customs', method: 'POST', json })
  return api
}

const listed = async (answer: Response) => (await answer.json()) as Kept[]

test('what was kept is listed newest first, page by page and by lane, with its matches without words', async () => {
  await using api = await keeping()
  const first = await api.ask('/v1/consignments?limit=2', { as: 'customs' })
  expect((await listed(first)).map(({ id }) => id)).toEqual(['kept-3', 'kept-2'])
  const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  expect((await listed(await api.ask(next, { as: 'customs' }))).map(({ id }) => id)).toEqual(['kept-1'])
  const amber = await listed(await api.ask('/v1/consignments?lane=amber', { as: 'customs' }))
  expect(amber.map(({ lane }) => lane)).toEqual(['amber', 'amber'])
})

test('one is read with reasons made anew, and thrown away', async () => {
  await using api = await keeping()
  const read = await api.ask('/v1/consignments/kept-2', { as: 'customs' })
  expect(await read.json()).toMatchObject({
    consignment: { description: 'baton one' },
    keptUntil: '2031-01-01',
    matches: [{ reasons: [{ words: expect.any(String) }] }],
  })
  const gone = await api.ask('/v1/consignments/kept-2', { as: 'customs', method: 'DELETE' })
  expect(gone.status).toBe(204)
  expect((await api.ask('/v1/consignments/kept-2', { as: 'customs' })).status).toBe(404)
})

test("somebody else's is not there, whatever is asked of it", async () => {
  await using api = await keeping()
  const other = await api.people.add({ name: 'Another customs officer', roles: ['customs'] })
  const { secret } = await api.people.createToken({ person: other.id, label: 'test', days: 1 })
  const headers = { authorization: `Bearer ${secret}` }
  expect(await listed(await api.ask('/v1/consignments', { headers }))).toEqual([])
  for (const method of ['GET', 'DELETE']) {
    const answer = await api.ask('/v1/consignments/kept-1', { headers, method })
    expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' })
  }
  expect((await api.ask('/v1/consignments/kept-1', { as: 'customs' })).status).toBe(200)
})

test('an event of a kept consignment names it to everybody and shows it to its owner alone', async () => {
  await using api = await keeping()
  const entry = { cursor: 1, kind: 'matched', id: 'kept-1', at: 1_790_000_000 } as const
  api.desk.feed.after = cursor => (cursor < 1 ? [entry] : [])
  const own = (await (await api.ask('/v1/events', { as: 'customs' })).json()) as object[]
  expect(own).toMatchObject([{ kind: 'matched', id: 'kept-1', consignment: { lane: 'green' } }])
  const others = (await (await api.ask('/v1/events', { as: 'officer' })).json()) as object[]
  expect(others).toEqual([{ cursor: 1, kind: 'matched', id: 'kept-1', at: expect.any(String) }])
})
