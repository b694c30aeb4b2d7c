import { expect, test } from 'vitest'
import { tables } from '../../../node/store/keys.ts'

test('every table says what it holds and why, and no two begin alike', () => {
  const names = Object.values(tables).map(table =>
    (table.key as (...fields: unknown[]) => string)('f', 'g', 1, 'h'),
  )
  expect(new Set(names).size).toBe(names.length)
  for (const { holds, why } of Object.values(tables)) {
    expect(holds).not.toBe('')
    expect(why).not.toBe('')
  }
})
