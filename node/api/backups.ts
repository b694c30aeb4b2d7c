import { z } from 'zod'
import type { Desk } from '../desk/desk.ts'
import type { App } from './app.ts'
import { textStream } from './text-stream.ts'

const rowsMediaType = 'application/x-ndjson'
/** Sent in pieces. */
const text: z.ZodType<unknown> = z.string()

export function backupRoutes(app: App, desk: Pick<Desk, 'backup'>): void {
  app.post(
    '/v1/backups',
    {
      config: { access: ['admin'], again: 'harmless', cost: 20 },
      schema: {
        operationId: 'createBackup',
        summary: 'All rows of the store at this moment, for a backup; the last line says how many they were.',
        response: {
          200: {
            description: 'A line of JSON for each row; secrets of tokens are not among them.',
            content: { [rowsMediaType]: { schema: text } },
          },
        },
      },
    },
    async (_request, reply) => reply.type(rowsMediaType).send(textStream(desk.backup())),
  )
}
