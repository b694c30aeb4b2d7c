import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { limitBodyTime } from '../../../node/desk/body-time.ts'

const half = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf'

async function send(server: Server, text: string): Promise<{ heard: () => string; ended: Promise<unknown> }> {
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen.')
  const socket = connect(address.port, address.address, () => socket.write(text))
  let heard = ''
  socket.on('data', bytes => {
    heard += String(bytes)
  })
  socket.on('error', () => {})
  return { heard: () => heard, ended: once(socket, 'close') }
}

test('a body that does not end in time is cut off, also where its sender has been answered', async () => {
  const silent = await send(
    createServer(request => limitBodyTime(request.resume(), 20)),
    half,
  )
  await silent.ended
  expect(silent.heard()).toBe('')
  const answering = createServer((request, response) => {
    limitBodyTime(request, 20)
    response.end('no')
  })
  const answered = await send(answering, half)
  await answered.ended
  expect(answered.heard()).toContain('200 OK')
})

test('a body that came whole is answered however long that takes', async () => {
  const slow = createServer(async (request, response) => {
    limitBodyTime(request, 10)
    await once(request.resume(), 'end')
    setTimeout(() => response.end('done'), 50)
  })
  const { heard, ended } = await send(
    slow,
    `${half}full`.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
  )
  await ended
  expect(heard()).toContain('done')
})
