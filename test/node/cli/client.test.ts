import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openClient } from '../../../node/cli/client.ts'

/** A server that answers as given, on a port of its own. */
async function openServer(answer: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(answer).listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function problemAnswer(
  status: number,
  problem: object,
  headers: Record<string, string> = {},
): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    response.end(JSON.stringify(problem))
  }
}

describe('the client of the API', () => {
  test('gives back the error that the node had, with every wrong field', async () => {
    const errors = [{ pointer: '/body/tlp', code: 'missing', detail: 'is needed' }]
    const problem = {
      type: '/problems/draft-invalid',
      code: 'draft-invalid',
      detail: 'Two fields are wrong.',
      errors,
    }
    await using server = await openServer(problemAnswer(422, problem))
    await expect(openClient({ url: server.url }).post('/v1/drafts', {}, z.unknown())).rejects.toMatchObject({
      code: 'draft-invalid',
      message: 'Two fields are wrong.',
      details: { errors },
    })
  })

  test('says when to come again', async () => {
    const problem = { code: 'too-many-requests', detail: 'Slower, please.' }
    await using server = await openServer(problemAnswer(429, problem, { 'retry-after': '7' }))
    await expect(openClient({ url: server.url }).get('/', z.unknown())).rejects.toMatchObject({
      code: 'too-many-requests',
      details: { retryAfterSeconds: 7 },
    })
  })

  test.each([
    ['an error that it does not know', problemAnswer(418, { code: 'from-the-future', detail: 'New.' })],
    ['another program', ((_, response) => response.writeHead(502).end('<html>')) satisfies RequestListener],
    ['a form that it does not know', ((_, response) => response.end('[1]')) satisfies RequestListener],
  ])('makes no sense of an answer from %s', async (_, answer) => {
    await using server = await openServer(answer)
    await expect(openClient({ url: server.url }).get('/', z.array(z.string()))).rejects.toMatchObject({
      code: 'internal',
    })
  })

  test('shows its token, and reads where the next page is', async () => {
    await using server = await openServer((request, response) => {
      response.setHeader('link', '</v1/notices?cursor=41&limit=2>; rel="next"')
      response.end(JSON.stringify([request.headers.authorization, request.url]))
    })
    const client = openClient({ url: server.url, token: 'fp_secret' })
    const page = await client.getPage('/v1/notices', z.array(z.string()), {
      query: { limit: 2, type: undefined },
      parameter: 'cursor',
    })
    expect(page).toEqual({ items: ['Bearer fp_secret', '/v1/notices?limit=2'], next: '41' })
  })

  test('takes a node that is not ready for an answer, not for a failure', async () => {
    await using server = await openServer((_, response) => response.writeHead(503).end('{"ready":false}'))
    const client = openClient({ url: server.url })
    expect(await client.get('/readyz', z.object({ ready: z.boolean() }))).toEqual({ ready: false })
    await expect(client.get('/v1/network', z.unknown())).rejects.toMatchObject({ code: 'internal' })
  })

  test.each([
    ['http://127.0.0.1:1', 'node-unreachable'],
    ['not an address', 'usage'],
  ])('says of %s: %s', async (url, code) => {
    await expect((async () => openClient({ url }).get('/', z.unknown()))()).rejects.toMatchObject({ code })
  })
})
