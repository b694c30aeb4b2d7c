import { patterns } from './patterns.ts'

/** Whether this is a day of the calendar, written YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  if (!patterns.date.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The UTC day of a moment in seconds since 1970. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** Whether a part may no longer be kept: `until` names the last day, in UTC. */
export function isPast(until: string, nowSeconds: number): boolean {
  return dayOf(nowSeconds) > until
}
