import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { webLimits } from '../../../node/web/limits.ts'
import { openTestOffice } from './open-test-office.ts'

afterEach(() => void vi.useRealTimers())

test.each([
  ['a form', 'application/x-www-form-urlencoded'],
  ['what a stranger calls a file', 'multipart/form-data; boundary=x'],
])('%s that does not end in time is cut off', async (_name, mediaType) => {
  await using at = await openTestOffice()
  const { port } = new URL(await at.app.listen({ host: '127.0.0.1', port: 0 }))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const begun = once(at.app.server, 'request')
  const socket = connect(Number(port), '127.0.0.1', () =>
    socket.write(
      `POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${mediaType}\r\nContent-Length: 99\r\n\r\nname=`,
    ),
  )
  socket.on('error', () => {}).resume()
  const ended = once(socket, 'close')
  await begun
  await setImmediate()
  vi.advanceTimersByTime(webLimits.formMs)
  await ended
})

test('a stranger sends nothing as large as a file, and nobody without saying how large', async () => {
  await using at = await openTestOffice()
  const payload = `lines=${'x'.repeat(webLimits.formBytes)}`
  expect((await at.ask('POST', '/screen', { payload })).status).toBe(401)
  const cookies = await at.signedIn(await at.add('A. Heron', ['customs']))
  expect((await at.ask('POST', '/screen', { payload, cookies })).status).not.toBe(401)
  const untold = { payload: Readable.from(['lines=']), headers: { 'transfer-encoding': 'chunked' } }
  expect((await at.ask('POST', '/screen', { ...untold, cookies })).status).toBe(413)
})

test('fields of a form and of an address are counted before anything is made of them', async () => {
  await using at = await openTestOffice()
  const fields = (count: number) => Array.from({ length: count }, (_, number) => `f${number}=`).join('&')
  const post = (payload: string) => at.ask('POST', '/sign-in', { payload })
  expect((await post(fields(webLimits.formFields))).text).not.toContain('request-malformed')
  expect((await post(fields(webLimits.formFields + 1))).text).toContain('request-malformed')
  expect((await at.ask('GET', `/sign-in?${fields(webLimits.queryFields)}`)).status).toBe(200)
  expect((await at.ask('GET', `/sign-in?${fields(webLimits.queryFields + 1)}`)).status).toBe(422)
})
