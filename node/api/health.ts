import { z } from 'zod'
import type { Desk } from '../desk/desk.ts'
import type { App } from './app.ts'
import { health } from './responses.ts'

const config = { access: 'anyone', rateLimit: false } as const

export function healthRoutes(app: App, desk: Pick<Desk, 'health'>): void {
  app.get(
    '/healthz',
    {
      config,
      schema: {
        operationId: 'isAlive',
        summary: 'Whether the node is alive.',
        response: { 200: z.strictObject({ status: z.literal('alive') }) },
      },
    },
    async () => ({ status: 'alive' as const }),
  )
  app.get(
    '/readyz',
    {
      config,
      schema: {
        operationId: 'isReady',
        summary: 'Whether the node is ready: store open, clock sane, peers or grace.',
        response: { 200: health, 503: health },
      },
    },
    async (_request, reply) => {
      const now = desk.health()
      return reply.code(now.ready ? 200 : 503).send(now)
    },
  )
}
