import { setImmediate } from 'node:timers/promises'
import { type FocalpointError, isError } from '#protocol'
import { customsLimits } from '../../desk/consignments/limits.ts'
import type { ReadFile, ReadLine } from '../../desk/consignments/read-lines.ts'
import { type HowToScreen, screenLines } from '../../desk/consignments/screen-lines.ts'
import { problemOf } from '../../desk/problem.ts'
import { Tally, type Writer } from './screening-answers.ts'

export interface Screening extends HowToScreen {
  /** Asked before each turn: a revoked token ends the answer. */
  checkAllowed: () => void
}

/**
 * Answers line by line, as whoever asked takes the answers: a few lines are read, screened and told, then everything
 * else has its turn. So it takes no more memory for a hundred thousand lines than for a hundred.
 */
export async function* screenFile(
  { lines, columns }: ReadFile,
  screening: Screening,
  writer: Writer,
): AsyncGenerator<string> {
  const tally = new Tally(columns)
  let text = writer.head
  let isFirst = true
  for await (const some of inTurns(lines)) {
    if (isError(some)) return yield text + writer.broken(problemOf(some))
    screening.checkAllowed()
    const { screened, by } = await screenLines(some, screening)
    tally.decidedBy(by)
    for (const each of screened) {
      const answer = 'errors' in each ? each : { line: each.line, ...each.answer }
      tally.count(answer)
      text += writer.line(answer, isFirst)
      isFirst = false
    }
    yield text
    text = ''
    await setImmediate()
  }
  const { results: _, ...by } = await screening.desk.screen([], { person: screening.person })
  yield text + writer.tail(tally.summary(by))
}

/** Ends with why the rest of the file is not read, where there was anything before. */
async function* inTurns(
  lines: AsyncIterable<ReadLine>,
): AsyncGenerator<ReadLine[] | FocalpointError<'body-malformed'>> {
  let some: ReadLine[] = []
  let isBegun = false
  try {
    for await (const line of lines) {
      isBegun = true
      some.push(line)
      if (some.length < customsLimits.linesPerTurn) continue
      yield some
      some = []
    }
  } catch (error) {
    if (!isBegun || !isError(error, 'body-malformed')) throw error
    if (some.length > 0) yield some
    return yield error
  }
  if (some.length > 0) yield some
}
