import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { wrapped } from './members/wrap.ts'

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Columns without lines, so that `cut`, `awk` and screen readers get along with them. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  for (const row of rows) table.push([...row])
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}

/** Narrower terminals break a table's lines; where the output is no terminal only COLUMNS says a width. */
function terminalWidth(): number {
  return process.stdout.columns ?? (Number(process.env.COLUMNS) || Number.POSITIVE_INFINITY)
}

/** The table, or where it does not fit a block of lines for each row: what stands first, then each column with its name. */
export function fittingText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = terminalWidth(),
): string {
  const table = tableText(head, rows)
  const widest = Math.max(...table.split('\n').map(line => stripVTControlCharacters(line).length))
  if (widest <= width) return table
  return wrapped(rows.map(row => blockText(head, row)).join('\n\n'), width)
}

function blockText(head: readonly string[], row: readonly string[]): string {
  const name = Math.max(...head.map(({ length }) => length))
  return row
    .map((cell, at) => (at === 0 ? cell : cell === '' ? '' : `  ${(head[at] ?? '').padEnd(name)}  ${cell}`))
    .filter(line => line !== '')
    .join('\n')
}
