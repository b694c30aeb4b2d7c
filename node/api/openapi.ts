import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { NoticeType } from '#protocol'
import type { Access } from './access.ts'
import type { App } from './app.ts'
import { component, draftComponents } from './draft-components.ts'
import { problemMediaType } from './problem.ts'
import { problemForm } from './responses.ts'
import { webhooksOf } from './webhooks.ts'

const problemResponse = {
  description: 'What was wrong, as RFC 9457.',
  content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/problem' } } },
}

/** Must come before the routes, for it listens to them being declared. */
export async function describeRoutes(app: App, types: readonly NoticeType[]): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'focalpoint',
        description: 'The node of one participant: draft, release, read and follow notices.',
        version: '1',
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A token: fp_…' } },
      },
    },
    transform: describe,
    transformObject: document => withComponents(document, types),
  })
}

export function openApiRoute(app: App): void {
  app.get(
    '/v1/openapi.json',
    {
      config: { access: 'anyone' },
      schema: {
        summary: 'This description.',
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async () => ({ ...app.swagger() }),
  )
}

const describe: SwaggerTransform = document => {
  const { schema, url } = jsonSchemaTransform(document as Parameters<typeof jsonSchemaTransform>[0])
  const access: Access = document.route.config?.access ?? []
  const described = {
    ...(schema as object),
    response: { ...(schema as { response?: object }).response, default: problemResponse },
    security: access === 'anyone' ? [] : [{ bearer: [] }],
    description: `For ${access === 'anyone' ? 'anyone' : access.join(', ')}.`,
  }
  return { url, schema: described }
}

/** Added to the finished document, for the library would rewrite keywords of JSON Schema 2020-12 in them. */
function withComponents(
  document: Parameters<SwaggerTransformObject>[0],
  types: readonly NoticeType[],
): ReturnType<SwaggerTransformObject> {
  if (!('openapiObject' in document)) return document.swaggerObject
  const { openapiObject } = document
  const problem = component(z.toJSONSchema(problemForm))
  const { webhooks, schemas: ofWebhooks } = webhooksOf(types)
  const schemas = { ...draftComponents(types), ...ofWebhooks, problem }
  const components = { ...openapiObject.components, schemas }
  return { ...openapiObject, components, webhooks } as ReturnType<SwaggerTransformObject>
}
