import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type FieldError, FocalpointError, isObject } from '#protocol'
import type { ColumnMap } from '../../desk/consignments/column-map-form.ts'
import { readConsignment } from '../../desk/consignments/consignment-form.ts'
import { isReadableCharset } from '../../desk/consignments/file-lines.ts'
import { customsLimits } from '../../desk/consignments/limits.ts'
import { type ReadFile, readCsv, readJsonLines, readList } from '../../desk/consignments/read-lines.ts'
import type { CustomsDesk } from '../../desk/customs.ts'
import { Seats } from '../../desk/seats.ts'
import type { People } from '../../people.ts'
import { callerOf, checkStillAllowed } from '../access.ts'
import type { App } from '../app.ts'
import { apiLimits } from '../limits.ts'
import type { ApiLog } from '../log.ts'
import { negotiate } from '../negotiate.ts'
import { textStream } from '../text-stream.ts'
import { bodyStream } from './body-stream.ts'
import { getColumnMap, parseColumnMap } from './column-maps.ts'
import { screenFile } from './screen-file.ts'
import { answerMediaTypes, csv, ndjson, writers } from './screening-answers.ts'
import { laneRule, screeningAnswer, screeningBody } from './screening-responses.ts'

type Asked = Pick<CustomsDesk, 'screening' | 'columnMaps'>

export interface ScreeningRoutes {
  desk: Asked
  people: Pick<People, 'authenticate'>
  log: ApiLog
  /** Seconds since 1970. */
  now: () => number
}

const query = z.strictObject({
  map: z
    .string()
    .max(64)
    .exactOptional()
    .meta({ description: 'Of a CSV file: the name of a saved column map.' }),
  exercise: z
    .enum(['true', 'false'])
    .exactOptional()
    .meta({ description: 'All of it is a drill: marked, and without effect.' }),
  keepDays: z
    .string()
    .regex(/^\d{1,5}$/, 'Give whole days.')
    .transform(Number)
    .exactOptional()
    .meta({
      type: 'integer',
      minimum: 1,
      description:
        'Keeps them so many days, to be screened again with every new notice. Else nothing is kept.',
    }),
})

const headers = z.looseObject({
  'column-map': z
    .string()
    .max(customsLimits.mapHeaderCharacters)
    .exactOptional()
    .meta({ description: 'Of a CSV file: a column map that is not saved, its JSON percent-encoded.' }),
})

/** In a scope of its own: nowhere else is a file taken for a body. */
export function screeningRoutes(app: App, options: ScreeningRoutes): void {
  app.register(async (scope: App) => {
    scope.addContentTypeParser([ndjson, csv], (_request, payload, done) => done(null, payload))
    declareScreenings(scope, options)
  })
}

function declareScreenings(app: App, { desk, people, log, now }: ScreeningRoutes): void {
  const seats = new Seats({
    most: customsLimits.bulkScreeningsMost,
    mostPerPerson: customsLimits.bulkScreeningsMostPerPerson,
    says: {
      all: `This node is screening ${customsLimits.bulkScreeningsMost} files already: try again later.`,
      own: `You have ${customsLimits.bulkScreeningsMostPerPerson} files under way, as many as one person may: send this one when one of them is done.`,
    },
    retryAfterSeconds: 5,
  })

  app.post(
    '/v1/screenings',
    {
      bodyLimit: customsLimits.jsonBodyBytes,
      config: {
        access: ['customs'],
        again: 'anew',
        isStreamed: true,
        problems: ['not-found', 'not-acceptable', 'node-not-ready', 'conflict', 'quota-reached'],
      },
      schema: {
        operationId: 'screen',
        summary:
          'Screens one consignment or many: what they meet, and why. Nothing is kept unless asked for.',
        description: `${laneRule}\n\nWith keepDays each request keeps what it sends once more.`,
        consumes: ['application/json', ndjson, csv],
        querystring: query,
        headers,
        body: screeningBody,
        response: { 200: screeningAnswer },
      },
    },
    async (request, reply) => {
      const { exercise, keepDays } = request.query
      if (keepDays !== undefined) checkDays(keepDays, desk)
      reply.header('vary', 'accept')
      const mediaType = negotiate(request, answerMediaTypes)
      const { person } = callerOf(request)
      const leave = isSingle(request.body) ? () => {} : seats.take(person.id)
      try {
        const file = await readBody(request, desk)
        const how = {
          desk: desk.screening,
          person,
          exercise: exercise === 'true',
          ...(keepDays !== undefined && { keepDays }),
          checkAllowed: () => checkStillAllowed(request, { people, now }),
        }
        const answers = screenFile(file, how, writers[mediaType])
        // What goes wrong at the beginning is told with its status: an answer that has begun can only be cut.
        const first = await answers.next()
        const stream = textStream(begun(first.value ?? '', answers, log))
        stream.once('close', leave)
        return reply.type(mediaType === csv ? `${csv}; charset=utf-8` : mediaType).send(stream)
      } catch (error) {
        leave()
        throw error
      }
    },
  )
}

/** After the first piece nobody can be answered any more: the connection breaks off, and the log says why. */
async function* begun(first: string, rest: AsyncIterable<string>, log: ApiLog): AsyncGenerator<string> {
  yield first
  try {
    yield* rest
  } catch (error) {
    log.warn({ error: String(error) }, 'a screening broke off')
    throw error
  }
}

function isSingle(body: unknown): boolean {
  return !(body instanceof Readable) && !Array.isArray(body) && !(isObject(body) && 'consignments' in body)
}

async function readBody(request: FastifyRequest, desk: Asked): Promise<ReadFile> {
  const { body } = request
  if (!(body instanceof Readable)) return readJson(body)
  const chunks = bodyStream(body, {
    stalledMs: apiLimits.stalledFollowerMs,
    bytesPerSecond: customsLimits.slowestBytesPerSecond,
  })
  if (request.mediaType === ndjson) return readJsonLines(chunks)
  const map = mapAsked(request as FastifyRequest<{ Querystring: z.output<typeof query> }>, desk)
  return readCsv(chunks, map, map?.charset ?? charsetOf(request))
}

/** RFC 7111, section 5: as a CSV file itself says. Throws `media-type-unsupported`. */
function charsetOf({ headers }: FastifyRequest): string {
  const mediaType = headers['content-type'] ?? ''
  const charset = /;\s*charset="?([\w:.-]+)/i.exec(mediaType)?.[1] ?? 'utf-8'
  if (isReadableCharset(charset)) return charset
  throw new FocalpointError(
    'media-type-unsupported',
    `This node cannot read the encoding "${charset}": convert the file to UTF-8.`,
    { mediaType },
  )
}

/** One consignment, a list, or `{consignments: […]}`. Throws `request-malformed` for a single one that is wrong. */
function readJson(body: unknown): ReadFile {
  if (Array.isArray(body)) return readList(body)
  if (isObject(body) && 'consignments' in body) {
    const { consignments, ...others } = body
    const [other] = Object.keys(others)
    if (other !== undefined)
      throw malformed([{ pointer: `/${other}`, code: 'unknown', detail: 'There is no such field here.' }])
    if (Array.isArray(consignments)) return readList(consignments)
    throw malformed([{ pointer: '/consignments', code: 'type', detail: 'This must be a list.' }])
  }
  const read = readConsignment(body)
  if ('errors' in read) throw malformed(read.errors)
  return readList([body])
}

function mapAsked(
  { query, headers }: FastifyRequest<{ Querystring: { map?: string } }>,
  { columnMaps }: Asked,
): ColumnMap | undefined {
  const given = headers['column-map']
  if (typeof given === 'string') return parseMap(given)
  return query.map === undefined ? undefined : getColumnMap(columnMaps, query.map).map
}

function parseMap(text: string): ColumnMap {
  let value: unknown
  try {
    value = JSON.parse(decodeURIComponent(text))
  } catch {
    throw malformed([{ pointer: '/column-map', code: 'form', detail: 'This must be JSON, percent-encoded.' }])
  }
  return parseColumnMap(value, '/column-map')
}

function checkDays(days: number, { screening: { keepDaysMost } }: Asked): void {
  if (days >= 1 && days <= keepDaysMost) return
  const detail = `This node keeps consignments for 1 to ${keepDaysMost} days.`
  throw malformed([{ pointer: '/keepDays', code: 'too-much', detail }])
}

function malformed(errors: FieldError[]): FocalpointError<'request-malformed'> {
  return new FocalpointError('request-malformed', 'This cannot be screened as it was sent.', { errors })
}
