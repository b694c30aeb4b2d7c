import { patterns } from './patterns.ts'

/** Whether this is a day of the calendar, written YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  if (!patterns.date.test(text)) return false
  // The platform takes February 30 for March 2.
  return new Date(text).getUTCDate() === Number(text.slice(8))
}

/** The UTC day of a moment in seconds since 1970. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** The last second that a date can tell (ECMA-262, 21.4.1.1): what a stranger claims may lie beyond. */
const lastSecond = 8.64e12

/** ISO 8601 in UTC of a moment in seconds since 1970, claimed by whomever. */
export function claimedInstant(seconds: number): string {
  return new Date(Math.min(seconds, lastSecond) * 1000).toISOString()
}

const dayMs = 86_400_000

/** Whether a part may no longer be kept: `until` names the last day, in UTC. */
export function isPast(until: string, nowSeconds: number): boolean {
  return nowSeconds * 1000 >= Date.parse(until) + dayMs
}
