import type { FastifyReply, FastifyRequest } from 'fastify'
import { FocalpointError } from '#protocol'
import type { SignedIn } from '../sign-in/sign-in.ts'
import type { Office } from './office.ts'

type Cookies = Pick<Office, 'secureCookies'>

/** Bound to this host where TLS allows it (RFC 6265bis, section 4.1.3.2). */
export function sessionCookie({ secureCookies }: Cookies): string {
  return secureCookies ? '__Host-focalpoint' : 'focalpoint'
}

/** Whose browser it is. What a page asks by itself is not activity, and keeps no session alive. */
export function visitorOf(
  request: FastifyRequest,
  office: Office,
  { isActivity = request.headers['x-requested-by'] !== 'live' }: { isActivity?: boolean } = {},
): SignedIn | undefined {
  const secret = request.cookies[sessionCookie(office)]
  return secret === undefined ? undefined : office.signIn.authenticate(secret, office.now(), { isActivity })
}

/** An empty secret forgets the session. */
export function keepSession(reply: FastifyReply, secret: string, office: Cookies): void {
  const options = { path: '/', httpOnly: true, secure: office.secureCookies, sameSite: 'lax' } as const
  if (secret === '') reply.clearCookie(sessionCookie(office), options)
  else reply.setCookie(sessionCookie(office), secret, options)
}

/**
 * A form is taken from our own pages only: browsers say where a request comes from (Fetch Metadata; Origin, RFC 6454).
 * Throws `forbidden`.
 */
export function cameFromHere({ method, headers }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD') return
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && isOwn(headers.origin, headers.host)) return
  throw new FocalpointError('forbidden', 'A form is only taken from the pages of this node.', {
    needs: ['same-origin'],
  })
}

function isOwn(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}
