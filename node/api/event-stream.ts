import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { FeedEntry } from '../admission.ts'
import type { Desk } from '../desk/desk.ts'
import { apiLimits } from './limits.ts'
import type { ApiLog } from './log.ts'

export const eventStreamMediaType = 'text/event-stream'

export interface Following {
  feed: Desk['feed']
  /** The cursor of the last event that the follower has. */
  after: number
  /** The text of the event's data: one line of JSON. */
  dataOf: (entry: FeedEntry) => Promise<string>
  /** Asked before each page and with each heartbeat: a revoked token ends the stream. */
  isAllowed: () => boolean
  heartbeatMs: number
  log: ApiLog
  /** Aborted when the API closes. */
  closing: AbortSignal
}

/**
 * Server-sent events, in three phases that are one loop, for the follower pulls from the feed with a cursor of its own:
 * backfill – full pages follow each other; cutover – the first empty page; live – it waits until the feed has changed,
 * then reads on. It waits for an entry after its cursor, not for the next one, so none falls between reading and waiting.
 */
export async function streamEvents(reply: FastifyReply, following: Following): Promise<void> {
  const { feed, after, dataOf, isAllowed, heartbeatMs, log, closing } = following
  reply.hijack()
  const { raw } = reply
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, closing])
  raw.on('close', () => gone.abort())
  raw.on('error', () => gone.abort())
  raw.writeHead(200, {
    ...headersOf(reply),
    'content-type': eventStreamMediaType,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.write('retry: 3000\n\n')
  const heartbeat = setInterval(() => {
    if (!isAllowed()) gone.abort()
    else if (!raw.writableNeedDrain && !raw.destroyed) raw.write(': heartbeat\n\n')
  }, heartbeatMs)
  try {
    for await (const page of pagesOf(feed, after, signal)) {
      if (!isAllowed()) break
      const texts = await Promise.all(page.map(async entry => eventText(entry, await dataOf(entry))))
      await write(raw, texts.join(''), signal)
    }
  } catch (error) {
    if (!signal.aborted) log.warn({ error: String(error) }, 'a follower of the events was let go')
  } finally {
    clearInterval(heartbeat)
    raw.end()
  }
}

async function* pagesOf(feed: Desk['feed'], after: number, signal: AbortSignal): AsyncGenerator<FeedEntry[]> {
  let cursor = after
  while (!signal.aborted) {
    const page = feed.after(cursor, apiLimits.pageMost)
    const last = page.at(-1)
    if (last) {
      cursor = last.cursor
      yield page
    } else {
      await feed.changed(cursor, signal)
    }
  }
}

function eventText({ cursor, kind }: FeedEntry, data: string): string {
  return `id: ${cursor}\nevent: ${kind}\ndata: ${data}\n\n`
}

/** Waits until the follower has taken it in; throws when it reads nothing for `stalledFollowerMs`. */
async function write(raw: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (raw.destroyed || raw.write(text)) return
  try {
    await once(raw, 'drain', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(apiLimits.stalledFollowerMs)]),
    })
  } catch (error) {
    raw.destroy()
    throw error
  }
}

function headersOf(reply: FastifyReply): NodeJS.Dict<string | number | string[]> {
  return reply.getHeaders()
}
