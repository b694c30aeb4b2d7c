import { PassThrough, type Readable } from 'node:stream'
import { FocalpointError } from '#protocol'
import { customsLimits } from '../../desk/consignments/limits.ts'

/**
 * The body as it comes in. Who sends all before reading an answer, as many programs do, would wait for us while we wait
 * for them: so up to `backlogBytes` are taken in beyond what is answered, and who sends more must read meanwhile. A
 * sender of whom nothing came for `stalledMs` while we waited for it is let go.
 */
export async function* bodyStream(
  payload: Readable,
  { stalledMs }: { stalledMs: number },
): AsyncGenerator<Buffer> {
  const backlog = new PassThrough({ writableHighWaterMark: customsLimits.backlogBytes })
  payload.on('error', error => backlog.destroy(error))
  payload.on('close', () => {
    if (!payload.readableEnded) backlog.destroy(cutOff())
  })
  payload.pipe(backlog)
  const waitForMore = () => setTimeout(() => backlog.destroy(standsStill(stalledMs)), stalledMs)
  let stalled = waitForMore()
  try {
    for await (const chunk of backlog) {
      clearTimeout(stalled)
      yield chunk
      stalled = waitForMore()
    }
  } finally {
    clearTimeout(stalled)
  }
}

function standsStill(ms: number): FocalpointError<'body-malformed'> {
  const what = `nothing of it came for ${ms / 1000} s`
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
