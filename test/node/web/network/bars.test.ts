import { expect, test } from 'vitest'
import type { PeerStatus } from '../../../../node/desk/peer-status.ts'
import { marksOf } from '../../../../node/web/network/bars.ts'

const now = Date.parse('2026-11-26T12:30:00Z') / 1000

test('forty-eight marks, the newest last; an hour in which this node was off is not known', () => {
  const hour = (from: string, status: PeerStatus) => ({ from, members: { XD: { status, behindBy: 0 } } })
  const marks = marksOf(
    'XD',
    [
      hour('2026-11-24T13:00:00.000Z', 'not heard'),
      hour('2026-11-26T10:00:00.000Z', 'catching up'),
      hour('2026-11-26T12:00:00.000Z', 'up to date'),
    ],
    now,
  )
  expect(marks.length).toBe(48)
  expect(marks[0]).toBe('silent')
  expect(marks.slice(-3)).toEqual(['behind', 'unknown', 'fine'])
})
