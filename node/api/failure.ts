import type { FastifyReply, FastifyRequest } from 'fastify'
import { FocalpointError, isError } from '#protocol'
import { problemMediaType, problemOf } from '../desk/problem.ts'
import { apiLimits } from './limits.ts'
import type { ApiLog } from './log.ts'

/** Whatever was thrown, as RFC 9457; what is not ours is told as `internal` and stands in the log only. */
export function failureAnswers(log: ApiLog) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = isError(thrown) ? thrown : (translate(thrown, request) ?? unexpected(thrown, log))
    answer(error, reply)
  }
}

function answer(error: FocalpointError, reply: FastifyReply): void {
  const problem = problemOf(error)
  if (isError(error, 'too-many-requests')) reply.header('retry-after', error.details.retryAfterSeconds)
  if (isError(error, 'method-not-allowed')) reply.header('allow', error.details.allowed.join(', '))
  reply.code(problem.status).type(problemMediaType).serializer(JSON.stringify).send(problem)
}

/** What Fastify itself finds wrong with a request, by its error codes. */
const translations: { [code: string]: (request: FastifyRequest) => FocalpointError } = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupported,
  FST_ERR_CTP_BODY_TOO_LARGE: ({ routeOptions: { bodyLimit: limit = apiLimits.bodyBytes } }) =>
    new FocalpointError('body-too-large', `A body has at most ${limit} bytes.`, { limit }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => badBody('empty'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => badBody('not JSON'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => badBody('of another length than its header says'),
  FST_ERR_BAD_URL: ({ url }) => noSuchAddress(url),
  FST_ERR_MAX_PARAM_LENGTH: ({ url }) => noSuchAddress(url),
}

function translate(thrown: unknown, request: FastifyRequest): FocalpointError | undefined {
  if (thrown instanceof SyntaxError && 'statusCode' in thrown && thrown.statusCode === 400) {
    return badBody('not JSON')
  }
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return translations[String(thrown.code)]?.(request)
}

function unsupported({ headers }: FastifyRequest): FocalpointError {
  const mediaType = headers['content-type'] ?? ''
  return new FocalpointError('media-type-unsupported', 'Send JSON, with "Content-Type: application/json".', {
    mediaType,
  })
}

function badBody(what: string): FocalpointError {
  return new FocalpointError('body-malformed', `The body is ${what}.`, { what })
}

export function noSuchAddress(url: string): FocalpointError {
  return new FocalpointError('not-found', 'There is nothing at this address: /v1/openapi.json lists all.', {
    what: 'address',
    id: url,
  })
}

function unexpected(thrown: unknown, log: ApiLog): FocalpointError {
  log.error({ error: thrown instanceof Error ? thrown.stack : String(thrown) }, 'a request failed')
  return new FocalpointError('internal', 'The node could not do this; its log says why.', {
    what: 'unexpected',
  })
}
