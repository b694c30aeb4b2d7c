import type { SignIn } from '../sign-in/sign-in.ts'
import type { App } from './app.ts'
import { signInLink } from './responses.ts'
import { isoOf } from './times.ts'
import { idOf } from './validate.ts'

/** A colleague opens it when they come to their desk. */
const minutes = 24 * 60

export function signInLinkRoutes(
  app: App,
  { signIn }: { signIn: Pick<SignIn, 'createLink' | 'rules'> },
): void {
  app.post(
    '/v1/people/:id/sign-in-links',
    {
      config: { access: ['admin'], again: 'refused', problems: ['not-found', 'conflict'] },
      schema: {
        operationId: 'createSignInLink',
        summary:
          'Makes a link by which a person signs in to the pages, once and within a day: for who has no password yet, forgot it, or is locked out.',
        params: idOf('person'),
        response: { 201: signInLink },
      },
    },
    async (request, reply) => {
      const { secret, expiresAt } = await signIn.createLink(request.params.id, { minutes })
      const url = `${signIn.rules.origin ?? app.listeningOrigin}/sign-in/${secret}`
      return reply.code(201).send({ url, expiresAt: isoOf(expiresAt) })
    },
  )
}
