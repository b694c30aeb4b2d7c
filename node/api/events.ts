import { z } from 'zod'
import { FocalpointError } from '#protocol'
import type { FeedEntry } from '../admission.ts'
import type { Desk } from '../desk/desk.ts'
import { type Caller, type People, readsNominal } from '../people.ts'
import { callerOf, isStillAllowed, readers } from './access.ts'
import type { App } from './app.ts'
import { keptView } from './customs/consignments.ts'
import { eventStreamMediaType, streamEvents } from './event-stream.ts'
import { apiLimits } from './limits.ts'
import type { ApiLog } from './log.ts'
import { negotiate } from './negotiate.ts'
import { linkNext } from './paging.ts'
import { event } from './responses.ts'
import { isoOf } from './times.ts'
import { cursor, limit, parseCursor } from './validate.ts'

export interface EventOptions {
  desk: Pick<Desk, 'feed' | 'notices' | 'consignments'>
  people: Pick<People, 'authenticate'>
  log: ApiLog
  now: () => number
  heartbeatMs: number
  closing: AbortSignal
}

export function eventRoutes(app: App, { desk, people, log, now, heartbeatMs, closing }: EventOptions): void {
  const viewOf = async (entry: FeedEntry, { person, roles }: Caller): Promise<z.infer<typeof event>> => {
    const at = isoOf(entry.at)
    if (entry.kind === 'matched') {
      const kept = roles.includes('customs') ? desk.consignments.find(entry.id, person) : undefined
      return { ...entry, at, ...(kept && { consignment: keptView(kept) }) }
    }
    const notice = await desk.notices.find(entry.id, { nominal: readsNominal(roles) })
    return { ...entry, at, ...(notice && { notice }) }
  }
  /** A cursor ahead of this feed is another node's, or from before a restore: whoever waited for it would hear nothing. */
  const placeOf = (text: string): number => {
    const place = parseCursor(text)
    if (place <= desk.feed.last()) return place
    throw new FocalpointError(
      'cursor-malformed',
      `This node has not given the cursor ${place}: its last event is ${desk.feed.last()}. Begin again after an event that it gave, or after 0.`,
      { cursor: text },
    )
  }
  let followers = 0

  app.get(
    '/v1/events',
    {
      config: { access: readers, problems: ['cursor-malformed', 'not-acceptable'] },
      schema: {
        operationId: 'listEvents',
        summary: 'What arrived here, in order, at least once: a page, or as text/event-stream for ever.',
        description: 'The contract stands in the introduction, under "Events".',
        querystring: z.strictObject({ after: cursor, limit }),
        headers: z.looseObject({
          'last-event-id': z.string().exactOptional().meta({ description: 'The last event that you have.' }),
        }),
        response: {
          200: {
            description: 'Events after the cursor, oldest first.',
            content: {
              'application/json': { schema: z.array(event) },
              [eventStreamMediaType]: { schema: z.string() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { limit = apiLimits.pageDefault, after = '0' } = request.query
      const caller = callerOf(request)
      reply.header('vary', 'accept')
      const wanted = negotiate(request, ['application/json', eventStreamMediaType])
      if (wanted === eventStreamMediaType && request.method === 'GET') {
        const place = placeOf(request.headers['last-event-id'] ?? after)
        if (followers >= apiLimits.followersMost) throw tooManyFollowers()
        followers += 1
        try {
          await streamEvents(reply, {
            feed: desk.feed,
            after: place,
            dataOf: async entry => JSON.stringify(await viewOf(entry, caller)),
            isAllowed: () => isStillAllowed(request, { people, now }),
            heartbeatMs,
            log,
            closing,
          })
        } finally {
          followers -= 1
        }
        return reply
      }
      const page = desk.feed.after(placeOf(after), limit)
      const last = page.at(-1)
      if (page.length === limit && last) linkNext(request, reply, { name: 'after', cursor: last.cursor })
      return reply.send(await Promise.all(page.map(entry => viewOf(entry, caller))))
    },
  )
}

function tooManyFollowers(): FocalpointError<'too-many-requests'> {
  return new FocalpointError(
    'too-many-requests',
    `This node has ${apiLimits.followersMost} followers of its events already: read the pages, or try again later.`,
    { retryAfterSeconds: 60 },
  )
}
