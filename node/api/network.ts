import { z } from 'zod'
import { FocalpointError } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import type { Access } from './access.ts'
import type { App } from './app.ts'
import { network, participant } from './responses.ts'

const coordinators: Access = ['coordinator']

export function networkRoutes(app: App, desk: Pick<Desk, 'network'>): void {
  app.get(
    '/v1/network',
    {
      config: { access: coordinators },
      schema: {
        operationId: 'getNetwork',
        summary: 'Every participant as this node sees it.',
        response: { 200: network },
      },
    },
    async () => desk.network(),
  )

  app.get(
    '/v1/network/:member',
    {
      config: { access: coordinators },
      schema: {
        operationId: 'getParticipant',
        summary: 'One participant as this node sees it.',
        params: z.strictObject({ member: z.string().meta({ description: 'The participant.' }) }),
        response: { 200: participant },
      },
    },
    async request => {
      const { member } = request.params
      const found = desk.network().participants.find(each => each.member === member)
      if (found) return found
      throw new FocalpointError('not-found', 'There is no such participant.', {
        what: 'participant',
        id: member,
      })
    },
  )
}
