import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { render } from 'preact-render-to-string'
import { FocalpointError } from '#protocol'
import type { Answering } from './failure.ts'
import { formatsFor } from './formats.ts'
import { languageOf } from './language.ts'
import { layout } from './layout.ts'
import { webLimits } from './limits.ts'
import type { Answer, Page, Route } from './route.ts'
import { keepSession, visitorOf } from './session.ts'
import type { MemberVisit, UploadedFile, Visit } from './visit.ts'
import { formWords } from './words/forms.ts'
import { translator } from './words/messages.ts'

/** Puts one page where it belongs: whoever is not signed in is asked to, whoever may not see it is told so. */
export function declare(app: FastifyInstance, route: Route, answering: Answering): void {
  const handle = (act: Route['show']) => async (request: FastifyRequest, reply: FastifyReply) => {
    const visit = visitOf(request, answering)
    if (route.access !== 'anyone') {
      if (visit.visitor === undefined) return askToSignIn(visit, reply)
      checkAccess(route.access, visit.visitor.roles)
    }
    // Only whoever is signed in comes as far as a page for members.
    const answer = await act?.(visit as MemberVisit)
    return answer === undefined ? reply.callNotFound() : send(answer, { visit, reply, answering })
  }
  const { path } = route
  if (route.show) app.get(path, handle(route.show as Route['show']))
  if (route.submit) {
    const bodyLimit = route.bodyBytes ?? webLimits.formBytes
    app.post(path, { bodyLimit }, handle(route.submit as Route['show']))
  }
}

export function visitOf(request: FastifyRequest, { office }: Pick<Answering, 'office'>): Visit {
  const language = languageOf(request)
  const visitor = visitorOf(request, office)
  const names = new Map(office.desk.registry().members.members.map(member => [member.id, member.names]))
  return {
    language,
    t: translator(language),
    words: formWords(language),
    formats: formatsFor(language, code => names.get(code)),
    url: new URL(request.url, 'http://here.invalid'),
    origin: `${office.secureCookies ? 'https' : 'http'}://${request.host}`,
    params: request.params as Record<string, string>,
    ...formOf(request.body),
    now: office.now(),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, webLimits.userAgentCharacters),
    ...(visitor && { visitor }),
  }
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

function askToSignIn({ url }: Visit, reply: FastifyReply) {
  const back = url.pathname === '/' ? '' : `?back=${encodeURIComponent(url.pathname + url.search)}`
  return reply.redirect(`/sign-in${back}`, 303)
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
  return reply.type('text/html; charset=utf-8').send(text)
}
