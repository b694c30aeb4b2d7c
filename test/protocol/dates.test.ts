import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimedInstant, dayOf, isCalendarDate, isPast } from '../../protocol/dates.ts'

const noon = Date.parse('2026-05-04T12:00:00Z') / 1000

describe('a day of the calendar', () => {
  it.each(['2026-05-04', '2024-02-29', '2000-02-29', '9999-12-31'])('is %s', text => {
    expect(isCalendarDate(text)).toBe(true)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-05-00',
    '2026-5-4',
    '26-05-04',
    '2026-05-04T00:00:00Z',
    '2026-05-04\n',
    ' 2026-05-04',
    '',
  ])('is not "%s"', text => {
    expect(isCalendarDate(text)).toBe(false)
  })

  it('is every day that a moment falls on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), seconds => {
        expect(isCalendarDate(dayOf(seconds))).toBe(true)
      }),
    )
  })
})

describe('an instant that somebody claims', () => {
  it('can always be told, however far away', () => {
    expect(claimedInstant(0)).toBe('1970-01-01T00:00:00.000Z')
    expect(claimedInstant(Number.MAX_SAFE_INTEGER)).toBe('+275760-09-13T00:00:00.000Z')
  })
})

describe('a last day', () => {
  it('may be kept through all of it, in UTC', () => {
    expect(isPast('2026-05-04', noon)).toBe(false)
    expect(isPast('2026-05-04', noon + 43_199)).toBe(false)
    expect(isPast('2026-05-04', noon + 43_200)).toBe(true)
    expect(isPast('2026-05-03', noon)).toBe(true)
    expect(isPast('2026-05-05', noon)).toBe(false)
  })
})
