import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** Where one connection is to be cut, and how it reads until then. */
export interface Cut {
  /** Bytes after which the client goes away: mostly in the middle of an event. */
  afterBytes: number
  /** How long it reads nothing in between. */
  pauseMs: number
}

/** What one connection brought. */
export interface Heard {
  /** Cursors of whole events, as they came. */
  cursors: number[]
  /** From asking until the first byte of an answer; undefined when there was none. */
  answeredMs: number | undefined
  /** Whether half an event was on the way when it ended. */
  isCutWithin: boolean
}

/** A client that has heard something goes away when nothing more comes, between two events then. */
const silenceMs = 50
const answerMs = 5000

/** Follows the stream after this cursor until the cut, as a client that counts only events that are whole. */
export async function followUntil(
  { url, token, after }: { url: string; token: string; after: number },
  { afterBytes, pauseMs }: Cut,
): Promise<Heard> {
  const started = performance.now()
  const heard: Heard = { cursors: [], answeredMs: undefined, isCutWithin: false }
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const headers = {
    accept: 'text/event-stream',
    authorization: `Bearer ${token}`,
    'last-event-id': String(after),
  }
  const asked = request(new URL('/v1/events', url), { headers, agent: false })
  asked.on('error', () => end())
  asked.on('response', answer => {
    if (answer.statusCode !== 200) throw new Error(`The stream was refused with ${answer.statusCode}.`)
    heard.answeredMs = performance.now() - started
    let bytes = 0
    let rest = ''
    let isPaused = pauseMs === 0
    let silence = setTimeout(() => {}, 0)
    answer.setEncoding('utf8').on('data', async (text: string) => {
      const blocks = `${rest}${text.slice(0, Math.max(0, afterBytes - bytes))}`.split('\n\n')
      bytes += text.length
      rest = blocks.pop() ?? ''
      heard.isCutWithin = rest !== ''
      heard.cursors.push(...blocks.flatMap(cursorOf))
      clearTimeout(silence)
      silence = setTimeout(end, silenceMs + pauseMs)
      if (bytes >= afterBytes) return end()
      if (isPaused) return
      isPaused = true
      answer.pause()
      await wait(pauseMs)
      answer.resume()
    })
    answer.on('error', () => end()).on('close', () => end())
  })
  asked.end()
  const limit = setTimeout(end, answerMs)
  await over
  clearTimeout(limit)
  asked.destroy()
  return heard
}

/** One page after this cursor. */
export async function readPage({
  url,
  token,
  after,
  limit,
}: {
  url: string
  token: string
  after: number
  limit: number
}): Promise<Heard> {
  const started = performance.now()
  const address = new URL(`/v1/events?after=${after}&limit=${limit}`, url)
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`The page was refused with ${answer.status}.`)
  const events = (await answer.json()) as { cursor: number }[]
  const cursors = events.map(({ cursor }) => cursor)
  return { cursors, answeredMs: performance.now() - started, isCutWithin: false }
}

function cursorOf(block: string): number[] {
  const id = /^id: (\d+)$/m.exec(block)?.[1]
  return id === undefined ? [] : [Number(id)]
}
