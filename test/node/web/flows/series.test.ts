import { expect, test } from 'vitest'
import { everyMonth } from '../../../../node/web/flows/series.ts'

test('months in which nothing was seen are there, over the turn of a year', () => {
  expect(everyMonth(['2025-11', '2026-02'])).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  expect(everyMonth(['2026-02'])).toEqual(['2026-02'])
  expect(everyMonth([])).toEqual([])
})
