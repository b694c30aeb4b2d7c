import { expect, test } from 'vitest'
import { linesOf, markdownOf, withScorecard } from '../../../scripts/scorecard/report.ts'
import type { Outcome } from '../../../scripts/scorecard/run-row.ts'

const of = { machine: '2 × something', date: '2026-05-04T12:00:00.000Z' }
const good: Outcome = {
  name: 'texts',
  title: 'texts',
  seconds: 61,
  results: [
    { name: 'a|b', value: 0, unit: 'texts', target: '0', met: true, beside: { raw: 15 }, rounds: 1000 },
    { name: 'slow', value: 12, unit: 's', target: '≤ 5 s', met: false, beside: {} },
  ],
}
const broken: Outcome = { name: 'clock', title: 'clocks', seconds: 1, results: [], failed: 'Error: no\n  at' }

test('a row that could not be run is a line of its own, missed, with its reason', () => {
  const lines = linesOf([good, broken])
  expect(lines.map(({ row, met }) => [row, met])).toEqual([
    ['texts', true],
    ['texts', false],
    ['clock', false],
  ])
  expect(lines[2]?.beside).toEqual({ failed: 'Error: no' })
})

test('the table says when, on what, and what was missed; a row has as many cells as the head', () => {
  const table = markdownOf(linesOf([good, broken]), { of, mode: 'in full' }).split('\n')
  expect(table[0]).toContain('2026-05-04')
  expect(table[0]).toContain('2 × something')
  expect(table[0]).toContain('1 of 3')
  const cells = table.slice(2).map(line => line.split(/(?<!\\)\|/).length)
  expect(new Set(cells).size).toBe(1)
  expect(table.filter(line => line.includes('**missed**'))).toHaveLength(2)
})

test('the table takes the place of the one before, and nothing else changes', () => {
  const text = 'a\n<!-- scorecard -->\nold\n<!-- scorecard -->\nb\n'
  const once = withScorecard(text, 'new')
  expect(once).toBe('a\n<!-- scorecard -->\nnew\n<!-- scorecard -->\nb\n')
  expect(withScorecard(once, 'new')).toBe(once)
  expect(() => withScorecard('no markers', 'new')).toThrow(TypeError)
})
