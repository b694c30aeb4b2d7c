import { type Lane, lanes } from '../../consignment.ts'
import { wrapped } from '../members/wrap.ts'
import { styled } from '../talk.ts'
import type { Answered, Found, Summary, Wrong } from './answers.ts'

const headings: Record<Lane, { style: 'red' | 'yellow' | 'green'; text: string }> = {
  red: { style: 'red', text: 'RED: stop, and ask the focal point' },
  amber: { style: 'yellow', text: 'AMBER: look before it goes' },
  green: { style: 'green', text: 'GREEN: nothing to do' },
}

/** By lane, red first, and last what could not be read; the reasons in words. */
export function reportText(answered: readonly Answered[]): string {
  const found = answered.filter(each => !('errors' in each)) as Found[]
  const blocks = lanes.toReversed().flatMap(lane => {
    const some = found.filter(each => each.lane === lane)
    if (some.length === 0) return []
    const { style, text } = headings[lane]
    return [`${styled(style, text)} (${some.length})`, ...some.map(foundText)]
  })
  const wrong = answered.filter(each => 'errors' in each) as Wrong[]
  const unread = wrong.length === 0 ? [] : [`NOT READ (${wrong.length})`, ...wrong.map(wrongText)]
  return wrapped([...blocks, ...unread].join('\n\n'))
}

function foundText({ exercise, matches, kept, ...line }: Found): string {
  const marks = [exercise ? 'drill' : '', kept ? `kept until ${kept.until} as ${kept.id}` : ''].filter(
    Boolean,
  )
  return [
    `  ${titleOf(line)}${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`,
    ...matches.map(matchText),
  ].join('\n')
}

function matchText({
  score,
  summary,
  issuer,
  notice,
  item,
  exercise,
  reasons,
}: Found['matches'][number]): string {
  const source = [issuer, notice, notice === undefined ? item : undefined].filter(Boolean).join(' ')
  const drill = exercise ? 'drill: ' : ''
  return [
    `    ${String(Math.round(score)).padStart(3)}  ${drill}${summary} [${source}]`,
    ...reasons.map(({ words }) => `         ${words}`),
  ].join('\n')
}

function wrongText({ errors, ...line }: Wrong): string {
  const told = errors.map(({ pointer, detail }) => `    ${[pointer, detail].filter(Boolean).join(': ')}`)
  return [`  ${titleOf(line)}`, ...told].join('\n')
}

function titleOf({ line, reference }: Pick<Found, 'line' | 'reference'>): string {
  return reference === undefined ? `line ${line}` : `line ${line}  ${reference}`
}

/** What it came to, by which rule, and what of a file was not used. */
export function summaryText({ counts, rule, goodsList, through, columns }: Summary, seconds: number): string {
  const { lines, wrong, exercises } = counts
  const number = (value: number) => value.toLocaleString('en')
  const lanesIn = ({ red, amber, green }: typeof exercises) =>
    `${number(red)} red, ${number(amber)} amber, ${number(green)} green`
  const hasDrills = exercises.red + exercises.amber + exercises.green > 0
  const told = [
    `${number(lines)} screened: ${lanesIn(counts)}`,
    hasDrills ? `in drills ${lanesIn(exercises)}` : '',
    wrong > 0 ? `${number(wrong)} not read` : '',
    `${number(Math.round(lines / Math.max(seconds, 0.001)))} lines/s`,
  ]
  return [
    `${told.filter(Boolean).join(', ')}.`,
    `By ${rule}, goods list ${goodsList.version}, events up to ${through}.`,
    ...(columns && columns.ignored.length > 0 ? [`Columns not read: ${columns.ignored.join(', ')}.`] : []),
  ].join('\n')
}
