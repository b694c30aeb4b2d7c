import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Office } from './office.ts'
import { isLanguage, type Language, languageAccepted } from './words/languages.ts'

const cookieName = 'focalpoint-language'
const yearSeconds = 365 * 86_400

/** As chosen; else as the browser asks. */
export function languageOf({ cookies, headers }: FastifyRequest): Language {
  const chosen = cookies[cookieName]
  return isLanguage(chosen) ? chosen : languageAccepted(headers['accept-language'])
}

export function languageRoute(app: FastifyInstance, { secureCookies }: Office): void {
  app.get<{ Params: { language: string }; Querystring: { back?: string } }>(
    '/language/:language',
    async ({ params, query }, reply) => {
      if (isLanguage(params.language)) {
        reply.setCookie(cookieName, params.language, {
          path: '/',
          maxAge: yearSeconds,
          httpOnly: true,
          secure: secureCookies,
          sameSite: 'lax',
        })
      }
      return reply.redirect(ownAddress(query.back), 303)
    },
  )
}

/** Of this node, whatever the link says. */
export function ownAddress(back: string | undefined): string {
  const base = 'http://here.invalid'
  if (typeof back !== 'string' || !back.startsWith('/') || !URL.canParse(back, base)) return '/'
  const { origin, pathname, search } = new URL(back, base)
  return origin === base ? `/${pathname.replace(/^\/+/, '')}${search}` : '/'
}
