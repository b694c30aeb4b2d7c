import { PassThrough, type Readable } from 'node:stream'
import { FocalpointError } from '#protocol'
import { customsLimits } from '../../desk/consignments/limits.ts'

interface Pace {
  stalledMs: number
  /** The lowest. */
  bytesPerSecond: number
}

/**
 * The body as it comes in. Who sends all before reading an answer, as many programs do, would wait for us while we wait
 * for them: so up to `backlogBytes` are taken in beyond what is answered, and who sends more must read meanwhile. A
 * sender for whom we waited `stalledMs` longer than its bytes need at the lowest pace is let go; what came fast before
 * buys no time.
 */
export async function* bodyStream(
  payload: Readable,
  { stalledMs, bytesPerSecond }: Pace,
): AsyncGenerator<Buffer> {
  const backlog = new PassThrough({ writableHighWaterMark: customsLimits.backlogBytes })
  payload.on('error', error => backlog.destroy(error))
  payload.on('close', () => {
    if (!payload.readableEnded) backlog.destroy(cutOff())
  })
  payload.pipe(backlog)
  let leftMs = stalledMs
  let waitsSince = performance.now()
  const waitForMore = () => {
    waitsSince = performance.now()
    return setTimeout(() => backlog.destroy(tooSlow({ stalledMs, bytesPerSecond })), leftMs)
  }
  let late = waitForMore()
  try {
    for await (const chunk of backlog) {
      clearTimeout(late)
      const stillLeftMs = Math.max(0, leftMs - (performance.now() - waitsSince))
      leftMs = Math.min(stalledMs, stillLeftMs + (chunk.length / bytesPerSecond) * 1000)
      yield chunk
      late = waitForMore()
    }
  } finally {
    clearTimeout(late)
    // Who is answered before all was read may still be sending, and would not hear the answer.
    payload.unpipe(backlog)
    payload.resume()
  }
}

function tooSlow({ stalledMs, bytesPerSecond }: Pace): FocalpointError<'body-malformed'> {
  const what = `fewer than ${bytesPerSecond} bytes a second came for ${stalledMs / 1000} s`
  return new FocalpointError(
    'body-malformed',
    `The file came too slowly, or stood still: ${what}. Read the answers while sending, or send it in several files.`,
    { what },
  )
}

function cutOff(): FocalpointError<'body-malformed'> {
  const what = 'it was cut off'
  return new FocalpointError('body-malformed', 'The file was cut off before its end: send it again.', {
    what,
  })
}
