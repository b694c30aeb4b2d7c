import { type FrameOf, frameBytes, limits } from '#protocol'
import type { RegistryDocument } from './options.ts'

/** A first guess at the characters of a piece; quotes and letters beyond ASCII take more bytes in the frame. */
const pieceCharacters = 180 * 1024

/** A registry document in as many frames as it needs. */
export function documentFrames({ kind, version, text }: RegistryDocument): FrameOf<'document'>[] {
  const texts = piecesOf(text)
  return texts.map((piece, index) => ({
    frame: 'document',
    kind,
    version,
    piece: index,
    pieces: texts.length,
    text: piece,
  }))
}

/** Puts the pieces of documents together as they come; a run of pieces that is cut or mixed is dropped. */
export class DocumentReader {
  readonly #documents: RegistryDocument[] = []
  #pieces: FrameOf<'document'>[] = []

  read(frame: FrameOf<'document'>): void {
    if (frame.piece === 0) this.#pieces = []
    if (frame.piece !== this.#pieces.length || !this.#continues(frame)) return
    this.#pieces.push(frame)
    if (this.#pieces.length < frame.pieces) return
    const text = this.#pieces.map(piece => piece.text).join('')
    this.#pieces = []
    this.#documents.push({ kind: frame.kind, version: frame.version, text })
  }

  /** The whole documents read so far, each once. */
  takeAll(): RegistryDocument[] {
    return this.#documents.splice(0)
  }

  #continues({ kind, version, pieces }: FrameOf<'document'>): boolean {
    const first = this.#pieces[0]
    return !first || (first.kind === kind && first.version === version && first.pieces === pieces)
  }
}

function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length || pieces.length === 0; ) {
    let length = pieceCharacters
    while (!fits(text.slice(at, at + length))) length = Math.floor(length * 0.8)
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}

function fits(text: string): boolean {
  const widest = { version: Number.MAX_SAFE_INTEGER, piece: 99, pieces: 99 }
  return frameBytes({ frame: 'document', kind: 'members', ...widest, text }).byteLength <= limits.frameBytes
}
