import type { Audit } from '../audit.ts'
import type { Desk } from '../desk/desk.ts'
import type { People } from '../people.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { apiLimits } from './limits.ts'
import { type Address, closeWithin, type Elsewhere, listenAt } from './listen.ts'
import type { ApiLog } from './log.ts'
import { type MetricsRegistry, openMetrics } from './metrics.ts'
import { makeServer } from './server.ts'

export interface ApiOptions extends Address {
  desk: Desk
  people: People
  signIn: Pick<SignIn, 'createLink' | 'rules'>
  /** Whatever is done within is noted as done by this person, who came by this door. */
  actAs?: Audit['as']
  metrics?: Address & { registry: MetricsRegistry }
  log: ApiLog
  /** Of each token; without a token, of each address. */
  requestsPerMinute: number
  /** Addresses and networks whose word for where a request comes from is taken. */
  trustedProxies?: readonly string[]
  /** Seconds since 1970; the machine's clock by default. */
  now?: () => number
  heartbeatMs?: number
  /** Answers what is no request to the API: the pages. */
  elsewhere?: Elsewhere
}

export interface Api extends AsyncDisposable {
  url: string
  /** OpenAPI 3.1. */
  description: () => object
  metricsUrl?: string
}

/** The HTTP API of a node, listening. Throws `port-busy`. */
export async function openApi({
  host,
  port,
  metrics,
  now = () => Math.floor(Date.now() / 1000),
  heartbeatMs = apiLimits.heartbeatMs,
  ...options
}: ApiOptions): Promise<Api> {
  await using opening = new AsyncDisposableStack()
  const server = await makeServer({ ...options, now, heartbeatMs })
  opening.defer(() => closeWithin(server))
  const measured = metrics && opening.use(await openMetrics(metrics, metrics.registry))
  const url = await listenAt(server, { host, port })
  const opened = opening.move()
  return {
    url,
    description: () => server.swagger(),
    ...(measured && { metricsUrl: measured.url }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
