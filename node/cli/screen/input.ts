import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { unreadable } from '../input.ts'

/** What is screened, as it is sent. */
export interface ScreeningInput {
  body: ReadableStream
  mediaType: string
  /** About how many; 0 where it cannot be told before. */
  lines: number
}

const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const json = 'application/json'

const byEnding: readonly (readonly [ending: RegExp, mediaType: string])[] = [
  [/\.json$/i, json],
  [/\.(nd|)jsonl?$/i, ndjson],
]

/** Throws `file-unreadable`. */
export async function openInput(path: string): Promise<ScreeningInput> {
  if (path === '-') return openStdin()
  const mediaType = byEnding.find(([ending]) => ending.test(path))?.[1] ?? csv
  const lines = await countLines(path)
  return {
    mediaType,
    lines: mediaType === json ? 0 : lines - (mediaType === csv ? 1 : 0),
    body: toWeb(createReadStream(path)),
  }
}

/** It has no ending that tells what it is, but it has a beginning. */
async function openStdin(): Promise<ScreeningInput> {
  const chunks = process.stdin[Symbol.asyncIterator]()
  const first = await chunks.next()
  const begin: Buffer = first.value ?? Buffer.alloc(0)
  const rest = { [Symbol.asyncIterator]: () => chunks }
  return { mediaType: typeOf(begin.toString()), lines: 0, body: toWeb(Readable.from(andThen(begin, rest))) }
}

function typeOf(begin: string): string {
  const text = begin.trimStart()
  if (text.startsWith('[')) return json
  if (!text.startsWith('{')) return csv
  const [line = ''] = text.split('\n')
  try {
    JSON.parse(line)
    return ndjson
  } catch {
    return json
  }
}

async function* andThen(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

async function countLines(path: string): Promise<number> {
  let lines = 0
  let last = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
      last = chunk.at(-1) ?? last
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw unreadable(path, code === 'ENOENT' ? 'there is no such file' : code, cause)
  }
  return last === 10 || last === 0 ? lines : lines + 1
}

function toWeb(stream: Readable): ReadableStream {
  return Readable.toWeb(stream) as ReadableStream
}
