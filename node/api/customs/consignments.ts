import { z } from 'zod'
import { lanes } from '../../consignment.ts'
import type { CustomsDesk, KeptConsignmentView } from '../../desk/customs.ts'
import type { Access } from '../access.ts'
import { callerOf } from '../access.ts'
import type { App } from '../app.ts'
import { apiLimits } from '../limits.ts'
import { linkNext } from '../paging.ts'
import { isoOf } from '../times.ts'
import { idOf, limit } from '../validate.ts'
import { keptConsignment, laneRule, readConsignmentAnswer } from './screening-responses.ts'

const access: Access = ['customs']

const params = idOf('consignment')
const query = z.strictObject({
  lane: z.enum(lanes).exactOptional().meta({ description: 'Only those of this lane.' }),
  cursor: z.string().max(64).exactOptional().meta({ description: 'A cursor as given by the page before.' }),
  limit,
})

export function consignmentRoutes(app: App, { consignments }: Pick<CustomsDesk, 'consignments'>): void {
  app.get(
    '/v1/consignments',
    {
      config: { access },
      schema: {
        operationId: 'listConsignments',
        summary: 'The consignments that you keep, newest first.',
        querystring: query,
        response: { 200: z.array(keptConsignment) },
      },
    },
    async (request, reply) => {
      const { cursor, limit = apiLimits.pageDefault, ...filter } = request.query
      const asked = { ...filter, ...(cursor !== undefined && { before: cursor }), limit: limit + 1 }
      const found = await consignments.list(callerOf(request).person, asked)
      const page = found.slice(0, limit)
      const last = page.at(-1)
      if (found.length > limit && last) linkNext(request, reply, { name: 'cursor', cursor: last.id })
      return page.map(keptView)
    },
  )

  app.get(
    '/v1/consignments/:id',
    {
      config: { access, problems: ['node-not-ready'] },
      schema: {
        operationId: 'getConsignment',
        summary: 'A consignment that you keep, screened anew: with the reasons for each match.',
        description: laneRule,
        params,
        response: { 200: readConsignmentAnswer },
      },
    },
    async request => {
      const { matches, ...kept } = await consignments.get(request.params.id, callerOf(request).person)
      return { ...keptView({ ...kept, matches: [] }), matches }
    },
  )

  app.delete(
    '/v1/consignments/:id',
    {
      config: { access },
      schema: {
        operationId: 'deleteConsignment',
        summary: 'Keeps a consignment no longer.',
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await consignments.remove(request.params.id, callerOf(request).person)
      return reply.code(204).send(null)
    },
  )
}

/** As the API shows it: times in ISO 8601. */
export function keptView(kept: KeptConsignmentView): z.infer<typeof keptConsignment> {
  const { consignment, keptAt, screenedAt, ...rest } = kept
  return { ...rest, consignment: { ...consignment }, keptAt: isoOf(keptAt), screenedAt: isoOf(screenedAt) }
}
