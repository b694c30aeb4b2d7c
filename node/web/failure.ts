import type { FastifyReply, FastifyRequest } from 'fastify'
import { FocalpointError, isError } from '#protocol'
import { problemOf } from '../desk/problem.ts'
import type { Assets } from './assets/index.ts'
import { InEnglish } from './components/in-english.ts'
import { html } from './html.ts'
import type { Office } from './office.ts'
import { sendPage, visitOf } from './respond.ts'

export interface Answering {
  office: Office
  assets: Assets
}

/** Whatever was thrown, as a page that says what happened and what to do; what is not ours stands in the log only. */
export function failurePages(answering: Answering) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const error = isError(thrown) ? thrown : (badForm(thrown) ?? unexpected(thrown, answering.office))
    const { status, title } = problemOf(error)
    if (isError(error, 'too-many-requests')) reply.header('retry-after', error.details.retryAfterSeconds)
    const visit = visitOf(request, answering)
    const { t, words, wordsOf } = visit
    const heading = words(title)
    const content = html`
      <h1>${heading}</h1>
      <p class="lead">${wordsOf(error)}</p>
      <${InEnglish} error=${error} visit=${visit} />
      <p>${t(status >= 500 ? 'failure.ours' : 'failure.yours')}</p>
      <ul>
        <li><a class="ds-link" href="/">${t('failure.home')}</a></li>
        <li>
          <a class="ds-link" href=${`/problems/${error.code}`}>${t('failure.about', { code: error.code })}</a>
        </li>
      </ul>
    `
    return sendPage({ title: heading, content, status }, { visit, reply, answering })
  }
}

/** What Fastify itself finds wrong with a request. */
function badForm(thrown: unknown): FocalpointError | undefined {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return undefined
  const { statusCode } = thrown
  if (statusCode === 413)
    return new FocalpointError('body-too-large', 'This is too large to be taken.', { limit: 0 })
  if (statusCode === 415)
    return new FocalpointError('media-type-unsupported', 'A page takes what its forms send.', {
      mediaType: '',
    })
  if (typeof statusCode === 'number' && statusCode < 500)
    return new FocalpointError('body-malformed', 'This request cannot be read.', { what: 'not a form' })
  return undefined
}

function unexpected(thrown: unknown, { log }: Office): FocalpointError {
  log.error({ error: thrown instanceof Error ? thrown.stack : String(thrown) }, 'a page failed')
  return new FocalpointError('internal', 'The node could not do this; its log says why.', {
    what: 'unexpected',
  })
}
