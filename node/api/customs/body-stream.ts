import { PassThrough, type Readable } from 'node:stream'
import { FocalpointError } from '#protocol'
import { customsLimits } from './limits.ts'

/**
 * The body as it comes in. Who sends all before reading an answer, as many programs do, would wait for us while we wait
 * for them: so up to `backlogBytes` are taken in beyond what is answered, and who sends more must read meanwhile. A
 * sender, or a reader, that has stood still for `stalledMs` is let go.
 */
export function bodyStream(payload: Readable, { stalledMs }: { stalledMs: number }): Readable {
  const backlog = new PassThrough({ highWaterMark: customsLimits.backlogBytes })
  const stalled = setTimeout(() => backlog.destroy(standsStill(stalledMs)), stalledMs)
  payload.on('data', () => stalled.refresh())
  payload.on('end', () => clearTimeout(stalled))
  payload.on('error', error => backlog.destroy(error))
  payload.on('close', () => {
    clearTimeout(stalled)
    if (!payload.readableEnded) backlog.destroy(cutOff())
  })
  backlog.on('close', () => clearTimeout(stalled))
  return payload.pipe(backlog)
}

function standsStill(ms: number): FocalpointError<'body-malformed'> {
  const what = `nothing of it came or could be answered for ${ms / 1000} s`
  return new FocalpointError(
    'body-malformed',
    `The file stood still: ${what}. Read the answers while sending, or send it in several files.`,
    { what },
  )
}

function cutOff(): FocalpointError<'body-malformed'> {
  const what = 'it was cut off'
  return new FocalpointError('body-malformed', 'The file was cut off before its end: send it again.', {
    what,
  })
}
