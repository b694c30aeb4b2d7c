import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { Seats } from '../desk/seats.ts'
import { webLimits } from './limits.ts'
import type { Office } from './office.ts'
import { visitorOf } from './session.ts'

/** Tells open pages that something arrived, and nothing of what it is: they ask for it themselves, as they are allowed. */
export function liveRoute(app: FastifyInstance, office: Office): void {
  const closing = new AbortController()
  const seats = new Seats({
    most: webLimits.followersMost,
    mostPerPerson: webLimits.followersMostPerPerson,
    says: { all: 'Too many pages are open.', own: 'You have too many pages open: close some.' },
    retryAfterSeconds: 60,
  })
  app.addHook('preClose', async () => closing.abort())

  app.get<{ Querystring: { after?: string } }>('/live', async (request, reply) => {
    const visitor = visitorOf(request, office, { isActivity: false })
    if (visitor === undefined) return reply.code(401).send()
    using _seat = { [Symbol.dispose]: seats.take(visitor.person.id) }
    const gone = new AbortController()
    const signal = AbortSignal.any([closing.signal, gone.signal])
    request.raw.once('close', () => gone.abort())
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    try {
      let cursor = startOf(request.query.after, office)
      while (!signal.aborted) {
        raw.write(`id: ${cursor}\ndata: ${cursor}\n\n`)
        await changedOrHeartbeat(office, cursor, signal)
        // A session that has ended is told nothing more.
        if (visitorOf(request, office, { isActivity: false }) === undefined) break
        cursor = office.desk.feed.last()
      }
    } finally {
      raw.end()
    }
  })
}

function startOf(after: string | undefined, { desk }: Office): number {
  const cursor = Number(after)
  return Number.isSafeInteger(cursor) && cursor >= 0 ? Math.max(cursor, desk.feed.last()) : desk.feed.last()
}

/** Settles, whatever comes first. */
async function changedOrHeartbeat({ desk }: Office, cursor: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  const either = AbortSignal.any([signal, done.signal])
  await Promise.race([
    desk.feed.changed(cursor, either),
    setTimeout(webLimits.heartbeatMs, undefined, { signal: either }),
  ]).catch(() => {})
  done.abort()
}
