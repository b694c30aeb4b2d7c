import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, FocalpointError } from '#protocol'
import type { Caller, People, Role } from '../people.ts'

/** `reader` stands for every role. */
export type Access = 'anyone' | readonly (Role | 'reader')[]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route: one that does not say so stops the start. */
    access?: Access
    /** Its body is answered while it comes in, however long that takes. */
    isStreamed?: boolean
    /** What it may be refused for, besides what every route may. */
    problems?: readonly ErrorCode[]
  }
  interface FastifyRequest {
    caller: Caller | null
  }
}

export const readers: Access = ['reader']

/** A hook that lets nobody pass whom the route does not name. */
export function admitCallers({
  people,
  now,
  countFailure,
}: {
  people: Pick<People, 'authenticate'>
  now: () => number
  /** Throws `too-many-requests` when this address failed too often. */
  countFailure: (request: FastifyRequest) => Promise<void>
}) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const access = request.is404 ? 'anyone' : (request.routeOptions.config.access ?? [])
    if (access === 'anyone') return
    request.caller = people.authenticate(bearerOf(request) ?? '', now()) ?? null
    if (!request.caller) {
      reply.header('www-authenticate', 'Bearer realm="focalpoint"')
      await countFailure(request)
      throw unauthenticated(bearerOf(request))
    }
    if (!allows(access, request.caller.roles)) throw forbidden(access)
  }
}

function allows(access: Exclude<Access, 'anyone'>, held: readonly Role[]): boolean {
  return access.some(role => (role === 'reader' ? held.length > 0 : held.includes(role)))
}

/** The one who asks; only on routes that are not for anyone. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw unauthenticated(undefined)
  return caller
}

/** Long answers look again: whether whoever asked may still do all that they might when they asked. */
export function isStillAllowed(
  request: FastifyRequest,
  { people, now }: { people: Pick<People, 'authenticate'>; now: () => number },
): boolean {
  const held = people.authenticate(bearerOf(request) ?? '', now())?.roles
  return held !== undefined && callerOf(request).roles.every(role => held.includes(role))
}

/** Throws `unauthenticated`. */
export function checkStillAllowed(...asked: Parameters<typeof isStillAllowed>): void {
  if (isStillAllowed(...asked)) return
  throw new FocalpointError(
    'unauthenticated',
    'The token was revoked or has expired meanwhile, or its person lost a role.',
    { what: 'token not accepted' },
  )
}

/** RFC 6750, section 2.1. */
function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(headers.authorization ?? '')?.[1]
}

function unauthenticated(bearer: string | undefined): FocalpointError<'unauthenticated'> {
  const what = bearer === undefined ? 'no token' : 'token not accepted'
  return new FocalpointError(
    'unauthenticated',
    bearer === undefined
      ? 'Send a token: "Authorization: Bearer fp_…". An administrator of this node makes one for you.'
      : 'This token is unknown, expired or revoked, or its person is disabled: ask an administrator of this node.',
    { what },
  )
}

function forbidden(needs: readonly string[]): FocalpointError<'forbidden'> {
  return new FocalpointError('forbidden', `This needs one of these roles: ${needs.join(', ')}.`, {
    needs: [...needs],
  })
}
