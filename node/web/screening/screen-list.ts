import { setImmediate } from 'node:timers/promises'
import { type Lane, lanes, type ScreenedBy } from '../../consignment.ts'
import type { ReadFile, ReadLine } from '../../desk/consignments/read-lines.ts'
import {
  type HowToScreen,
  type ScreenedLine,
  screenLines,
  type WrongLine,
} from '../../desk/consignments/screen-lines.ts'
import { webLimits } from '../limits.ts'

/** What is shown of a list: the most serious lines in full, the others counted. */
export interface ScreenedList {
  counts: Record<Lane, number>
  /** Of those counted, the drills. */
  drills: number
  wrongCount: number
  /** Red before amber, each in the order of the list. */
  shown: readonly ScreenedLine[]
  green: readonly ScreenedLine[]
  wrong: readonly WrongLine[]
  /** The first line that was not screened, for there were too many. */
  cutAt?: number
  by: ScreenedBy
  columns?: { read: string[]; ignored: string[] }
}

/** Screens some lines, lets everything else have its turn, and goes on; so no list holds up the node. */
export async function screenList(file: ReadFile, screening: HowToScreen): Promise<ScreenedList> {
  const tally = new Tally()
  for await (const some of inTurns(file.lines, tally)) {
    const { screened } = await screenLines(some, screening)
    for (const each of screened) {
      if ('errors' in each) tally.countWrong(each)
      else tally.count(each)
    }
    await setImmediate()
  }
  const { results: _, ...by } = await screening.desk.screen([], { person: screening.person })
  return { ...tally.list(), by, ...(file.columns && { columns: file.columns }) }
}

async function* inTurns(lines: ReadFile['lines'], tally: Tally): AsyncGenerator<ReadLine[]> {
  let some: ReadLine[] = []
  let count = 0
  for await (const read of lines) {
    count += 1
    if (count > webLimits.screenedLinesMost) {
      tally.cutAt = read.line
      break
    }
    some.push(read)
    if (some.length < webLimits.screenedPerTurn) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

/** Adds up what was answered, and holds no more lines than are shown. */
class Tally {
  cutAt: number | undefined
  readonly #counts: Record<Lane, number> = { green: 0, amber: 0, red: 0 }
  readonly #held: Record<Lane, ScreenedLine[]> = { green: [], amber: [], red: [] }
  readonly #wrong: WrongLine[] = []
  #wrongCount = 0
  #drills = 0

  count(screened: ScreenedLine): void {
    const { lane, exercise } = screened.answer
    this.#counts[lane] += 1
    if (exercise) this.#drills += 1
    if (this.#held[lane].length < webLimits.screenedLinesShown) this.#held[lane].push(screened)
  }

  countWrong(wrong: WrongLine): void {
    this.#wrongCount += 1
    if (this.#wrong.length < webLimits.screenedLinesShown) this.#wrong.push(wrong)
  }

  list(): Omit<ScreenedList, 'by' | 'columns'> {
    const [green, ...serious] = lanes
    return {
      counts: this.#counts,
      drills: this.#drills,
      wrongCount: this.#wrongCount,
      shown: serious
        .toReversed()
        .flatMap(lane => this.#held[lane])
        .slice(0, webLimits.screenedLinesShown),
      green: this.#held[green],
      wrong: this.#wrong,
      ...(this.cutAt !== undefined && { cutAt: this.cutAt }),
    }
  }
}
