import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { render } from 'preact-render-to-string'
import { FocalpointError } from '#protocol'
import { revealed } from './components/revealed.ts'
import type { Answering } from './failure.ts'
import { formatsFor } from './formats.ts'
import { languageOf } from './language.ts'
import { layout } from './layout.ts'
import { webLimits } from './limits.ts'
import type { Office } from './office.ts'
import type { Answer, Page, Route } from './route.ts'
import { keepSession, sessionCookie, visitorOf } from './session.ts'
import type { MemberVisit, UploadedFile, Visit } from './visit.ts'
import { errorWords } from './words/errors.ts'
import { formWords } from './words/forms.ts'
import { translator } from './words/messages.ts'

/** Puts one page where it belongs: whoever is not signed in is asked to, whoever may not see it is told so. */
export function declare(app: FastifyInstance, route: Route, answering: Answering): void {
  const handle = (act: Route['show']) => async (request: FastifyRequest, reply: FastifyReply) => {
    const visit = visitOf(request, answering)
    if (route.access !== 'anyone') {
      if (visit.visitor === undefined) return askToSignIn(visit, { request, reply, office: answering.office })
      checkAccess(route.access, visit.visitor.roles)
    }
    const { visitor } = visit
    // Only whoever is signed in comes as far as a page for members.
    const work = async () => act?.(visit as MemberVisit)
    const { audit } = answering.office
    const answer = await (visitor ? audit.as({ person: visitor.person.id, from: 'page' }, work) : work())
    return answer === undefined ? reply.callNotFound() : send(answer, { visit, reply, answering })
  }
  const { path } = route
  if (route.show) app.get(path, handle(route.show as Route['show']))
  if (route.submit) {
    const bodyLimit = route.bodyBytes ?? webLimits.formBytes
    app.post(path, { bodyLimit }, handle(route.submit as Route['show']))
  }
}

/** Some paths, such as "//", are no address even with this before them. */
const here = 'http://here.invalid'

export function visitOf(request: FastifyRequest, { office }: Pick<Answering, 'office'>): Visit {
  const language = languageOf(request)
  const visitor = visitorOf(request, office)
  const names = new Map(office.desk.registry().members.members.map(member => [member.id, member.names]))
  const formats = formatsFor(language, code => names.get(code))
  return {
    language,
    t: translator(language),
    words: formWords(language),
    wordsOf: error => errorWords(error, { language, formats }),
    formats,
    url: URL.parse(request.url, here) ?? new URL(here),
    origin: originOf(request, office),
    params: request.params as Record<string, string>,
    ...formOf(request.body),
    now: office.now(),
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, webLimits.userAgentCharacters),
    ...(visitor && { visitor }),
  }
}

/** As the browser says, which it can only tell about itself: a proxy passes `Host` on and has no other word for it. */
function originOf({ headers: { host } }: FastifyRequest, { secureCookies }: Office): string {
  const scheme = secureCookies ? 'https' : 'http'
  return URL.parse(`${scheme}://${host}`)?.origin ?? `${scheme}://localhost`
}

/** A field may come more than once; files come beside the fields. */
function formOf(body: unknown): Pick<Visit, 'fields' | 'files'> {
  const fields = new URLSearchParams()
  const files: Record<string, UploadedFile> = {}
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === 'string') fields.append(name, each)
      else if (isFile(each)) files[name] = each
    }
  }
  return { fields, files }
}

function isFile(value: unknown): value is UploadedFile {
  return typeof value === 'object' && value !== null && 'bytes' in value && 'name' in value
}

/** With why, where a session has ended, and the way back to where one was. */
function askToSignIn(
  { url, origin }: Visit,
  { request, reply, office }: { request: FastifyRequest; reply: FastifyReply; office: Office },
) {
  const { method, cookies, headers } = request
  const asked = method === 'GET' ? url : URL.parse(headers.referer ?? '')
  const isOwn = asked !== null && (asked === url || asked.origin === origin)
  const back = isOwn ? asked.pathname + asked.search : '/'
  const query = new URLSearchParams({
    ...(cookies[sessionCookie(office)] !== undefined && { why: 'ended' }),
    ...(back !== '/' && { back }),
  })
  return reply.redirect(query.size === 0 ? '/sign-in' : `/sign-in?${query}`, 303)
}

function checkAccess(access: readonly string[], roles: readonly string[]): void {
  if (access.some(role => (role === 'reader' ? roles.length > 0 : roles.includes(role)))) return
  throw new FocalpointError('forbidden', `This needs one of these roles: ${access.join(', ')}.`, {
    needs: [...access],
  })
}

interface Sending {
  visit: Visit
  reply: FastifyReply
  answering: Answering
}

function send(answer: Answer, { visit, reply, answering }: Sending) {
  if ('to' in answer) {
    if (answer.session !== undefined) keepSession(reply, answer.session, answering.office)
    return reply.redirect(answer.to, 303)
  }
  if ('fragment' in answer) return sendHtml(reply, render(answer.fragment as never))
  if ('mediaType' in answer) {
    return reply
      .type(answer.mediaType)
      .header('content-disposition', `attachment; filename="${answer.fileName}"`)
      .send(answer.text)
  }
  return sendPage(answer, { visit, reply, answering })
}

export function sendPage(page: Page, { visit, reply, answering: { office, assets } }: Sending) {
  const { desk, onlyExercises } = office
  const frame = {
    names: desk.names,
    member: desk.member,
    isDemonstration: onlyExercises,
    assets,
    cursor: desk.feed.last(),
  }
  return sendHtml(
    reply.code(page.status ?? 200),
    `<!doctype html>${render(layout(page, visit, frame) as never)}`,
  )
}

function sendHtml(reply: FastifyReply, text: string) {
  return reply.type('text/html; charset=utf-8').send(text.replace(turning, revealed))
}

/** Nothing of ours needs them: whatever a component lets through, no page holds one. */
const turning = /(?![\n\r\t])[\p{Cc}\u202a-\u202e]/gu
