import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Office } from './office.ts'
import { makeServer } from './server.ts'

export type { Office } from './office.ts'

export interface Pages extends AsyncDisposable {
  /** Answers a request for a page: for whoever listens. */
  answer(request: IncomingMessage, response: ServerResponse): void
}

/** The pages of a node, not listening: they share the port of the API. */
export async function openPages(office: Office): Promise<Pages> {
  const app = await makeServer(office)
  return {
    answer: (request, response) => app.routing(request, response),
    [Symbol.asyncDispose]: () => app.close(),
  }
}
