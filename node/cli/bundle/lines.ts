import { bundleInvalid } from '#protocol'

export interface Line {
  /** From 1. */
  number: number
  /** Without its line feed. */
  text: string
}

/** A members document of 2 MiB with its quotes escaped, and as much again. */
const longestLine = 8 * 1024 * 1024

/**
 * The lines of a bundle, byte by byte as they are: nothing is passed over or put right, for then a changed byte would
 * not be seen. Throws `bundle-invalid`.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let number = 1
  let rest = ''
  for await (const piece of pieces) {
    const texts = `${rest}${decoded(decoder, piece, number)}`.split('\n')
    rest = texts.pop() ?? ''
    for (const text of texts) yield { number: number++, text }
    if (rest.length > longestLine) throw bundleInvalid(`line ${number} is too long`)
  }
  if (`${rest}${decoded(decoder, undefined, number)}` !== '')
    throw bundleInvalid(`line ${number} is cut short`)
}

function decoded(decoder: TextDecoder, piece: Uint8Array | undefined, number: number): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
  } catch (cause) {
    throw bundleInvalid(`line ${number} or one after it is not UTF-8`, cause)
  }
}
