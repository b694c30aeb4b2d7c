import { FocalpointError } from '#protocol'
import { customsLimits } from './limits.ts'

/** A line of a file as its bytes stand there, without its end; no bytes where it is too long to be one. */
export interface FileLine {
  line: number
  bytes: Buffer | undefined
}

const lineFeed = 10
const carriageReturn = 13

/** Line by line, holding no more than one of them. */
export async function* fileLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let held: Buffer[] = []
  let heldBytes = 0
  let line = 1
  const ended = (): FileLine => {
    const isTooLong = heldBytes > customsLimits.lineBytes
    const bytes = isTooLong ? undefined : Buffer.concat(held)
    held = []
    heldBytes = 0
    return { line: line++, bytes: bytes && withoutReturn(bytes) }
  }
  const hold = (piece: Buffer) => {
    heldBytes += piece.length
    if (heldBytes > customsLimits.lineBytes) held = []
    else held.push(piece)
  }
  for await (const chunk of chunks) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = 0
    for (let end = buffer.indexOf(lineFeed); end >= 0; end = buffer.indexOf(lineFeed, start)) {
      hold(buffer.subarray(start, end))
      yield ended()
      start = end + 1
    }
    hold(buffer.subarray(start))
  }
  if (heldBytes > 0) yield ended()
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes
}

const marksOfUtf16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])]

/** UTF-16 has line ends of two bytes and is told by its mark. Throws `body-malformed`. */
export function checkNotUtf16({ bytes }: FileLine): void {
  if (!marksOfUtf16.some(mark => bytes?.subarray(0, 2).equals(mark))) return
  throw new FocalpointError('body-malformed', 'This file is in UTF-16: save it as UTF-8 and send it again.', {
    what: 'UTF-16',
  })
}

/** Gives the text of a line, or undefined where its bytes are not of this encoding; a byte order mark is left out. */
export function decoderOf(charset: string): (bytes: Buffer) => string | undefined {
  const decoder = new TextDecoder(charset, { fatal: true })
  return bytes => {
    try {
      return decoder.decode(bytes)
    } catch {
      return undefined
    }
  }
}

/** Encodings in which a line feed is one byte and nothing else. */
export function isReadableCharset(label: string): boolean {
  try {
    return !new TextDecoder(label).encoding.startsWith('utf-16')
  } catch {
    return false
  }
}
