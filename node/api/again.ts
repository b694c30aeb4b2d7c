import type { FastifyReply, FastifyRequest } from 'fastify'
import { FocalpointError, sha256 } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import type { Once } from '../people.ts'
import { callerOf } from './access.ts'
import type { App } from './app.ts'
import { apiLimits } from './limits.ts'

/**
 * What a POST does that is sent again: `harmless`, no more than the first; `anew`, it is answered by what holds then;
 * `refused`, it cannot be answered again, because its answer holds a secret; else what it made, as it stands now, is read again by its id, and the same
 * headers are set as at first. Undefined when that is gone.
 */
export type Again =
  | 'harmless'
  | 'anew'
  | 'refused'
  | ((id: string, reply: FastifyReply) => object | undefined | Promise<object | undefined>)

declare module 'fastify' {
  interface FastifyContextConfig {
    again?: Again
  }
  interface FastifyRequest {
    /** Set when this request came with an Idempotency-Key and is the first of its kind. */
    once: Once | null
  }
}

/** Told to who asked again. */
const repeatedHeader = 'idempotency-replayed'

/**
 * Idempotency keys (draft-ietf-httpapi-idempotency-key-header), in three phases.
 * 1. Before the handler: what came of this key is answered again; a key that is in use is refused.
 * 2. In the handler: who can write the key together with what is made does so, and a crash doubles nothing.
 * 3. Before the answer leaves: whatever else was made is noted by its id. Failures are not: they may be tried again.
 */
export function answerAgain(app: App, { repeats }: Pick<Desk, 'repeats'>): void {
  const underWay = new Set<string>()
  app.decorateRequest('once', null)

  app.addHook('preHandler', async (request, reply) => {
    const { again } = request.routeOptions.config
    const header = request.headers['idempotency-key']
    if (again === undefined || again === 'harmless' || again === 'anew' || header === undefined) return
    if (again === 'refused')
      throw wrongKey('This answer holds a secret and is given once: ask without a key.')
    const once = onceOf(request, String(header))
    if (underWay.has(nameOf(once))) throw inUse(once)
    const made = repeats.find(once)
    if (made === undefined) {
      underWay.add(nameOf(once))
      request.once = once
      return
    }
    const body = await again(made, reply)
    if (body === undefined) throw spent(once)
    return reply.code(successOf(request)).header(repeatedHeader, 'true').send(body)
  })

  app.addHook('onSend', async ({ once }, reply, payload) => {
    if (once === null) return payload
    try {
      if (reply.statusCode < 300) await repeats.keep(once, idOfMade(reply, payload))
    } finally {
      underWay.delete(nameOf(once))
    }
    return payload
  })
}

/** For who can write the key together with what is made. */
export function onceIn({ once }: FastifyRequest): { once?: Once } {
  return once === null ? {} : { once }
}

function onceOf(request: FastifyRequest, key: string): Once {
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > apiLimits.idempotencyKeyCharacters) {
    throw wrongKey(
      `A key has 1 to ${apiLimits.idempotencyKeyCharacters} letters, digits and signs, and no space.`,
    )
  }
  const { method, url, body } = request
  const digest = sha256(`${method} ${url}\n${JSON.stringify(body) ?? ''}`)
  return { person: callerOf(request).person.id, key, digest }
}

function nameOf({ person, key }: Once): string {
  return `${person} ${key}`
}

/** As the route describes it. */
function successOf({ routeOptions }: FastifyRequest): number {
  const { response = {} } = (routeOptions.schema ?? {}) as { response?: object }
  return (
    Object.keys(response)
      .map(Number)
      .find(code => code < 300) ?? 200
  )
}

/** The last word of its address, else its `id`. */
function idOfMade(reply: FastifyReply, payload: unknown): string {
  const location = reply.getHeader('location')
  if (typeof location === 'string') return decodeURIComponent(location.split('/').at(-1) ?? '')
  const made: unknown = typeof payload === 'string' && payload !== '' ? JSON.parse(payload) : undefined
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : ''
}

function wrongKey(detail: string): FocalpointError<'request-malformed'> {
  const errors = [{ pointer: '/idempotency-key', code: 'form', detail }]
  return new FocalpointError('request-malformed', 'The Idempotency-Key is not one for this request.', {
    errors,
  })
}

function inUse({ key }: Once): FocalpointError<'idempotency-key-in-use'> {
  const message = 'The first request with this Idempotency-Key is still under way: ask again in a moment.'
  return new FocalpointError('idempotency-key-in-use', message, { key })
}

function spent({ key }: Once): FocalpointError<'idempotency-key-spent'> {
  const message =
    'This was done before, and what it made is no longer there: it was released, changed into something else, or deleted. For a new one take a new Idempotency-Key.'
  return new FocalpointError('idempotency-key-spent', message, { key })
}
