import { expect, test } from 'vitest'
import { sha256 } from '#protocol'
import { deliveryOf } from './memory-subscriptions.ts'
import { openTestApi, type TestApi } from './open-test-api.ts'

const at = 1_790_000_000
const link = 'l'.repeat(43)
const notice = {
  id: sha256('a notice'),
  issuer: 'QN',
  type: 'alert',
  label: 'Product alert',
  summary: `Glove <script>alert('x')</script> & "more" ]]> ]]> end`,
  issuedAt: '2026-05-01T08:00:00.000Z',
  status: 'sent',
  standing: 'verified',
  exercise: false,
}

function putFeed(api: TestApi, ...items: object[]): void {
  const told = items.map((change, turn) => ({
    delivery: deliveryOf('s', { id: `msg_${turn}`, at, ...change }),
    notice: { ...notice, ...change },
  }))
  api.desk.subscriptions.feeds.set(link, { id: 's', label: 'Alerts & more', at, items: told })
}

test('a feed is Atom and JSON Feed, in which nothing that a stranger wrote is markup', async () => {
  await using api = await openTestApi()
  putFeed(api, {})
  const atom = await api.ask(`/v1/feeds/${link}.atom`)
  expect(atom.headers.get('content-type')).toContain('application/atom+xml')
  const text = await atom.text()
  expect(text).toContain('<feed xmlns="http://www.w3.org/2005/Atom">')
  expect(text).toContain('urn:focalpoint:delivery:msg_0')
  expect(text).not.toContain('<script')
  expect(text.match(/\]\]>/g)).toHaveLength(2)

  const json = await api.ask(`/v1/feeds/${link}.json`)
  expect(json.headers.get('content-type')).toContain('application/feed+json')
  const feed = (await json.json()) as { version: string; items: { title: string; content_html: string }[] }
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1')
  expect(feed.items[0]?.title).toContain(notice.summary)
  expect(feed.items[0]?.content_html).not.toContain('<script')
})

test('a drill says so in its title, and what became of a notice too', async () => {
  await using api = await openTestApi()
  putFeed(api, { exercise: true }, { status: 'withdrawn' }, { kind: 'erased' })
  const { items } = (await (await api.ask(`/v1/feeds/${link}.json`)).json()) as { items: { title: string }[] }
  expect(items.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^\[EXERCISE\] Product alert of QN: /),
    expect.stringMatching(/\(withdrawn\)$/),
    expect.stringMatching(/^Erased: /),
  ])
})

test('a match leads to the consignment that was kept', async () => {
  await using api = await openTestApi()
  putFeed(api, { kind: 'matched', subject: 'kept-1' }, { subject: 'notice-1' })
  const { items } = (await (await api.ask(`/v1/feeds/${link}.json`)).json()) as { items: { url: string }[] }
  expect(items.map(({ url }) => new URL(url).pathname)).toEqual(['/screen/kept/kept-1', '/notices/notice-1'])
})

test('of what is read here only there is a link to it, at the address that browsers know', async () => {
  const rules = { idleSeconds: 1, sessionSeconds: 1, secureCookies: true, origin: 'https://node.example' }
  const signIn = { rules, createLink: async () => ({ secret: '', expiresAt: 0 }) }
  await using api = await openTestApi({ signIn })
  const pointer = { id: notice.id, exercise: true, isReadHereOnly: true } as const
  const items = [{ delivery: deliveryOf('s', { subject: notice.id, at }), notice: pointer }]
  api.desk.subscriptions.feeds.set(link, { id: 's', label: 'Alerts', at, items })
  const ask = async (ending: string) => (await api.ask(`/v1/feeds/${link}.${ending}`)).text()
  const [item] = JSON.parse(await ask('json')).items
  const words = 'A notice for named readers: sign in to read it'
  expect(item).toMatchObject({
    title: `[EXERCISE] ${words}`,
    url: `https://node.example/notices/${notice.id}`,
    content_html: `<p>This is an exercise.</p><p>${words}.</p>`,
  })
  expect(await ask('atom')).toContain(`href="https://node.example/v1/feeds/${link}.atom"`)
  expect(await ask('atom')).not.toContain('127.0.0.1')
})

test('a reader that has it already is told so', async () => {
  await using api = await openTestApi()
  putFeed(api, {})
  const path = `/v1/feeds/${link}.atom`
  const first = await api.ask(path)
  const etag = first.headers.get('etag') ?? ''
  expect(first.headers.get('last-modified')).toBe(new Date(at * 1000).toUTCString())
  const ask = async (headers: Record<string, string>) => (await api.ask(path, { headers })).status
  expect(await ask({ 'if-none-match': etag })).toBe(304)
  expect(await ask({ 'if-none-match': '"other"', 'if-modified-since': new Date().toUTCString() })).toBe(200)
  expect(await ask({ 'if-modified-since': new Date(at * 1000).toUTCString() })).toBe(304)
  expect(await ask({ 'if-modified-since': new Date((at - 1) * 1000).toUTCString() })).toBe(200)
  putFeed(api, { status: 'withdrawn' })
  expect(await ask({ 'if-none-match': etag })).toBe(200)
})

test('a link that opens nothing is answered alike whatever it is, and guessing is slowed', async () => {
  await using api = await openTestApi()
  putFeed(api, {})
  const answers = await Promise.all(
    ['x', 'x'.repeat(43), `${link}x`].map(async secret => (await api.ask(`/v1/feeds/${secret}.atom`)).json()),
  )
  expect(new Set(answers.map(each => JSON.stringify(each))).size).toBe(1)
  expect(answers[0]).toMatchObject({ code: 'not-found' })
  const statuses: number[] = []
  for (let tries = 0; tries < 70; tries++) statuses.push((await api.ask('/v1/feeds/x.json')).status)
  expect(statuses.at(-1)).toBe(429)
  expect((await api.ask(`/v1/feeds/${link}.atom`)).status).toBe(200)
})

test('the link stands in no log line', async () => {
  await using api = await openTestApi()
  putFeed(api, {})
  await api.ask(`/v1/feeds/${link}.json`)
  expect(api.logged.join('\n')).not.toContain(link)
})
