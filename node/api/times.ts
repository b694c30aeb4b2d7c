/** ISO 8601 in UTC of seconds since 1970. */
export function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
