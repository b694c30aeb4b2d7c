import { expect, test } from 'vitest'
import { wrapped } from '../../../../node/cli/members/wrap.ts'

const line = `  ! Key ${'k'.repeat(43)} of QM ends: in torture at place 41 (stolen).`

test('a long line goes on further in, and loses nothing', () => {
  const lines = wrapped(line, 60).split('\n')
  expect(lines.length).toBeGreaterThan(1)
  for (const each of lines) expect(each.length).toBeLessThanOrEqual(60)
  for (const each of lines.slice(1)) expect(each).toMatch(/^ {4}\S/)
  expect(lines.map(each => each.trim()).join(' ')).toBe(line.trim())
})

test('a short line, and a word that fits nowhere, stay whole', () => {
  expect(wrapped(`short\n${'k'.repeat(80)}`, 60)).toBe(`short\n${'k'.repeat(80)}`)
  expect(wrapped(line, Number.POSITIVE_INFINITY)).toBe(line)
})
