import { expect, test } from 'vitest'
import { formatsFor } from '../../../node/web/formats.ts'

const now = Date.parse('2026-02-20T12:00:00Z') / 1000
const { from } = formatsFor('en', () => undefined)

test.each([
  ['2029-01-20', 'in 3 years'],
  ['2028-02-20', 'in 2 years'],
  ['2027-02-10', 'next year'],
  ['2027-02-01', 'next year'],
  ['2027-01-20', 'in 11 months'],
  ['2026-11-01', 'in 8 months'],
  ['2025-12-12', '2 months ago'],
  ['2026-03-08', 'in 2 weeks'],
  ['2026-02-20T11:59:40Z', 'this minute'],
])('%s is told as %s', (at, told) => {
  expect(from(at, now)).toBe(told)
})

test('what a member wrote in place of a day, a month or a language stays as it is', () => {
  const { day, month, languageName } = formatsFor('en', () => undefined)
  expect([day('soon'), month('2026-99'), languageName('x-'), languageName('zh-Hans')]).toEqual([
    'soon',
    '2026-99',
    'x-',
    'Simplified Chinese',
  ])
})

test('what is told one after the other is joined as the language does', () => {
  const arabic = formatsFor('ar', () => undefined)
  expect([arabic.comma, arabic.semicolon]).toEqual(['، ', '؛ '])
})
