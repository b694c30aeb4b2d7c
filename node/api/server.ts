import helmet from '@fastify/helmet'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { FocalpointError } from '#protocol'
import type { Audit } from '../audit.ts'
import { limitBodyTime } from '../desk/body-time.ts'
import type { Desk } from '../desk/desk.ts'
import type { People } from '../people.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { admitCallers } from './access.ts'
import { actAsCallers } from './acting.ts'
import { answerAgain } from './again.ts'
import { answerRoutes } from './answers.ts'
import type { App } from './app.ts'
import { backupRoutes } from './backups.ts'
import { answerClientError } from './client-errors.ts'
import { answerConditionally } from './conditional.ts'
import { budgetDearRoutes } from './cost.ts'
import { columnMapRoutes } from './customs/column-maps.ts'
import { consignmentRoutes } from './customs/consignments.ts'
import { screeningRoutes } from './customs/screenings.ts'
import { deliveryRoutes } from './deliveries.ts'
import { draftRoutes } from './drafts.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './exports.ts'
import { failureAnswers } from './failure.ts'
import { feedRoutes } from './feeds.ts'
import { goodsRoutes } from './goods.ts'
import { healthRoutes } from './health.ts'
import { parseJsonBodies } from './json-body.ts'
import { apiLimits } from './limits.ts'
import { type Elsewhere, sharedWith } from './listen.ts'
import type { ApiLog } from './log.ts'
import { meRoutes } from './me.ts'
import { memberRoutes } from './members.ts'
import { networkRoutes } from './network.ts'
import { noticeRoutes } from './notices.ts'
import { describeRoutes, openApiRoute } from './openapi/index.ts'
import { peopleRoutes } from './people.ts'
import { unknownRoute, watchRoutes } from './routes.ts'
import { schemaRoutes } from './schemas.ts'
import { sightingRoutes } from './sightings.ts'
import { signInLinkRoutes } from './sign-in-links.ts'
import { statsRoutes } from './stats.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { validatorCompiler } from './validate.ts'

export interface ServerOptions {
  desk: Desk
  people: People
  signIn: Pick<SignIn, 'createLink' | 'rules'>
  actAs?: Audit['as']
  log: ApiLog
  /** Of each token; without a token, of each address. */
  requestsPerMinute: number
  trustedProxies?: readonly string[]
  /** Seconds since 1970. */
  now: () => number
  heartbeatMs: number
  /** Without it everything else is told that there is nothing here. */
  elsewhere?: Elsewhere
}

/** All routes of the API behind one door, not yet listening. */
export async function makeServer(options: ServerOptions): Promise<App> {
  const app = bareServer(options)
  const routes = watchRoutes(app)
  budgetDearRoutes(app, options)
  const countFailure = await guard(app, options)
  actAsCallers(app, options)
  answerAgain(app, options.desk)
  answerConditionally(app)
  await describeRoutes(app, { types: options.desk.types, requestsPerMinute: options.requestsPerMinute })
  declareRoutes(app, { ...options, countFailure })
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, request => {
    throw unknownRoute(request, routes)
  })
  await app.ready()
  return app
}

function bareServer({
  log,
  elsewhere,
  trustedProxies = [],
}: Pick<ServerOptions, 'log' | 'elsewhere' | 'trustedProxies'>): App {
  const answerFailure = failureAnswers(log)
  const app: App = fastify({
    bodyLimit: apiLimits.bodyBytes,
    trustProxy: [...trustedProxies],
    // Of the headers alone: a whole file may take longer, so that bodies have a limit of ours.
    http: { headersTimeout: apiLimits.requestTimeoutMs },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    frameworkErrors: answerFailure,
    clientErrorHandler: answerClientError,
    ...(elsewhere && { serverFactory: sharedWith(elsewhere) }),
  })
  app.removeContentTypeParser('text/plain')
  parseJsonBodies(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(() => value => JSON.stringify(value))
  app.setErrorHandler(answerFailure)
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request, reply) => awaitBody(request, reply))
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller } = request
    const took = { status: reply.statusCode, ms: Math.round(reply.elapsedTime), person: caller?.person.id }
    log.info({ method, route: routeOptions.url, ...took }, 'request answered')
  })
  return app
}

/**
 * A file that is answered line by line takes its time, and has a lowest pace of its own until it is answered; JSON is
 * read as a whole.
 */
function awaitBody({ raw, routeOptions }: FastifyRequest, reply: FastifyReply): void {
  const limit = () => limitBodyTime(raw, apiLimits.requestTimeoutMs)
  const isJson = raw.headers['content-type']?.startsWith('application/json') ?? true
  if (routeOptions.config.isStreamed && !isJson) reply.raw.once('finish', limit)
  else limit()
}

/** Throws `too-many-requests` when this address has failed too often. */
type CountFailure = (request: FastifyRequest) => Promise<void>

async function guard(app: App, { people, now, requestsPerMinute }: ServerOptions): Promise<CountFailure> {
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } })
  await app.register(rateLimit, {
    hook: 'preParsing',
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: request => request.caller?.token ?? normalizeIP(request.ip),
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  })
  const failures = app.createRateLimit({
    max: apiLimits.failedAuthenticationsPerMinute,
    timeWindow: 60_000,
    keyGenerator: request => normalizeIP(request.ip),
  })
  const countFailure = async (request: FastifyRequest) => {
    const counted = await failures(request)
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted.ttlInSeconds)
  }
  app.addHook('onRequest', admitCallers({ people, now, countFailure }))
  return countFailure
}

function declareRoutes(
  app: App,
  {
    desk,
    people,
    signIn,
    log,
    now,
    heartbeatMs,
    countFailure,
  }: ServerOptions & { countFailure: CountFailure },
): void {
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  healthRoutes(app, desk)
  draftRoutes(app, desk)
  noticeRoutes(app, desk)
  answerRoutes(app, desk)
  exportRoutes(app, { desk, people, log, now })
  eventRoutes(app, { desk, people, log, now, heartbeatMs, closing: closing.signal })
  networkRoutes(app, desk)
  memberRoutes(app, desk)
  goodsRoutes(app)
  statsRoutes(app, desk)
  schemaRoutes(app, desk)
  screeningRoutes(app, { desk, people, log, now })
  columnMapRoutes(app, desk)
  consignmentRoutes(app, desk)
  sightingRoutes(app, { desk, now })
  meRoutes(app, { desk, people })
  peopleRoutes(app, people)
  signInLinkRoutes(app, { signIn })
  backupRoutes(app, desk)
  subscriptionRoutes(app, desk)
  deliveryRoutes(app, desk)
  feedRoutes(app, { desk, origin: signIn.rules.origin, countFailure })
  openApiRoute(app)
}

function tooMany(retryAfterSeconds: number): FocalpointError<'too-many-requests'> {
  return new FocalpointError('too-many-requests', `Too many requests: try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  })
}
