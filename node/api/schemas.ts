import { z } from 'zod'
import { draftSchema, FocalpointError, type NoticeType, noticeTypes } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import type { App } from './app.ts'

const schemaMediaType = 'application/schema+json'

const typeView = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    purpose: z.string(),
    answers: z
      .strictObject({
        rel: z.string(),
        from: z.enum(['issuer', 'anyone']),
        status: z.string().exactOptional(),
      })
      .exactOptional(),
    schema: z.string(),
  })
  .meta({
    title: 'Notice type',
    examples: noticeTypes.slice(0, 1).map(({ name, label, purpose }) => ({
      name,
      label,
      purpose,
      schema: `/v1/schemas/${name}.json`,
    })),
  })

export function schemaRoutes(app: App, { types }: Pick<Desk, 'types'>): void {
  app.get(
    '/v1/schemas',
    {
      config: { access: 'anyone' },
      schema: {
        operationId: 'listTypes',
        summary: 'The types of notices.',
        response: { 200: z.array(typeView) },
      },
    },
    async () =>
      types.map(({ name, label, purpose, answers }) => ({
        name,
        label,
        purpose,
        ...(answers && { answers: { ...answers } }),
        schema: `/v1/schemas/${name}.json`,
      })),
  )

  app.get(
    '/v1/schemas/:name.json',
    {
      config: { access: 'anyone' },
      schema: {
        operationId: 'getSchema',
        summary: 'The JSON Schema of a draft of this type, with complete drafts as examples.',
        params: z.strictObject({ name: z.string().meta({ description: 'The type.' }) }),
        response: {
          200: {
            description: 'A JSON Schema, draft 2020-12.',
            content: { [schemaMediaType]: { schema: z.record(z.string(), z.unknown()) } },
          },
        },
      },
    },
    async (request, reply) => {
      const type = getType(types, request.params.name)
      return reply.type(schemaMediaType).send(draftSchema(type))
    },
  )
}

function getType(types: readonly NoticeType[], name: string): NoticeType {
  const type = types.find(each => each.name === name)
  if (type) return type
  const known = types.map(each => each.name).join(', ')
  throw new FocalpointError('not-found', `There is no such type of notice; there are ${known}.`, {
    what: 'schema',
    id: name,
  })
}
