import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import { z } from 'zod'
import type { NoticeType } from '#protocol'
import { sightingReportComponent } from '../../desk/sighting/form.ts'
import type { App } from '../app.ts'
import { consignmentComponent, textBodies } from '../customs/screening-responses.ts'
import { component, draftComponents, draftExamples } from '../draft-components.ts'
import { problemForm } from '../responses.ts'
import { finishPaths } from './document.ts'
import { problemExamples } from './problems.ts'
import { describeRoute } from './route.ts'
import { tags } from './tags.ts'
import { webhooksOf } from './webhooks.ts'

const introduction = readFileSync(join(import.meta.dirname, 'introduction.md'), 'utf8')

/** Must come before the routes, for it listens to them being declared. */
export async function describeRoutes(
  app: App,
  { types, requestsPerMinute }: { types: readonly NoticeType[]; requestsPerMinute: number },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'focalpoint',
        summary: 'The node of one participant of the Alliance for Torture-Free Trade.',
        description: introduction,
        version: '1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token, fp_… Where a route names roles, one of them is enough.',
          },
        },
      },
    },
    transform: describeRoute({ requestsPerMinute }),
    transformObject: document => finish(document, types),
  })
}

export function openApiRoute(app: App): void {
  let text: string | undefined
  app.get(
    '/v1/openapi.json',
    {
      config: { access: 'anyone' },
      schema: {
        operationId: 'getDescription',
        summary: 'This description.',
        response: { 200: z.record(z.string(), z.unknown()).meta({ examples: [{ openapi: '3.1.0' }] }) },
      },
    },
    async (_request, reply) => {
      text ??= JSON.stringify(app.swagger())
      return reply.type('application/json').send(text as never)
    },
  )
}

/** Added to the finished document, for the library would rewrite keywords of JSON Schema 2020-12 in them. */
function finish(
  document: Parameters<SwaggerTransformObject>[0],
  types: readonly NoticeType[],
): ReturnType<SwaggerTransformObject> {
  if (!('openapiObject' in document)) return document.swaggerObject
  const { openapiObject } = document
  const problem = component(z.toJSONSchema(problemForm))
  const { webhooks, schemas: ofWebhooks } = webhooksOf(types)
  const named = {
    problem,
    ...ofWebhooks,
    ...draftComponents(types),
    consignment: component(consignmentComponent()),
    'sighting-report': component(sightingReportComponent()),
  }
  const examples = { ...draftExamples(types), ...problemExamples() }
  const { paths, schemas } = finishPaths((openapiObject.paths ?? {}) as Parameters<typeof finishPaths>[0], {
    named,
    examples,
    textBodies,
  })
  const used = Object.values(paths)
    .flatMap(Object.values)
    .flatMap(({ tags = [] }) => tags)
  return {
    ...openapiObject,
    tags: Object.entries(tags).flatMap(([name, description]) =>
      used.includes(name) ? [{ name, description }] : [],
    ),
    paths,
    webhooks,
    components: {
      ...openapiObject.components,
      schemas,
      examples,
      headers,
      parameters: { 'if-none-match': ifNoneMatch },
    },
  } as ReturnType<SwaggerTransformObject>
}

const text = { type: 'string' }
const number = { type: 'integer', minimum: 0 }

const headers = {
  'x-ratelimit-limit': { description: 'Requests that this token has here in a minute.', schema: number },
  'x-ratelimit-remaining': { description: 'How many of them are left.', schema: number },
  'x-ratelimit-reset': { description: 'Seconds until they are renewed.', schema: number },
  etag: { description: 'For If-None-Match; of a draft, for If-Match too.', schema: text },
  link: { description: 'RFC 8288: rel="next" leads to the next page; absent on the last.', schema: text },
  'idempotency-replayed': {
    description: 'Present and true when the key was known: nothing more was made.',
    schema: { type: 'string', const: 'true' },
  },
  location: { description: 'Where it is, if it has an address of its own.', schema: text },
}

const ifNoneMatch = {
  in: 'header',
  name: 'if-none-match',
  description: 'The ETag of the answer that you have: 304 and no body while it is the same.',
  schema: text,
}
