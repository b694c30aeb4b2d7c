import { Readable } from 'node:stream'
import { z } from 'zod'
import type { App } from './app.ts'
import type { Desk } from './desk.ts'
import { apiLimits } from './limits.ts'

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
    async (_request, reply) => reply.type(rowsMediaType).send(unlessStalled(desk.backup())),
  )
}

/** Ends when nobody has taken anything for a while: a moment that is kept for nobody would hold up erasing. */
function unlessStalled(texts: AsyncIterable<string>): Readable {
  const stream = Readable.from(
    watched(texts, () => stream.destroy()),
    { objectMode: false },
  )
  return stream
}

async function* watched(texts: AsyncIterable<string>, onStalled: () => void): AsyncGenerator<string> {
  for await (const text of texts) {
    const stalled = setTimeout(onStalled, apiLimits.stalledFollowerMs)
    try {
      yield text
    } finally {
      clearTimeout(stalled)
    }
  }
}
