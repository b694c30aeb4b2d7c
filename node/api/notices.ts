import { z } from 'zod'
import { FocalpointError } from '#protocol'
import { type Desk, type NoticeQuery, standings } from '../desk/desk.ts'
import { readsNominal } from '../people.ts'
import { callerOf, readers } from './access.ts'
import type { App } from './app.ts'
import { noticeFilters } from './filters.ts'
import { apiLimits } from './limits.ts'
import { negotiate } from './negotiate.ts'
import { linkNext } from './paging.ts'
import { notice } from './responses.ts'
import { cursor, idOf, limit, parseCursor } from './validate.ts'

const noticeMediaType = 'application/sd-jwt'

const standing = z.enum(standings).exactOptional().meta({
  description:
    'What may rest on it. Void notices count for nothing, and are listed only when they are asked for.',
})

const filters = z.strictObject({ ...noticeFilters, standing, cursor, limit })

export function noticeRoutes(app: App, desk: Pick<Desk, 'notices'>): void {
  app.get(
    '/v1/notices',
    {
      config: { access: readers, problems: ['cursor-malformed'] },
      schema: {
        operationId: 'listNotices',
        summary: 'Notices, newest first.',
        querystring: filters,
        response: { 200: z.array(notice) },
      },
    },
    async (request, reply) => {
      const { cursor, limit = apiLimits.pageDefault, ...filter } = request.query
      const query: NoticeQuery = { ...filter, limit: limit + 1 }
      if (cursor !== undefined) query.before = parseCursor(cursor)
      const found = await desk.notices.list(query, { nominal: readsNominal(callerOf(request).roles) })
      const page = found.slice(0, limit)
      const last = page.at(-1)
      if (found.length > limit && last) linkNext(request, reply, { name: 'cursor', cursor: last.cursor })
      return page
    },
  )

  app.get(
    '/v1/notices/:id',
    {
      config: { access: readers, problems: ['not-acceptable'] },
      schema: {
        operationId: 'getNotice',
        summary: 'One notice; as application/sd-jwt the exact signed text.',
        params: idOf('notice'),
        response: {
          200: {
            description: 'The notice.',
            content: {
              'application/json': { schema: notice },
              [noticeMediaType]: { schema: z.string() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const reader = { nominal: readsNominal(callerOf(request).roles) }
      reply.header('vary', 'accept')
      if (negotiate(request, ['application/json', noticeMediaType]) === noticeMediaType) {
        return reply.type(noticeMediaType).send(desk.notices.text(id, reader) ?? missing(id))
      }
      return reply.send((await desk.notices.find(id, reader)) ?? missing(id))
    },
  )
}

function missing(id: string): never {
  throw new FocalpointError('not-found', 'This node holds no such notice.', { what: 'notice', id })
}
