import { cellsOf, reportOf } from '../bench/rows.ts'
import type { Result } from './row.ts'
import type { Outcome } from './run-row.ts'

/** A figure of the scorecard with the row that it belongs to. */
export interface Line extends Result {
  row: string
}

/** All figures; a row that failed is a line of its own, never left out. */
export function linesOf(outcomes: readonly Outcome[]): Line[] {
  return outcomes.flatMap(({ name, title, results, failed, seconds }) =>
    failed === undefined
      ? results.map(result => ({ row: name, ...result }))
      : [failedLine({ row: name, title, failed, seconds })],
  )
}

function failedLine(of: { row: string; title: string; failed: string; seconds: number }): Line {
  const { row, title, failed, seconds } = of
  return {
    row,
    name: title,
    value: Number.NaN,
    unit: '',
    target: 'to run at all',
    met: false,
    beside: { failed: failed.split('\n')[0] ?? failed },
    seconds,
  }
}

/** Markdown that says on which machine and day it was measured. */
export function markdownOf(
  lines: readonly Line[],
  { of = reportOf(lines), mode }: { of?: { machine: string; date: string }; mode: string },
): string {
  const seconds = [...new Map(lines.map(line => [line.row, line.seconds ?? 0])).values()].reduce(
    (sum, each) => sum + each,
    0,
  )
  const missed = lines.filter(({ met }) => !met).length
  return [
    `Measured on ${of.date.slice(0, 10)} on ${of.machine} (${mode}, ${Math.ceil(seconds / 60)} min): ${lines.length - missed} of ${lines.length} targets met.`,
    '',
    '| what | rounds | measured | target | met | beside it |',
    '|---|---|---|---|---|---|',
    ...lines.map(markdownLine),
  ].join('\n')
}

function markdownLine(line: Line): string {
  const { name, value, target, met, beside } = cellsOf(line)
  const rounds = line.rounds === undefined ? '' : line.rounds.toLocaleString('en')
  return `| ${[name, rounds, value, target, met === 'yes' ? 'yes' : '**missed**', beside.join('; ')].map(escaped).join(' | ')} |`
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;')
}

const marker = '<!-- scorecard -->'

/** The text with what stands between its two markers replaced. Throws where it has not exactly two. */
export function withScorecard(text: string, table: string): string {
  const [before, held, after, ...more] = text.split(marker)
  if (before === undefined || held === undefined || after === undefined || more.length > 0) {
    throw new TypeError(`The text needs exactly two lines "${marker}", with the table between them.`)
  }
  return [before, `\n${table}\n`, after].join(marker)
}
