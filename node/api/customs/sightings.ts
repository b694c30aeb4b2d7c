import { z } from 'zod'
import { callerOf } from '../access.ts'
import type { App } from '../app.ts'
import { etagOf } from '../etag.ts'
import { draftView, storedDraft } from '../responses.ts'
import type { CustomsDesk } from '../screening-desk.ts'
import { readReport } from './sighting-form.ts'

export function sightingRoutes(app: App, { sightings }: Pick<CustomsDesk, 'sightings'>): void {
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
      const { report, errors } = readReport(request.body)
      const stored = await sightings.draft(report, errors, callerOf(request).person)
      return reply
        .code(201)
        .header('location', `/v1/drafts/${stored.id}`)
        .header('etag', etagOf(stored))
        .send(draftView(stored))
    },
  )
}
