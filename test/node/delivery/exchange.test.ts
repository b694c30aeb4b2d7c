import { execFile } from 'node:child_process'
import { createServer as createSecure } from 'node:https'
import { createServer, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { exchange } from '../../../node/delivery/exchange.ts'
import { eventually } from '../../eventually.ts'
import { openReceiver } from './receiver.ts'
import { drip, openTarPit } from './tar-pit.ts'

const here = [{ address: '127.0.0.1', family: 4 }]
const sending = { headers: { 'webhook-id': 'msg_1' }, body: '{}', now: 1_800_000_000 }
const open = () => new AbortController().signal

function send(url: string, { limitMs = 2000, signal = open(), addresses = here } = {}) {
  return exchange({ url: new URL(url), addresses }, { ...sending, signal, limitMs })
}

test('what is answered with any 2xx is delivered, with the beginning of the answer', async () => {
  await using receiver = await openReceiver()
  receiver.answer = response => void response.writeHead(202).end('taken\u0000\u202e <b>')
  expect(await send(receiver.url)).toEqual({ outcome: 'delivered', status: 202, answer: 'taken <b>' })
  expect(receiver.heard[0]?.headers).toMatchObject({ 'webhook-id': 'msg_1', connection: 'close' })
})

test('no redirect is followed', async () => {
  await using receiver = await openReceiver()
  await using inside = await openReceiver()
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.answer = response => void response.writeHead(status, { location: inside.url }).end()
    expect(await send(receiver.url)).toMatchObject({ outcome: 'redirected', status })
  }
  expect(inside.heard).toEqual([])
})

test('a receiver that wants to speak another protocol ends the exchange', async () => {
  const server = createServer(socket => {
    socket.on('error', () => {}).resume()
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  expect(await send(`http://127.0.0.1:${port}/in`)).toMatchObject({ outcome: 'refused', status: 101 })
  await new Promise(resolve => server.close(resolve))
})

test('the address that was judged is connected to, whatever the name leads to by now', async () => {
  await using receiver = await openReceiver()
  const url = receiver.url.replace('127.0.0.1', 'receiver.example')
  expect(await send(url)).toMatchObject({ outcome: 'delivered' })
  expect(receiver.heard[0]?.headers.host).toContain('receiver.example')
})

test('no proxy of the environment is gone through', async () => {
  await using receiver = await openReceiver()
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9')
  vi.stubEnv('http_proxy', 'http://127.0.0.1:9')
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  expect(await send(receiver.url)).toMatchObject({ outcome: 'delivered' })
  vi.unstubAllEnvs()
})

test('of an answer without an end only the beginning is read', async () => {
  await using receiver = await openReceiver()
  receiver.answer = response => {
    response.writeHead(200)
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(65_536), more)
    }
    more()
  }
  const { status, answer = '' } = await send(receiver.url, { limitMs: 10_000 })
  expect([status, answer.length]).toEqual([200, 500])
})

test('who says nothing, or never ends saying it, is waited for no longer than the limit', async () => {
  await using receiver = await openReceiver()
  receiver.answer = () => {}
  expect(await send(receiver.url, { limitMs: 50 })).toMatchObject({ outcome: 'timed-out' })
  receiver.answer = response => void response.writeHead(200).write('so far')
  expect(await send(receiver.url, { limitMs: 300 })).toEqual({
    outcome: 'delivered',
    status: 200,
    answer: 'so far',
  })
})

const head = 'HTTP/1.1 200 OK\r\n'
const pits: readonly [what: string, hold: (caller: Socket) => void, outcome: object][] = [
  ['says nothing', () => {}, { outcome: 'timed-out' }],
  [
    'drips its status',
    caller => drip(caller, { begin: 'HTTP/1.1 200 ', again: 'O' }),
    { outcome: 'timed-out' },
  ],
  [
    'drips headers without end',
    caller => drip(caller, { begin: head, again: 'x: y\r\n' }),
    { outcome: 'timed-out' },
  ],
  [
    'asks to go on without end',
    caller => drip(caller, { again: 'HTTP/1.1 100 Continue\r\n\r\n' }),
    { outcome: 'timed-out' },
  ],
  [
    'drips its answer',
    caller => drip(caller, { begin: `${head}\r\n`, again: '.' }),
    { outcome: 'delivered' },
  ],
  [
    'drips pieces that it said would be many',
    caller => drip(caller, { begin: `${head}transfer-encoding: chunked\r\n\r\n`, again: '1\r\n.\r\n' }),
    { outcome: 'delivered' },
  ],
  [
    'would keep the connection',
    caller => caller.write(`${head}connection: keep-alive\r\ncontent-length: 0\r\n\r\n`),
    { outcome: 'delivered' },
  ],
  [
    'sends headers without measure',
    caller => drip(caller, { begin: head, again: `x: ${'y'.repeat(20_000)}\r\n` }),
    { outcome: 'unreachable', detail: expect.stringContaining('HPE_HEADER_OVERFLOW') },
  ],
]

test.each(pits)(
  'one that %s is left by the limit, and its connection is closed',
  async (_, hold, outcome) => {
    await using pit = await openTarPit(hold)
    expect(await send(pit.url, { limitMs: 100 })).toMatchObject(outcome)
    expect(pit.taken).toBe(1)
    await eventually(() => expect(pit.connections.size).toBe(0))
  },
)

test('one that never answers the greeting of TLS is left by the limit', async () => {
  await using pit = await openTarPit(() => {})
  expect(await send(`https://127.0.0.1:${pit.port}/`, { limitMs: 100 })).toMatchObject({
    outcome: 'timed-out',
  })
  await eventually(() => expect(pit.connections.size).toBe(0))
})

test('a Retry-After is told as a time to wait, up to a bound', async () => {
  await using receiver = await openReceiver()
  const asked: [header: string, ms: number | undefined][] = [
    ['7', 7000],
    ['999999999', 6 * 3_600_000],
    [new Date((sending.now + 60) * 1000).toUTCString(), 60_000],
    [new Date((sending.now - 60) * 1000).toUTCString(), 0],
    ['soon', undefined],
  ]
  for (const [header, ms] of asked) {
    receiver.answer = response => void response.writeHead(503, { 'retry-after': header }).end()
    expect((await send(receiver.url)).retryAfterMs).toBe(ms)
  }
})

test('a port on which nobody listens, and one on which no HTTP is spoken, are unreachable', async () => {
  const server = createServer(socket => void socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  expect(await send(url)).toMatchObject({ outcome: 'unreachable', detail: expect.stringContaining('HPE') })
  await new Promise(resolve => server.close(resolve))
  expect(await send(url)).toMatchObject({
    outcome: 'unreachable',
    detail: 'It could not be reached: ECONNREFUSED.',
  })
})

test('a certificate that nobody vouches for is not trusted, also where the environment says so', async ({
  skip,
}) => {
  const made = await selfSigned().catch(() => undefined)
  if (made === undefined) return skip('openssl is not on this machine, so there is no certificate')
  let asked = 0
  const server = createSecure(made, (_, response) => {
    asked += 1
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `https://receiver.example:${typeof address === 'object' ? address?.port : 0}/`
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  expect(await send(url)).toMatchObject({ outcome: 'untrusted' })
  vi.unstubAllEnvs()
  expect(asked).toBe(0)
  await new Promise(resolve => server.close(resolve))
})

test('the closing of the node ends what is under way', async () => {
  await using receiver = await openReceiver()
  receiver.answer = () => {}
  const closing = new AbortController()
  const sent = send(receiver.url, { signal: closing.signal })
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  closing.abort()
  expect((await sent).outcome).toBe('unreachable')
})

/** A key and a certificate that it signed itself. */
async function selfSigned(): Promise<{ key: string; cert: string }> {
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ed25519',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=receiver.example',
  ]
  const { stdout } = await promisify(execFile)('openssl', [...words, '-keyout', '-', '-out', '-'])
  const [key = '', cert = ''] = stdout.split(/(?=-----BEGIN CERTIFICATE-----)/)
  return { key, cert }
}
