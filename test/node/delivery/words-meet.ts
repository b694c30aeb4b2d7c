import { fold } from '../../../node/content.ts'

/** Whether all words of the first name stand in the second: enough of a comparison for filters to be tried with. */
export function namesMeet(one: string, other: string): boolean {
  const held = fold(other).split(' ')
  return fold(one)
    .split(' ')
    .every(word => held.includes(word))
}
