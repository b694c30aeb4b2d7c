import type { FieldError } from '#protocol'
import type { Consignment, ScreenedBy } from '../../consignment.ts'
import type { Person } from '../../people.ts'
import type { ScreenedHere, ScreeningDesk } from '../customs.ts'
import type { ReadLine } from './read-lines.ts'

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

export interface HowToScreen {
  desk: ScreeningDesk
  person: Person
  /** Whatever the lines say, they are drills. */
  exercise: boolean
  keepDays?: number
}

/** Some lines in the order in which they stand, those that cannot be read among the others. */
export async function screenLines(
  lines: readonly ReadLine[],
  { desk, person, exercise, keepDays }: HowToScreen,
): Promise<{ screened: (ScreenedLine | WrongLine)[]; by: ScreenedBy }> {
  const asked = lines.map(read =>
    'errors' in read || !exercise ? read : { ...read, consignment: { ...read.consignment, exercise } },
  )
  const consignments = asked.flatMap(read => ('errors' in read ? [] : [read.consignment]))
  const how = { person, ...(keepDays !== undefined && { keepDays }) }
  const { results, ...by } = await desk.screen(consignments, how)
  const answers = results.values()
  const screened = asked.map(read => {
    if ('errors' in read) return read
    const { value: answer } = answers.next()
    if (answer === undefined) throw new TypeError('a consignment was left without an answer')
    return { ...read, answer }
  })
  return { screened, by }
}
