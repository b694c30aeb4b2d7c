import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { FocalpointError, isObject, type JsonObject } from '#protocol'

/** The text of a file, or of stdin for `-`. Throws `file-unreadable`. */
export async function readInput(path: string): Promise<string> {
  if (path === '-') return textOf(process.stdin)
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw unreadableFor(path, cause)
  }
}

/** The bytes of a file, or of stdin for `-`, as they come. Throws `file-unreadable`. */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* path === '-' ? process.stdin : createReadStream(path)
  } catch (cause) {
    throw unreadableFor(path, cause)
  }
}

function unreadableFor(path: string, cause: unknown): FocalpointError<'file-unreadable'> {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
  return unreadable(path, code === 'ENOENT' ? 'there is no such file' : code, cause)
}

export async function readJsonObject(path: string): Promise<JsonObject> {
  const text = await readInput(path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : 'it is not JSON', cause)
  }
  if (!isObject(value)) throw unreadable(path, 'it is no JSON object')
  return value
}

export function unreadable(path: string, what: string, cause?: unknown): FocalpointError<'file-unreadable'> {
  const name = path === '-' ? 'standard input' : path
  return new FocalpointError('file-unreadable', `${name} cannot be used: ${what}.`, { path, what }, { cause })
}
