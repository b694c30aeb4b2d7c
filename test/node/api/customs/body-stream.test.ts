import { once } from 'node:events'
import { request } from 'node:http'
import { PassThrough, Readable } from 'node:stream'
import { setTimeout as delay, setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { bodyStream } from '../../../../node/api/customs/body-stream.ts'
import { eventually } from '../../../eventually.ts'
import { openTestApi, type TestApi } from '../open-test-api.ts'

const ndjson = 'application/x-ndjson'

/** As much text as a file of a whole day; never all of it at once. */
function* linesOf(count: number): Generator<string> {
  const names = 'a description of some length, as they are in exports of other systems '.repeat(3)
  const block = 500
  for (let at = 0; at < count; at += block) {
    let text = ''
    for (let line = at; line < at + block; line++)
      text += `${JSON.stringify({ reference: `R${line}`, description: names })}\n`
    yield text
  }
}

function headersOf({ tokens }: TestApi): Record<string, string> {
  return { authorization: `Bearer ${tokens.customs}`, 'content-type': ndjson, accept: ndjson }
}

function streamed(api: TestApi, body: Readable): Promise<Response> {
  const init = { method: 'POST', headers: headersOf(api), body, duplex: 'half' }
  return fetch(new URL('/v1/screenings', api.url), init as unknown as RequestInit)
}

async function lastLine(answer: Response): Promise<{ lines: number; last: string }> {
  let lines = 0
  let rest = ''
  let last = ''
  for await (const text of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines += parts.length
    last = parts.at(-1) ?? last
  }
  return { lines, last }
}

test('a hundred thousand lines are answered while they come in, and no heap of them is made', async () => {
  await using api = await openTestApi()
  const before = process.memoryUsage().heapUsed
  let most = 0
  const { screen } = api.desk.screening
  api.desk.screening.screen = (asked, how) => {
    most = Math.max(most, process.memoryUsage().heapUsed - before)
    api.desk.screener.asked.length = 0
    return screen(asked, how)
  }
  const count = 100_000
  const { lines, last } = await lastLine(await streamed(api, Readable.from(linesOf(count))))
  expect(lines).toBe(count + 1)
  expect(JSON.parse(last)).toMatchObject({ summary: { counts: { lines: count, green: count } } })
  // The file has 26 MB, its answers 10, and sender and reader are in this process, too.
  expect(most / 1e6).toBeLessThan(80)
})

test('who sends everything before reading an answer is not waited for in vain', async () => {
  await using api = await openTestApi()
  const sending = request(new URL('/v1/screenings', api.url), { method: 'POST', headers: headersOf(api) })
  const responded = once(sending, 'response')
  for (const text of linesOf(80_000)) if (!sending.write(text)) await once(sending, 'drain')
  sending.end()
  const [answer] = await responded
  let lines = 0
  for await (const text of answer) lines += String(text).split('\n').length - 1
  expect(lines).toBe(80_001)
})

test('a reader that goes away frees the place, and nothing of the file is left under way', async () => {
  await using api = await openTestApi()
  for (let round = 0; round < 8; round++) {
    const cut = new AbortController()
    const body = Readable.from(endless())
    const init = { method: 'POST', headers: headersOf(api), body, duplex: 'half', signal: cut.signal }
    const answer = await fetch(new URL('/v1/screenings', api.url), init as unknown as RequestInit)
    expect(answer.status).toBe(200)
    cut.abort()
    body.destroy()
  }
  await eventually(async () => {
    const answer = await streamed(api, Readable.from(linesOf(500)))
    expect(answer.status).toBe(200)
    await answer.text()
  })
})

test('only so many files are screened at a time, while single consignments go on', async () => {
  await using api = await openTestApi()
  const waiting = Promise.withResolvers<void>()
  const { screen } = api.desk.screening
  api.desk.screening.screen = async (asked, how) => {
    if (asked.length > 1) await waiting.promise
    return screen(asked, how)
  }
  const files = Array.from({ length: 4 }, () => streamed(api, Readable.from(linesOf(500))))
  await eventually(async () => {
    const refused = await streamed(api, Readable.from(linesOf(500)))
    expect(refused.status).toBe(429)
    await refused.text()
  })
  const single = { as: 'customs', method: 'POST', json: { description: 'hoses' } } as const
  expect((await api.ask('/v1/screenings', single)).status).toBe(200)
  waiting.resolve()
  for (const answer of await Promise.all(files)) expect((await lastLine(answer)).lines).toBe(501)
})

test('a body that stands still, or is cut off, is let go', async () => {
  const read = (payload: Readable, stalledMs: number) =>
    Readable.from(bodyStream(payload, { stalledMs })).toArray()
  await expect(read(new PassThrough(), 20)).rejects.toMatchObject({ code: 'body-malformed' })
  const cut = new PassThrough()
  const reading = read(cut, 10_000)
  cut.write('half a li')
  cut.destroy()
  await expect(reading).rejects.toMatchObject({ code: 'body-malformed' })
})

test('who is answered slowly has not stood still', async () => {
  const body = Readable.from(linesOf(2_000))
  for await (const _ of bodyStream(body, { stalledMs: 5 })) await delay(10)
  expect(body.readableEnded).toBe(true)
})

test('a token that is revoked meanwhile ends the answer', async () => {
  await using api = await openTestApi()
  const answer = await streamed(api, Readable.from(endless()))
  const admin = { as: 'admin' } as const
  const tokens = (await (await api.ask('/v1/tokens', admin)).json()) as { id: string; roles: string[] }[]
  const customs = tokens.find(({ roles }) => roles.includes('customs'))
  await api.ask(`/v1/tokens/${customs?.id}`, { ...admin, method: 'DELETE' })
  await expect(answer.text()).rejects.toThrow()
  expect(api.logged.filter(line => line.includes('a screening broke off'))).toHaveLength(1)
})

/** With a pause for everybody else after each piece. */
async function* endless(): AsyncGenerator<string> {
  for (;;) {
    yield* linesOf(500)
    await setImmediate()
  }
}
