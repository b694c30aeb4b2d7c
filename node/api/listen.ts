import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { isIPv6 } from 'node:net'
import type { FastifyServerFactory } from 'fastify'
import { FocalpointError } from '#protocol'
import { apiLimits } from './limits.ts'

/** Where to listen; port 0 takes a free one. */
export interface Address {
  host: string
  port: number
}

/** Answers what is no request to the API, on the same port. */
export type Elsewhere = (request: IncomingMessage, response: ServerResponse) => void

const ours = /^\/(v1|healthz|readyz)(?=[/?]|$)/

/** One port for programs and people: each request goes to whoever it is for. */
export function sharedWith(elsewhere: Elsewhere): FastifyServerFactory {
  return (handler, { http = {}, keepAliveTimeout, requestTimeout }): Server => {
    const answer = handler as RequestListener
    const server = createServer(http as object, (request, response) => {
      if (ours.test(request.url ?? '')) answer(request, response)
      else elsewhere(request, response)
    })
    if (typeof keepAliveTimeout === 'number') server.keepAliveTimeout = keepAliveTimeout
    if (typeof requestTimeout === 'number') server.requestTimeout = requestTimeout
    return server
  }
}

/** Listens and tells the URL. Throws `port-busy`. */
export async function listenAt(
  app: { listen(address: Address): Promise<string> },
  { host, port }: Address,
): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause
    const address = `${isIPv6(host) ? `[${host}]` : host}:${port}`
    throw new FocalpointError(
      'port-busy',
      `Something else listens on ${address} already: stop it, or choose another port.`,
      { address },
      { cause },
    )
  }
}

/** Lets answers under way end, for a while. */
export async function closeWithin(app: {
  close(): Promise<unknown>
  server: { closeAllConnections(): void }
}): Promise<void> {
  const limit = setTimeout(() => app.server.closeAllConnections(), apiLimits.closingMs)
  try {
    await app.close()
  } finally {
    clearTimeout(limit)
  }
}
