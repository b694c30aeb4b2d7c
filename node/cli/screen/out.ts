import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import { FocalpointError } from '#protocol'
import { unreadable } from '../input.ts'
import type { Answered } from './answers.ts'

/** A file of answers. */
export interface Out {
  /** With its text as it came. */
  write: (answered: Answered, text: string) => Promise<void>
  end: () => Promise<void>
}

const head = ['line', 'reference', 'lane', 'score', 'drill', 'reasons', 'notices', 'kept', 'errors']

const forms: readonly (readonly [
  ending: RegExp,
  head: string,
  line: (answered: Answered, text: string) => string,
])[] = [
  [/\.csv$/i, csvText(head), answered => csvText(csvCells(answered))],
  [/\.(nd)?jsonl?$/i, '', (_answered, text) => `${text}\n`],
]

/** Throws `usage`, `file-unreadable`. */
export async function openOut(path: string): Promise<Out> {
  const form = forms.find(([ending]) => ending.test(path))
  if (form === undefined) {
    const what = `--out: ${path} must end with .csv or .ndjson.`
    throw new FocalpointError('usage', what, { what })
  }
  const [, begin, lineOf] = form
  const stream = createWriteStream(path, { mode: 0o600 })
  await opened(stream, path)
  stream.write(begin)
  return {
    async write(answered, text) {
      if (!stream.write(lineOf(answered, text))) await once(stream, 'drain')
    },
    async end() {
      stream.end()
      await finished(stream)
    },
  }
}

async function opened(stream: WriteStream, path: string): Promise<void> {
  try {
    await once(stream, 'open')
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/** A text, or ids, which begin with a dash at times and are no formulas. */
type Cell = string | { ids: string }

function csvCells(answered: Answered): Cell[] {
  const { line, reference = '' } = answered
  if ('errors' in answered) {
    const errors = answered.errors.map(({ pointer, detail }) => [pointer, detail].filter(Boolean).join(': '))
    return [String(line), reference, 'not read', '', '', '', '', '', errors.join(' | ')]
  }
  const { lane, exercise, matches, kept } = answered
  const words = matches.flatMap(match =>
    match.reasons.map(reason => (match.exercise && !exercise ? `(drill) ${reason.words}` : reason.words)),
  )
  return [
    String(line),
    reference,
    lane,
    matches[0] === undefined ? '' : String(matches[0].score),
    exercise ? 'drill' : '',
    words.join(' | '),
    { ids: matches.flatMap(({ notice }) => notice ?? []).join(' ') },
    kept?.id ?? '',
    '',
  ]
}

/** No cell is taken for a formula by the spreadsheet that opens it. */
function csvText(cells: Cell[]): string {
  return stringify([cells], {
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { object: ({ ids }) => ({ value: String(ids), escape_formulas: false }) },
  })
}
