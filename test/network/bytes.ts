import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Envelope, isObject, type Json, type Part } from '#protocol'

/** Short enough that a record border of LevelDB (every 32 KiB) cannot cut all pieces of a text, long enough to be unique. */
const pieceLength = 24

/** What of a notice must not be found: its place in `_sd`, its signature, its parts encoded, and every text in them. */
export function bytesOf({ envelope, parts }: { envelope: Envelope; parts: readonly Part[] }): string[] {
  const [, payload = '', signature = ''] = envelope.jws.split('.')
  return [
    ...piecesOf(signature),
    // The payload begins with its digests, which no other notice shares.
    ...piecesOf(payload.slice(16, 64)),
    ...parts.flatMap(partBytes),
  ]
}

/** A part as it travels, and every text of its value as people would write it. */
export function partBytes({ text, value }: Part): string[] {
  return [...piecesOf(text), ...textsOf(value)]
}

/** Which of these texts stand in any file of a folder, byte by byte. */
export async function foundIn(folder: string, texts: readonly string[]): Promise<string[]> {
  const files = await filesOf(folder)
  return [...new Set(texts)].filter(text => files.some(bytes => holds(bytes, text)))
}

/** In UTF-8, in UTF-16, or inside something in base64url, wherever in its groups of three bytes it begins. */
export function holds(bytes: Buffer, text: string): boolean {
  return (
    bytes.includes(text) ||
    bytes.includes(text, 0, 'utf16le') ||
    [0, 1, 2].some(before => bytes.includes(encodedAfter(before, text)))
  )
}

/** The characters of base64url that this text alone decides when so many bytes stand before it. */
function encodedAfter(before: number, text: string): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
  const encoded = bytes.toString('base64url')
  return encoded.slice(Math.ceil((before * 8) / 6), bytes.length % 3 === 0 ? undefined : -1)
}

/** A running node gives files other names meanwhile: then the folder is read again. */
async function filesOf(folder: string): Promise<Buffer[]> {
  for (;;) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter(entry => entry.isFile())
    try {
      return await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
}

function piecesOf(text: string): string[] {
  const count = Math.floor(text.length / pieceLength)
  return Array.from({ length: count }, (_, at) => text.slice(at * pieceLength, (at + 1) * pieceLength))
}

/** Sentences and names; words that any notice may hold are left out. */
function textsOf(value: Json): string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : []
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isObject(value) ? Object.values(value).flatMap(textsOf) : []
}
