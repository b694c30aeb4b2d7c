import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typosBetween } from '../../../../node/screening/names/distance.ts'

test.each([
  ['karvel', 'karvel', 0],
  ['karvel', 'karvl', 1],
  ['karvel', 'karrvel', 1],
  ['karvel', 'kervel', 1],
  ['karvel', 'kavrel', 1],
  ['karvel', 'krvle', 2],
  ['karvel', '', 6],
  ['', 'karvel', 6],
  ['vendalia', 'vendaila', 1],
])('from "%s" to "%s" it is %i', (one, other, typos) => {
  expect(typosBetween(one, other)).toBe(typos)
})

test('it is what the table of all ways gives, for any two words, and the same both ways', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(typosBetween(one, other)).toBe(bySlowTable(one, other))
      expect(typosBetween(other, one)).toBe(typosBetween(one, other))
    }),
  )
})

/** Optimal string alignment as the textbook has it. */
function bySlowTable(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, up) => [up])
  const at = (up: number, over: number) => table[up]?.[over] ?? Number.POSITIVE_INFINITY
  for (let over = 0; over <= other.length; over++) (table[0] as number[])[over] = over
  for (let up = 1; up <= one.length; up++) {
    for (let over = 1; over <= other.length; over++) {
      const same = one[up - 1] === other[over - 1]
      let least = Math.min(at(up - 1, over) + 1, at(up, over - 1) + 1, at(up - 1, over - 1) + (same ? 0 : 1))
      const swapped = up > 1 && over > 1 && one[up - 1] === other[over - 2] && one[up - 2] === other[over - 1]
      if (swapped) least = Math.min(least, at(up - 2, over - 2) + 1)
      ;(table[up] as number[])[over] = least
    }
  }
  return at(one.length, other.length)
}
