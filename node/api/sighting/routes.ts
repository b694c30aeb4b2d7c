import { z } from 'zod'
import { dayOf } from '#protocol'
import { callerOf } from '../access.ts'
import type { App } from '../app.ts'
import { etagOf } from '../etag.ts'
import { draftView, storedDraft } from '../responses.ts'
import { draftSighting, type Reporting } from './report.ts'

export function sightingRoutes(app: App, { desk, now }: { desk: Reporting; now: () => number }): void {
  app.post(
    '/v1/sightings',
    {
      config: { access: ['customs'] },
      schema: {
        summary:
          'From a match to the draft of a sighting, complete, in one step; another person releases it.',
        // Read as a whole by the handler, so that what is missing is told beside what is wrong.
        body: z.unknown().meta({ oneOf: [{ $ref: '#/components/schemas/sighting-report' }] }),
        response: { 201: storedDraft },
      },
    },
    async (request, reply) => {
      const { person } = callerOf(request)
      const stored = await draftSighting(request.body, { desk, person, day: dayOf(now()) })
      return reply
        .code(201)
        .header('location', `/v1/drafts/${stored.id}`)
        .header('etag', etagOf(stored))
        .send(draftView(stored))
    },
  )
}
