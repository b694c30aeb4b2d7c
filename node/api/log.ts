/** One structured line per fact; never a body, never a key. */
export interface ApiLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
