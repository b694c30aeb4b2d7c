import { FocalpointError } from '#protocol'
import { customsLimits } from './limits.ts'
import type { ReadLine } from './read-lines.ts'

/**
 * Gives up what is not the file that it was taken for: so many lines that cannot be read, and more of them than others.
 * Throws `body-malformed` once all lines before are given.
 */
export async function* untilTooManyWrong(lines: AsyncIterable<ReadLine>): AsyncGenerator<ReadLine> {
  let read = 0
  let wrong = 0
  let why: string | undefined
  for await (const line of lines) {
    if (wrong >= customsLimits.wrongLinesMost && wrong * 2 > read) throw tooManyWrong({ read, wrong, why })
    read += 1
    if ('errors' in line) {
      wrong += 1
      why ??= line.errors[0]?.detail
    }
    yield line
  }
}

function tooManyWrong({
  read,
  wrong,
  why = '',
}: {
  read: number
  wrong: number
  why: string | undefined
}): FocalpointError<'body-malformed'> {
  const count = (number: number) => number.toLocaleString('en')
  return new FocalpointError(
    'body-malformed',
    `The rest of this was left, for ${count(wrong)} of the first ${count(read)} lines could not be read. The first of them: ${why} Correct the file, or how its columns are told, and send it again.`,
    { what: 'too many wrong lines' },
  )
}
