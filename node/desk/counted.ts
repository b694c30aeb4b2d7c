import type { NoticeView, Standing } from './desk.ts'

/** What is void or disputed has no effect, so it counts for nothing. */
const counted: readonly Standing[] = ['verified', 'key since retired']

/** A refusal that rests only on a national prohibition is kept out of statistics (ATR 23(4), 26(6)). */
export function isCounted({ standing, body }: NoticeView): boolean {
  return counted.includes(standing) && body?.nationalProhibition !== true
}
