import { z } from 'zod'
import { FocalpointError, formErrors } from '#protocol'
import { type ColumnMap, columnMapForm } from '../../desk/consignments/column-map-form.ts'
import { customsExamples } from '../../desk/consignments/examples.ts'
import type { ColumnMapsDesk, CustomsDesk, StoredColumnMap } from '../../desk/customs.ts'
import type { Access } from '../access.ts'
import { callerOf } from '../access.ts'
import type { App } from '../app.ts'
import { isoOf } from '../times.ts'
import { etagOf, ifMatch, versionAsked } from '../versions.ts'

const access: Access = ['customs']

const params = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'Use letters, digits, "_" and "-".')
    .meta({ description: 'The name of the map.' }),
})
const storedMap = z
  .strictObject({
    name: z.string(),
    map: z.record(z.string(), z.unknown()),
    version: z.int(),
    by: z.string().meta({ description: 'The id of the person who changed it last.' }),
    at: z.string().meta({ format: 'date-time' }),
  })
  .meta({ title: 'Saved column map', examples: [customsExamples.savedMap] })

export function columnMapRoutes(app: App, { columnMaps }: Pick<CustomsDesk, 'columnMaps'>): void {
  app.get(
    '/v1/column-maps',
    {
      config: { access },
      schema: {
        operationId: 'listColumnMaps',
        summary: 'The column maps of the office.',
        response: { 200: z.array(storedMap) },
      },
    },
    async () => columnMaps.list().map(viewOf),
  )

  app.get(
    '/v1/column-maps/:name',
    {
      config: { access },
      schema: {
        operationId: 'getColumnMap',
        summary: 'One column map.',
        params,
        response: { 200: storedMap },
      },
    },
    async (request, reply) => {
      const stored = getColumnMap(columnMaps, request.params.name)
      return reply.header('etag', etagOf(stored)).send(viewOf(stored))
    },
  )

  app.put(
    '/v1/column-maps/:name',
    {
      config: { access, problems: ['map-changed', 'quota-reached'] },
      schema: {
        operationId: 'putColumnMap',
        summary:
          'Saves a column map, for the whole office; with If-Match only over the version that was read.',
        params,
        headers: ifMatch,
        body: columnMapForm,
        response: { 200: storedMap },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const asked = versionAsked(request.headers['if-match'], () => mapChanged(name))
      const stored = await columnMaps.put(name, request.body, callerOf(request).person, asked)
      return reply.header('etag', etagOf(stored)).send(viewOf(stored))
    },
  )

  app.delete(
    '/v1/column-maps/:name',
    {
      config: { access, problems: ['map-changed'] },
      schema: {
        operationId: 'deleteColumnMap',
        summary: 'Deletes a column map.',
        params,
        headers: ifMatch,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      await columnMaps.remove(
        name,
        versionAsked(request.headers['if-match'], () => mapChanged(name)),
      )
      return reply.code(204).send(null)
    },
  )
}

export function getColumnMap(columnMaps: Pick<ColumnMapsDesk, 'find'>, name: string): StoredColumnMap {
  const stored = columnMaps.find(name)
  if (stored) return stored
  throw new FocalpointError('not-found', `There is no column map "${name}".`, {
    what: 'column map',
    id: name,
  })
}

/** Of a map that came along with a file; `base` names where. */
export function parseColumnMap(value: unknown, base: string): ColumnMap {
  const errors = formErrors(columnMapForm, value, base)
  if (errors.length === 0) return columnMapForm.parse(value)
  throw new FocalpointError('request-malformed', 'The column map does not follow its form.', { errors })
}

function viewOf({ at, map, ...stored }: StoredColumnMap): z.infer<typeof storedMap> {
  return { ...stored, map: { ...map }, at: isoOf(at) }
}

function mapChanged(name: string): FocalpointError<'map-changed'> {
  return new FocalpointError(
    'map-changed',
    'Somebody changed this column map meanwhile: read it again, then make your change.',
    { name },
  )
}
