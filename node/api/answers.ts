import { z } from 'zod'
import { callerOf } from './access.ts'
import type { App } from './app.ts'
import type { Desk } from './desk.ts'
import { answerReference } from './draft-components.ts'
import { draftView, storedDraft } from './responses.ts'
import { etagOf } from './versions.ts'

/** One route for each type that answers another notice. */
export function answerRoutes(app: App, desk: Pick<Desk, 'types' | 'answer'>): void {
  for (const type of desk.types.filter(each => each.answers)) {
    app.post(
      `/v1/notices/:id/${type.name}`,
      {
        config: { access: ['officer', 'customs'] },
        schema: {
          summary: `Writes a draft that answers this notice: ${type.label}.`,
          params: z.strictObject({ id: z.string() }),
          body: answerReference(type),
          response: { 201: storedDraft },
        },
      },
      async (request, reply) => {
        const { person } = callerOf(request)
        const stored = await desk.answer(request.params.id, type.name, request.body, person)
        return reply
          .code(201)
          .header('location', `/v1/drafts/${stored.id}`)
          .header('etag', etagOf(stored))
          .send(draftView(stored))
      },
    )
  }
}
