import { fastify } from 'fastify'
import { type Address, closeWithin, listenAt } from './listen.ts'

/** What collects the figures: a Prometheus registry. */
export interface MetricsRegistry {
  contentType: string
  metrics(): Promise<string>
}

/** Metrics on a port of their own, for loopback: without a token, so never on the port of the API. */
export async function openMetrics(
  address: Address,
  registry: MetricsRegistry,
): Promise<{ url: string } & AsyncDisposable> {
  const app = fastify()
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
  const url = await listenAt(app, address)
  return { url: `${url}/metrics`, [Symbol.asyncDispose]: () => closeWithin(app) }
}
