import { expect, test } from 'vitest'
import { eventually } from '../../eventually.ts'
import { type Asked, exampleOf, openTestApi, type TestApi } from './open-test-api.ts'

interface Follower extends AsyncDisposable {
  text(): string
  ids(): number[]
  ended(): boolean
}

/** Reads the stream as text until it ends or the follower is disposed. */
async function follow(api: TestApi, path = '/v1/events', asked: Asked = {}): Promise<Follower> {
  const leaving = new AbortController()
  const headers = { accept: 'text/event-stream', ...asked.headers }
  const answer = await api.ask(path, { as: 'customs', ...asked, headers, signal: leaving.signal })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  let text = ''
  let ended = false
  const reading = readAll(answer, chunk => {
    text += chunk
  }).then(() => {
    ended = true
  })
  return {
    text: () => text,
    ids: () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
    ended: () => ended,
    [Symbol.asyncDispose]: async () => {
      leaving.abort()
      await reading
    },
  }
}

async function readAll(answer: Response, onText: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of answer.body ?? []) onText(decoder.decode(chunk, { stream: true }))
  } catch {
    // left, or cut off by the other side: either way it has ended
  }
}

function admit(api: TestApi, count: number): void {
  for (let at = 0; at < count; at++) api.desk.admit(exampleOf('alert'))
}

function upTo(last: number, from = 1): number[] {
  return Array.from({ length: last - from + 1 }, (_, at) => from + at)
}

test('pages of events come oldest first and lead to the next', async () => {
  await using api = await openTestApi()
  admit(api, 5)
  const first = await api.ask('/v1/events?after=1&limit=3', { as: 'coordinator' })
  expect(await first.json()).toMatchObject([
    { cursor: 2, kind: 'notice', at: expect.stringMatching(/Z$/), notice: { type: 'alert' } },
    { cursor: 3 },
    { cursor: 4 },
  ])
  expect(first.headers.get('link')).toBe('</v1/events?after=4&limit=3>; rel="next"')
  const last = await api.ask('/v1/events?after=4&limit=3', { as: 'coordinator' })
  expect(await last.json()).toMatchObject([{ cursor: 5 }])
  expect(last.headers.get('link')).toBeNull()
})

test('a follower gets what was there and what comes, each once and in order', async () => {
  await using api = await openTestApi()
  admit(api, 450)
  await using follower = await follow(api)
  admit(api, 30)
  await eventually(() => expect(follower.ids().at(-1)).toBe(480))
  admit(api, 20)
  await eventually(() => expect(follower.ids()).toEqual(upTo(500)))
})

test('an event is an id, a kind and one line of JSON', async () => {
  await using api = await openTestApi()
  admit(api, 1)
  await using follower = await follow(api)
  await eventually(() => expect(follower.ids()).toEqual([1]))
  const data = /^id: 1\nevent: notice\ndata: (.+)\n\n/m.exec(follower.text())?.[1] ?? ''
  expect(JSON.parse(data)).toMatchObject({ cursor: 1, kind: 'notice', notice: { type: 'alert' } })
})

test('a follower that comes back goes on after its last event', async () => {
  await using api = await openTestApi()
  admit(api, 10)
  await using follower = await follow(api, '/v1/events?after=2', { headers: { 'last-event-id': '7' } })
  await eventually(() => expect(follower.ids()).toEqual([8, 9, 10]))
})

test('a silent stream has a heartbeat', async () => {
  await using api = await openTestApi({ heartbeatMs: 5 })
  await using follower = await follow(api)
  await eventually(() => expect(follower.text().split(': heartbeat').length).toBeGreaterThan(2))
})

test('a stream ends when its token is revoked', async () => {
  await using api = await openTestApi({ heartbeatMs: 5 })
  await using follower = await follow(api)
  const customs = api.people.listTokens().find(({ roles }) => roles.includes('customs'))
  await api.people.revokeToken(customs?.hash ?? '')
  await eventually(() => expect(follower.ended()).toBe(true))
  admit(api, 1)
  expect(follower.ids()).toEqual([])
})

test('a stream ends when its person loses a role, and goes on when they get one more', async () => {
  await using api = await openTestApi({ heartbeatMs: 5 })
  await using follower = await follow(api)
  const customs = api.people.list().find(({ roles }) => roles.includes('customs'))
  await api.people.changeRoles(customs?.id ?? '', ['customs', 'officer'])
  admit(api, 1)
  await eventually(() => expect(follower.ids()).toHaveLength(1))
  await api.people.changeRoles(customs?.id ?? '', ['officer'])
  await eventually(() => expect(follower.ended()).toBe(true))
})

test('closing the API ends its streams', async () => {
  const api = await openTestApi()
  await using follower = await follow(api)
  await api[Symbol.asyncDispose]()
  await eventually(() => expect(follower.ended()).toBe(true))
})

test('a place that is none is refused before the stream begins', async () => {
  await using api = await openTestApi()
  const headers = { accept: 'text/event-stream', 'last-event-id': '-1' }
  const answer = await api.ask('/v1/events', { as: 'customs', headers })
  expect(await answer.json()).toMatchObject({ status: 422, code: 'cursor-malformed' })
})

test('a place that this node never gave is refused, as a page and as a stream', async () => {
  await using api = await openTestApi()
  for (const accept of ['application/json', 'text/event-stream']) {
    const answer = await api.ask('/v1/events?after=999999', { as: 'customs', headers: { accept } })
    expect(await answer.json()).toMatchObject({ status: 422, code: 'cursor-malformed' })
  }
})

test('the headers alone of the stream can be asked for', async () => {
  await using api = await openTestApi()
  const answer = await api.ask('/v1/events', {
    as: 'customs',
    method: 'HEAD',
    headers: { accept: 'text/event-stream' },
  })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
})
