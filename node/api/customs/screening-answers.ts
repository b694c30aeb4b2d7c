import { stringify } from 'csv-stringify/sync'
import type { FieldError } from '#protocol'
import { type Lane, lanes, type ScreenedBy } from '../../consignment.ts'
import type { ScreenedHere } from '../../desk/customs.ts'
import type { Problem } from '../../desk/problem.ts'

export const ndjson = 'application/x-ndjson'
export const csv = 'text/csv'
export const answerMediaTypes = ['application/json', ndjson, csv] as const
export type AnswerMediaType = (typeof answerMediaTypes)[number]

/** What is said of one line. */
export type LineAnswer =
  | ({ line: number } & ScreenedHere)
  | { line: number; reference?: string; errors: readonly FieldError[] }

type LaneCounts = Record<Lane, number>

/** Said last: without it, or a problem in its place, the answer was cut. */
export interface Summary extends ScreenedBy {
  /** `wrong`: lines that could not be read. Drills are counted apart. */
  counts: { lines: number; wrong: number; exercises: LaneCounts } & LaneCounts
  /** Names of the columns of a CSV file. */
  columns?: { read: string[]; ignored: string[] }
}

/** An answer in pieces, each as soon as it is known. */
export interface Writer {
  head: string
  line: (answer: LineAnswer, isFirst: boolean) => string
  tail: (summary: Summary) => string
  /** In the place of the summary: why the rest was not read. */
  broken: (problem: Problem) => string
}

export const writers: Record<AnswerMediaType, Writer> = {
  'application/json': {
    head: '{"results":[',
    line: (answer, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(answer)}`,
    tail: summary => `\n],${JSON.stringify(summary).slice(1)}\n`,
    broken: problem => `\n],${JSON.stringify({ problem }).slice(1)}\n`,
  },
  [ndjson]: {
    head: '',
    line: answer => `${JSON.stringify(answer)}\n`,
    tail: summary => `${JSON.stringify({ summary })}\n`,
    broken: problem => `${JSON.stringify({ problem })}\n`,
  },
  [csv]: {
    head: csvText(['line', 'reference', 'lane', 'score', 'drill', 'reasons', 'notices', 'kept', 'errors']),
    line: answer => csvText(csvCells(answer)),
    tail: () => '',
    broken: ({ detail }) => csvText(['', '', 'not read', '', '', '', '', '', detail]),
  },
}

/** A text, or ids, which begin with a dash at times and are no formulas. */
type Cell = string | { ids: string }

function csvCells(answer: LineAnswer): Cell[] {
  const { line, reference = '' } = answer
  if ('errors' in answer) {
    const errors = answer.errors.map(({ pointer, detail }) =>
      pointer === '' ? detail : `${pointer}: ${detail}`,
    )
    return [String(line), reference, 'not read', '', '', '', '', '', errors.join(' | ')]
  }
  const { lane, matches, exercise, kept } = answer
  const [best] = matches
  const reasons = matches.flatMap(match =>
    match.reasons.map(({ words }) => (match.exercise && !exercise ? `(drill) ${words}` : words)),
  )
  const notices = matches.flatMap(({ notice }) => notice ?? [])
  return [
    String(line),
    reference,
    lane,
    best === undefined ? '' : String(best.score),
    exercise ? 'drill' : '',
    reasons.join(' | '),
    { ids: notices.join(' ') },
    kept?.id ?? '',
    '',
  ]
}

/** RFC 4180; no cell is taken for a formula by the spreadsheet that opens it. */
function csvText(cells: Cell[]): string {
  return stringify([cells], {
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { object: ({ ids }) => ({ value: String(ids), escape_formulas: false }) },
  })
}

/** Adds up what was answered. */
export class Tally {
  readonly #columns: Summary['columns']
  readonly #counts: Summary['counts'] = { lines: 0, wrong: 0, ...noLanes(), exercises: noLanes() }
  #by: ScreenedBy | undefined

  constructor(columns: Summary['columns']) {
    this.#columns = columns
  }

  count(answer: LineAnswer): void {
    const counts = this.#counts
    counts.lines += 1
    if ('errors' in answer) counts.wrong += 1
    else if (answer.exercise) counts.exercises[answer.lane] += 1
    else counts[answer.lane] += 1
  }

  /** Of several the one that had looked at the fewest notices. */
  decidedBy({ rule, goodsList, through }: ScreenedBy): void {
    if (this.#by === undefined || through < this.#by.through) this.#by = { rule, goodsList, through }
  }

  summary(otherwise: ScreenedBy): Summary {
    return {
      ...(this.#by ?? otherwise),
      counts: this.#counts,
      ...(this.#columns && { columns: this.#columns }),
    }
  }
}

function noLanes(): LaneCounts {
  return Object.fromEntries(lanes.map(lane => [lane, 0])) as LaneCounts
}
