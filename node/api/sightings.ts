import { z } from 'zod'
import { dayOf } from '#protocol'
import { draftSighting, type Reporting } from '../desk/sighting/report.ts'
import { callerOf } from './access.ts'
import { onceIn } from './again.ts'
import type { App } from './app.ts'
import { againDraft, written } from './drafts.ts'
import { storedDraft } from './responses.ts'

export function sightingRoutes(app: App, { desk, now }: { desk: Reporting; now: () => number }): void {
  app.post(
    '/v1/sightings',
    {
      config: {
        access: ['customs'],
        again: againDraft(desk),
        problems: ['channel-not-joined', 'channel-mixed', 'ref-elsewhere'],
      },
      schema: {
        operationId: 'reportSighting',
        summary:
          'From a match to the draft of a sighting, complete, in one step; another person releases it.',
        // Read as a whole by the handler, so that what is missing is told beside what is wrong.
        body: z.unknown().meta({ oneOf: [{ $ref: '#/components/schemas/sighting-report' }] }),
        response: { 201: storedDraft },
      },
    },
    async (request, reply) => {
      const by = { person: callerOf(request).person, ...onceIn(request) }
      const stored = await draftSighting(request.body, { desk, ...by, day: dayOf(now()) })
      return reply.code(201).send(written(reply, stored))
    },
  )
}
