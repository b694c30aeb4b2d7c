import type { Desk } from '../desk/desk.ts'
import { callerOf } from './access.ts'
import { onceIn } from './again.ts'
import type { App } from './app.ts'
import { answerReference } from './draft-components.ts'
import { againDraft, draftProblems, written } from './drafts.ts'
import { storedDraft } from './responses.ts'
import { idOf } from './validate.ts'

/** One route for each type that answers another notice. */
export function answerRoutes(app: App, desk: Pick<Desk, 'types' | 'answer' | 'drafts'>): void {
  for (const type of desk.types.filter(each => each.answers)) {
    app.post(
      `/v1/notices/:id/${type.name}`,
      {
        config: { access: ['officer', 'customs'], again: againDraft(desk), problems: draftProblems },
        schema: {
          operationId: `draft${camel(type.name)}`,
          summary: `Writes a draft that answers this notice: ${type.label}.`,
          params: idOf('notice'),
          body: answerReference(type),
          response: { 201: storedDraft },
        },
      },
      async (request, reply) => {
        const { person } = callerOf(request)
        const stored = await desk.answer(request.params.id, type.name, request.body, person, onceIn(request))
        return reply.code(201).send(written(reply, stored))
      },
    )
  }
}

/** `follow-up` as `FollowUp`. */
function camel(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
