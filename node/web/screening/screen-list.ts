import { setImmediate } from 'node:timers/promises'
import type { FieldError } from '#protocol'
import { type Consignment, type Lane, lanes, type ScreenedBy } from '../../consignment.ts'
import type { ReadFile, ReadLine } from '../../desk/consignments/read-lines.ts'
import type { ScreenedHere, ScreeningDesk } from '../../desk/customs.ts'
import type { Person } from '../../people.ts'
import { webLimits } from '../limits.ts'

export interface ScreenedLine {
  line: number
  consignment: Consignment
  answer: ScreenedHere
}

export interface WrongLine {
  line: number
  reference?: string
  errors: readonly FieldError[]
}

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

export interface ListScreening {
  desk: ScreeningDesk
  person: Person
  /** Whatever the lines say, they are drills. */
  exercise: boolean
  keepDays?: number
}

/** Screens some lines, lets everything else have its turn, and goes on; so no list holds up the node. */
export async function screenList(file: ReadFile, screening: ListScreening): Promise<ScreenedList> {
  const tally = new Tally()
  for await (const some of inTurns(file.lines, tally)) {
    await screenSome(some, screening, tally)
    await setImmediate()
  }
  const { results: _, ...by } = await screening.desk.screen([], { person: screening.person })
  return { ...tally.list(), by, ...(file.columns && { columns: file.columns }) }
}

async function screenSome(
  some: readonly ReadLine[],
  { desk, exercise, ...how }: ListScreening,
  tally: Tally,
): Promise<void> {
  const readable = some.flatMap(read =>
    'consignment' in read
      ? [{ ...read, consignment: exercise ? { ...read.consignment, exercise } : read.consignment }]
      : [],
  )
  const asked = readable.map(({ consignment }) => consignment)
  const { results } = await desk.screen(asked, how)
  for (const [at, { line, consignment }] of readable.entries()) {
    const answer = results[at]
    if (answer === undefined) throw new TypeError('a consignment was left without an answer')
    tally.count({ line, consignment, answer })
  }
  for (const read of some) if ('errors' in read) tally.countWrong(read)
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
