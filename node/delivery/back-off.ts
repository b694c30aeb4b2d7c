import { deliveryLimits } from './limits.ts'

/** How long to wait after so many attempts in a row have failed, with full jitter, so that receivers are not met in step. */
export function backOffMs(failed: number, random: () => number = Math.random): number {
  const { retryFirstMs, retryMostMs } = deliveryLimits
  const most = Math.min(retryMostMs, retryFirstMs * 2 ** failed)
  return Math.round(retryFirstMs + random() * (most - retryFirstMs))
}

/** RFC 9110, section 10.2.3: seconds or a date; undefined for what is neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : Date.parse(header) / 1000 - now
  if (!Number.isFinite(seconds)) return undefined
  return Math.min(Math.max(0, seconds * 1000), deliveryLimits.retryAfterMostMs)
}
