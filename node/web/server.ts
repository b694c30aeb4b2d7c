import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import { type FastifyInstance, fastify } from 'fastify'
import { FocalpointError } from '#protocol'
import { assetRoutes } from './assets/index.ts'
import { type Answering, failurePages } from './failure.ts'
import { languageRoute } from './language.ts'
import { webLimits } from './limits.ts'
import { liveRoute } from './live.ts'
import type { Office } from './office.ts'
import { pageRoutes } from './pages.ts'
import { declare } from './respond.ts'
import { cameFromHere, visitorOf } from './session.ts'
import { takeUploads } from './uploads.ts'

/** Nothing from elsewhere, nothing inline: what a notice brings along cannot run. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/** All pages behind one door, not listening. */
export async function makeServer(office: Office): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: webLimits.formBytes,
    routerOptions: { maxParamLength: 200 },
    trustProxy: [...office.trustedProxies],
  })
  await app.register(helmet, {
    contentSecurityPolicy,
    hsts: office.secureCookies,
    referrerPolicy: { policy: 'same-origin' },
  })
  // Before any route: it looks at those that are declared after it.
  await app.register(compress, { threshold: 1024 })
  const assets = await assetRoutes(app)
  const answering: Answering = { office, assets }
  await app.register(cookie)
  // Only what forms send: a text or JSON of a stranger is not even read.
  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: webLimits.formBytes })
  await app.register(rateLimit, {
    max: office.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: request =>
      visitorOf(request, office, { isActivity: false })?.session.id ?? normalizeIP(request.ip),
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  })
  app.addHook('onRequest', async request => cameFromHere(request))
  await takeUploads(app, office)
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const took = { status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    office.log.info({ method, route: routeOptions.url, ...took }, 'page answered')
  })
  const fail = failurePages(answering)
  app.setErrorHandler(fail)
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) =>
    fail(notHere(request.url), request, reply),
  )
  languageRoute(app, office)
  liveRoute(app, office)
  for (const route of pageRoutes(office)) declare(app, route, answering)
  await app.ready()
  return app
}

function tooMany(retryAfterSeconds: number): FocalpointError<'too-many-requests'> {
  return new FocalpointError('too-many-requests', `Too many requests: try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  })
}

function notHere(address: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'There is no page at this address.', {
    what: 'address',
    id: address,
  })
}
