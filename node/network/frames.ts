import type { Stream } from '@libp2p/interface'
import { decode, encode } from 'it-length-prefixed'
import { pipe } from 'it-pipe'
import { FocalpointError, type Frame, frameBytes, isError, limits, parseFrame } from '#protocol'
import { readStream, writeStream } from './streams.ts'

/** The frames of a stranger. Throws `frame-malformed`, or what `readStream` throws. */
export async function* readFrames(stream: Stream, { idleMs }: { idleMs: number }): AsyncGenerator<Frame> {
  const framed = pipe(readStream(stream, { idleMs }), source =>
    decode(source, { maxDataLength: limits.frameBytes }),
  )
  try {
    for await (const bytes of framed) yield parseFrame(bytes.subarray())
  } catch (error) {
    throw isTooLong(error) ? tooLong(error) : error
  }
}

/** Sends the frames as fast as they are taken, then closes our half of the stream. */
export async function writeFrames(
  stream: Stream,
  frames: AsyncIterable<Frame> | Iterable<Frame>,
  { idleMs }: { idleMs: number },
): Promise<void> {
  await pipe(bytesOf(frames), source => encode(source), writeStream(stream, { idleMs }))
}

/** What the other side is told when we end early: our own words for what it did, nothing of what failed inside. */
export function errorFrame(error: unknown): Frame {
  return isError(error)
    ? { frame: 'error', code: error.code, detail: error.message.slice(0, 400) }
    : { frame: 'error', code: 'internal', detail: 'Something failed here: ask again later.' }
}

async function* bytesOf(frames: AsyncIterable<Frame> | Iterable<Frame>): AsyncGenerator<Uint8Array> {
  for await (const frame of frames) yield frameBytes(frame)
}

/** it-length-prefixed's own errors for a length over the limit, or one that is no length. */
function isTooLong(error: unknown): error is Error {
  return error instanceof Error && /^InvalidDataLength/.test(error.name)
}

function tooLong(cause: Error): FocalpointError<'frame-malformed'> {
  const what = 'larger than a frame may be'
  return new FocalpointError('frame-malformed', `This frame is ${what}.`, { what }, { cause })
}
