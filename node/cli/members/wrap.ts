import { stripVTControlCharacters } from 'node:util'

/** Narrower than this, lines are left as they are. */
const narrowest = 40

/** Lines broken between words, each going on two characters further in than it began. */
export function wrapped(text: string, width = terminalWidth()): string {
  if (width < narrowest) return text
  return text
    .split('\n')
    .map(line => wrappedLine(line, width))
    .join('\n')
}

/** Where no terminal is there and COLUMNS is not set, lines have no end. */
function terminalWidth(): number {
  const { COLUMNS } = process.env
  return process.stdout.columns ?? process.stderr.columns ?? (Number(COLUMNS) || Number.POSITIVE_INFINITY)
}

function wrappedLine(line: string, width: number): string {
  if (lengthOf(line) <= width) return line
  const [indent = ''] = /^ */.exec(line) ?? []
  const lines: string[] = []
  let current = ''
  for (const word of line.slice(indent.length).split(' ')) {
    const start = lines.length === 0 ? indent : `${indent}  `
    const longer = current === '' ? `${start}${word}` : `${current} ${word}`
    if (current !== '' && lengthOf(longer) > width) {
      lines.push(current)
      current = `${indent}  ${word}`
    } else current = longer
  }
  return [...lines, current].join('\n')
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length
}
