import { Readable } from 'node:stream'
import { apiLimits } from './limits.ts'

/** An answer in pieces that ends when nobody has taken any of it for a while: who stands still holds up others. */
export function unlessStalled(texts: AsyncIterable<string>): Readable {
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
