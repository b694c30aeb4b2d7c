import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import type { Event } from '../../../node/delivery/event.ts'

export interface Heard {
  headers: Record<string, string>
  body: string
  event: Event & { data: Record<string, unknown> }
}

/** A receiver in this process, which answers as a test likes and keeps what it was sent. */
export interface Receiver extends AsyncDisposable {
  url: string
  heard: Heard[]
  answer: (response: ServerResponse, heard: Heard, request: IncomingMessage) => void
}

export async function openReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const heard = { headers, body, event: JSON.parse(body) }
    receiver.heard.push(heard)
    receiver.answer(response, heard, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`,
    heard: [],
    answer: response => void response.writeHead(204).end(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return receiver
}

/** As a receiver would: throws for what is not signed with this secret. */
export function verified({ headers, body }: Heard, secret: string): unknown {
  return new Webhook(secret).verify(body, headers)
}
