/** Seconds since 1970, by the machine's clock. */
export function secondsNow(): number {
  return Math.floor(Date.now() / 1000)
}
