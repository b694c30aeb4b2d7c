import { expect, test } from 'vitest'
import { hasNoHole, lastBatch, markRows, nextBatch } from '../../../node/store/batch-marks.ts'

/** The marks left by so many batches, of which some were dropped; the first is batch 0 here. */
function marksAfter(batches: number, isDropped: (batch: number) => boolean = () => false): string[] {
  const marks = new Set<string>()
  let number = 0
  for (let batch = 0; batch < batches; batch++) {
    number = nextBatch(number)
    if (isDropped(batch)) continue
    for (const [key, value] of markRows(number)) {
      if (value === undefined) marks.delete(key)
      else marks.add(key)
    }
  }
  return [...marks].sort()
}

test('without a dropped batch there is no hole, however many there were', () => {
  for (const batches of [0, 1, 2, 63, 64, 65, 1000]) expect(hasNoHole(marksAfter(batches))).toBe(true)
})

test('numbers grow by one', () => {
  expect(lastBatch(marksAfter(0))).toBe(0)
  expect(lastBatch(marksAfter(1000)) - lastBatch(marksAfter(1))).toBe(999)
})

test('any run of batches that is dropped from the middle shows, also one longer than the marks that are kept', () => {
  // The first one carries the store's version: without it the store is refused.
  for (const batches of [10, 64, 65, 300])
    for (let from = 1; from < batches - 1; from += 3)
      for (const length of [1, 2, 63, 64, 65, 128, 200]) {
        // Of all batches but the last nothing would be left to compare with: that is what the high-water mark is for.
        const to = Math.min(batches - 2, from + length - 1)
        const isWhole = hasNoHole(marksAfter(batches, batch => batch >= from && batch <= to))
        expect({ batches, from, to, isWhole }).toEqual({ batches, from, to, isWhole: false })
      }
})
