import type { Stream, StreamCloseEvent, StreamMessageEvent } from '@libp2p/interface'
import { limits } from '#protocol'

/** What is read ahead of the reader: above the one we pause the stream, below the other it goes on. */
const pauseAboveBytes = limits.syncInFlightBytes / 8
const resumeBelowBytes = pauseAboveBytes / 4

interface Idle {
  /** A stream on which nothing moves for so long is aborted, and frees its place. */
  idleMs: number
}

/**
 * The bytes of a stream, read only as fast as they are taken: a stock libp2p reader buffers without bound for a slow one.
 * Ends when the other side has closed, throws when the stream was reset or stayed idle.
 */
export async function* readStream(stream: Stream, { idleMs }: Idle): AsyncGenerator<Uint8Array> {
  using inbox = new Inbox(stream)
  while (true) {
    const chunk = inbox.take()
    if (chunk) yield chunk
    else if (inbox.isOver()) return
    else await inbox.arrival(idleMs)
  }
}

/** A sink for `it-pipe`: writes as fast as the other side reads, then closes our half. */
export function writeStream(
  stream: Stream,
  idle: Idle,
): (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => Promise<void> {
  return async source => {
    try {
      for await (const bytes of source) {
        stream.send(bytes)
        await drained(stream, idle)
      }
      await stream.close({ signal: AbortSignal.timeout(idle.idleMs) })
    } catch (error) {
      stream.abort(asError(error))
      throw error
    }
  }
}

/** Resolves when more may be sent. libp2p's own `onDrain()` waits the first time only. */
export async function drained(stream: Stream, { idleMs }: Idle): Promise<void> {
  while (stream.writableNeedsDrain) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onDrain = () => resolve()
    const onClose = (event: StreamCloseEvent) => reject(event.error ?? new Error('The stream was closed.'))
    const timer = setTimeout(() => stream.abort(idleError(idleMs)), idleMs)
    stream.addEventListener('drain', onDrain)
    stream.addEventListener('close', onClose)
    try {
      await promise
    } finally {
      clearTimeout(timer)
      stream.removeEventListener('drain', onDrain)
      stream.removeEventListener('close', onClose)
    }
  }
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

class Inbox implements Disposable {
  readonly #stream: Stream
  readonly #chunks: Uint8Array[] = []
  #bytes = 0
  #closed: boolean
  #failure: Error | undefined
  #wake: (() => void) | undefined

  constructor(stream: Stream) {
    this.#stream = stream
    this.#closed = stream.status === 'closed'
    if (stream.status === 'aborted' || stream.status === 'reset') {
      this.#failure = new Error('The stream was reset.')
    }
    stream.addEventListener('message', this.#onMessage)
    stream.addEventListener('end', this.#onEnd)
    stream.addEventListener('close', this.#onClose)
  }

  take(): Uint8Array | undefined {
    const chunk = this.#chunks.shift()
    // What has arrived before a cut is as good as any.
    if (chunk === undefined && this.#failure) throw this.#failure
    if (chunk) this.#bytes -= chunk.byteLength
    if (this.#bytes <= resumeBelowBytes && this.#stream.readStatus === 'paused') this.#stream.resume()
    return chunk
  }

  /** A closed stream may still hold bytes that came while it was paused. */
  isOver(): boolean {
    if (this.#chunks.length > 0) return false
    return (this.#stream.readableEnded || this.#closed) && this.#stream.readBufferLength === 0
  }

  async arrival(idleMs: number): Promise<void> {
    if (this.#chunks.length > 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    const timer = setTimeout(() => this.#stream.abort(idleError(idleMs)), idleMs)
    try {
      await promise
    } finally {
      clearTimeout(timer)
    }
  }

  [Symbol.dispose](): void {
    this.#stream.removeEventListener('message', this.#onMessage)
    this.#stream.removeEventListener('end', this.#onEnd)
    this.#stream.removeEventListener('close', this.#onClose)
  }

  readonly #onMessage = (event: StreamMessageEvent) => {
    this.#chunks.push(event.data.subarray())
    this.#bytes += event.data.byteLength
    // A pause inside the handler would be undone by the resume() that may be dispatching this very event.
    if (this.#bytes >= pauseAboveBytes) queueMicrotask(this.#pause)
    this.#wake?.()
  }

  readonly #pause = () => {
    if (this.#bytes >= pauseAboveBytes && this.#stream.readStatus === 'readable') this.#stream.pause()
  }

  readonly #onEnd = () => this.#wake?.()

  readonly #onClose = (event: StreamCloseEvent) => {
    this.#closed = true
    this.#failure = event.error
    this.#wake?.()
  }
}

function idleError(idleMs: number): Error {
  return new Error(`Nothing moved on this stream for ${idleMs} ms.`)
}
