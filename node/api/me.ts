import type { Desk } from '../desk/desk.ts'
import type { People } from '../people.ts'
import { callerOf, readers } from './access.ts'
import type { App } from './app.ts'
import { me } from './responses.ts'
import { isoOf } from './times.ts'

export function meRoutes(
  app: App,
  { desk, people }: { desk: Pick<Desk, 'member'>; people: Pick<People, 'findToken'> },
): void {
  app.get(
    '/v1/me',
    {
      config: { access: readers },
      schema: {
        operationId: 'getMe',
        summary: 'Who asks by this token, what it lets them do at this moment, and how long it holds.',
        response: { 200: me },
      },
    },
    async (request, reply) => {
      const { person, roles, token: hash } = callerOf(request)
      const token = people.findToken(hash)
      if (token === undefined) return reply.callNotFound()
      return {
        member: desk.member,
        id: person.id,
        name: person.name,
        roles,
        token: { id: token.hash, label: token.label, expiresAt: isoOf(token.expiresAt) },
      }
    },
  )
}
