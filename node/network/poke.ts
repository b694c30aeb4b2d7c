import type { Stream } from '@libp2p/interface'
import { helloFrame } from './answer.ts'
import { send } from './ask.ts'
import { readFrames } from './frames.ts'
import type { Versions } from './options.ts'
import { asError } from './streams.ts'

/** "I have something for you, come and ask": true when the other side has read it and closed in turn. */
export async function poke(
  open: () => Promise<Stream>,
  { channel, idleMs, versions }: { channel: string | undefined; idleMs: number; versions: Versions },
): Promise<boolean> {
  let stream: Stream | undefined
  try {
    stream = await open()
    await send(stream, [helloFrame(versions), { frame: 'poke', ...(channel !== undefined && { channel }) }], {
      idleMs,
    })
    await stream.close({ signal: AbortSignal.timeout(idleMs) })
    for await (const frame of readFrames(stream, { idleMs })) if (frame.frame === 'error') return false
    return true
  } catch (error) {
    stream?.abort(asError(error))
    return false
  }
}
