import { z } from 'zod'
import { type Access, readers } from './access.ts'
import type { App } from './app.ts'
import { bundleText } from './export/bundle.ts'
import { columnMap, usualColumns } from './export/column-map.ts'
import { csvText } from './export/csv.ts'
import { linesOf, linesPer } from './export/line.ts'
import { ndjsonText } from './export/ndjson.ts'
import { formats, leftOutWhy } from './export/selection.ts'
import { stixText } from './export/stix.ts'
import stixSchema from './export/stix-schema.json' with { type: 'json' }
import { type Asked, type ExportOptions, openExports } from './export-streams.ts'
import { noticeFilters } from './filters.ts'

/** Sent in pieces; as the description of the API shows it. */
function textLike(example: string): z.ZodType<unknown> {
  return z.string().meta({ examples: [example] })
}
/** Those whose machines act on it, and who may read names. */
const operators: Access = ['officer', 'customs']

const yes = z
  .enum(['true', 'false'])
  .transform(word => word === 'true')
  .exactOptional()
const exercises = yes.meta({ description: 'Whether drills are wanted too; they are marked.' })
const all = yes.meta({ description: 'Also what is withdrawn, erased, disputed, not readable, or over.' })
const csvFilters = z.strictObject({ ...noticeFilters, exercises, all })

const csv = {
  description: 'A table (RFC 4180).',
  content: {
    'text/csv': {
      schema: textLike(
        'id,networkRef,type,issuer,…\r\nWFXsJ0P7fN0TQZR3kRrJ2hVtS6o8gZC6bq4vG0m1n2Y,QM-2026-0007,denial,QM,…\r\n',
      ),
    },
  },
}

const tally = z
  .strictObject({
    notices: z.int().meta({ description: 'How many will be exported.' }),
    lines: z.int().meta({ description: 'How many lines they give in CSV.' }),
    leftOut: z
      .record(z.enum(leftOutWhy), z.int())
      .meta({ description: 'How many that meet the filters will not be, and why.' }),
  })
  .meta({
    title: 'What an export will hold',
    examples: [
      {
        notices: 12,
        lines: 31,
        leftOut: { exercises: 25, notInForce: 1, over: 2, unreadable: 0, notForPlatforms: 0 },
      },
    ],
  })

/** All notices that meet the filters, in the forms that other systems take. */
export function exportRoutes(app: App, options: ExportOptions): void {
  const { desk } = options
  const exports = openExports(options)
  const asCsv = (asked: Asked, map = usualColumns) =>
    exports.send(asked, { format: 'csv', ending: 'csv', mediaType: 'text/csv; charset=utf-8' }, views =>
      csvText(views, map),
    )

  app.get(
    '/v1/exports',
    {
      config: { access: readers },
      schema: {
        operationId: 'tallyExport',
        summary: 'How much an export with these filters will hold, and what it leaves out.',
        querystring: z.strictObject({
          ...noticeFilters,
          exercises,
          all,
          format: z.enum(formats).default('csv').meta({ description: 'The form that is asked about.' }),
          per: z
            .enum(linesPer)
            .default('good-and-party')
            .meta({ description: 'What a line of CSV stands for.' }),
        }),
        response: { 200: tally },
      },
    },
    async request => {
      const { format, per, ...query } = request.query
      return exports.tally({ request, query }, format, view => [...linesOf(view, per)].length)
    },
  )

  app.get(
    '/v1/exports/notices.csv',
    {
      config: { access: operators },
      schema: {
        operationId: 'exportCsv',
        summary: 'Notices in force as a table for risk systems, a line for each good and party.',
        querystring: csvFilters,
        response: { 200: csv },
      },
    },
    async (request, reply) => asCsv({ request, reply, query: request.query }),
  )

  app.post(
    '/v1/exports/notices.csv',
    {
      config: { access: operators, again: 'harmless' },
      schema: {
        operationId: 'exportCsvByColumns',
        summary: 'The same with columns of your own.',
        querystring: csvFilters,
        body: columnMap,
        response: { 200: csv },
      },
    },
    async (request, reply) => asCsv({ request, reply, query: request.query }, request.body),
  )

  app.get(
    '/v1/exports/notices.ndjson',
    {
      config: { access: readers },
      schema: {
        operationId: 'exportNdjson',
        summary: 'Notices as the API shows them, one a line, drills and withdrawn ones too.',
        querystring: z.strictObject({
          ...noticeFilters,
          signed: yes.meta({ description: 'Whether each comes with its signed text, as "signed".' }),
        }),
        response: {
          200: {
            description: 'A notice a line.',
            content: {
              'application/x-ndjson': {
                schema: textLike('{"id":"WFXsJ0P7fN0TQZR3kRrJ2hVtS6o8gZC6bq4vG0m1n2Y","issuer":"QM",…}\n'),
              },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { signed, ...query } = request.query
      const asked = { request, reply, query }
      const form = { format: 'ndjson', ending: 'ndjson', mediaType: 'application/x-ndjson' } as const
      return exports.send(asked, form, (views, { nominal }) =>
        ndjsonText(views, signed ? id => desk.notices.text(id, { nominal }) : undefined),
      )
    },
  )

  app.get(
    '/v1/exports/notices.stix.json',
    {
      config: { access: operators },
      schema: {
        operationId: 'exportStix',
        summary: 'Product alerts and sightings for threat platforms (OASIS STIX 2.1), without names.',
        querystring: z.strictObject({ ...noticeFilters, exercises }),
        response: {
          200: {
            description: 'A bundle; its mandatory properties are those of /v1/schemas/stix-bundle.json.',
            content: {
              'application/stix+json;version=2.1': {
                schema: textLike(
                  '{"type":"bundle","objects":[…],"id":"bundle--8bdd6c42-14d3-5fed-bb40-801b08f68e76"}\n',
                ),
              },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const asked = { request, reply, query: request.query }
      const form = {
        format: 'stix',
        ending: 'stix.json',
        mediaType: 'application/stix+json;version=2.1',
      } as const
      const { types, notices } = desk
      return exports.send(asked, form, (views, { isWanted }) =>
        stixText(views, { registry: desk.registry(), types, notices, isWanted }),
      )
    },
  )

  app.get(
    '/v1/exports/bundle.ndjson',
    {
      config: { access: readers },
      schema: {
        operationId: 'exportBundle',
        summary: 'Signed texts, registry and chains in one file that anyone verifies without a node.',
        querystring: z.strictObject(noticeFilters),
        response: {
          200: {
            description: 'Lines for "focalpoint verify"; protocol/README.md tells their form.',
            content: {
              'application/x-ndjson': {
                schema: textLike(
                  '{"by":"QM","format":"focalpoint-bundle/1",…}\n{"notice":"eyJ…"}\n{"end":"…"}\n',
                ),
              },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const asked = { request, reply, query: request.query }
      const form = { format: 'bundle', ending: 'bundle.ndjson', mediaType: 'application/x-ndjson' } as const
      return exports.send(asked, form, (views, plan) => bundleText(views, { desk, ...plan }))
    },
  )

  app.get(
    '/v1/schemas/stix-bundle.json',
    {
      config: { access: 'anyone' },
      schema: {
        operationId: 'getStixSchema',
        summary: 'The mandatory properties of our STIX bundles: our own schema, which cites the standard.',
        response: {
          200: {
            description: 'A JSON Schema, draft 2020-12.',
            content: { 'application/schema+json': { schema: z.record(z.string(), z.unknown()) } },
          },
        },
      },
    },
    async (_request, reply) => reply.type('application/schema+json').send(stixSchema),
  )
}
