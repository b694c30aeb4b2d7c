import { Readable } from 'node:stream'
import { apiLimits } from './limits.ts'

/** Small texts are sent together. */
const pieceCharacters = 32 * 1024

/**
 * Sends texts as fast as they are taken. Ends when nobody has taken anything for a while: what is kept ready for nobody
 * would hold up erasing.
 */
export function textStream(texts: AsyncIterable<string>): Readable {
  const stream = Readable.from(
    watched(inPieces(texts), () => stream.destroy()),
    { objectMode: false },
  )
  return stream
}

async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ''
  for await (const text of texts) {
    piece += text
    if (piece.length < pieceCharacters) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
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
