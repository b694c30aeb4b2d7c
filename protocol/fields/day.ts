import { z } from 'zod'
import { isCalendarDate } from '../dates.ts'
import { patterns } from '../patterns.ts'

/** A day of the calendar, YYYY-MM-DD. */
export function day(title: string, description: string) {
  return z
    .string()
    .regex(patterns.date, 'A date is written YYYY-MM-DD.')
    .refine(isCalendarDate, { message: 'There is no such day in the calendar.', abort: true })
    .meta({ title, description })
}

/** The day so many days later. */
export function plusDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** The same day so many years later; 29 February becomes 1 March where there is none. */
export function plusYears(date: string, years: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCFullYear(at.getUTCFullYear() + years)
  return at.toISOString().slice(0, 10)
}
