import { FocalpointError, isCalendarDate, type SignedDocument } from '#protocol'
import { type SignedFile, usage } from './files.ts'

/** With less than this ahead a document would soon stop the whole Alliance. */
const leastDaysAhead = 30
const dayMs = 86_400_000

/** What `--expires` is given, before any other work. */
export function asDay(text: string): string {
  if (isCalendarDate(text)) return text
  throw usage('--expires must be a day in the calendar, as 2027-12-31')
}

/** Today, in UTC. */
export function today(): string {
  return dayAhead(0)
}

/** Throws `expiry-too-near`, above all before somebody signs or publishes it; `cure` says what to do instead. */
export function checkExpiry(what: string, expires: string, cure: string): void {
  const earliest = dayAhead(leastDaysAhead)
  if (expires >= earliest) return
  const state = expires <= today() ? `expired on ${expires} already` : `expires on ${expires}`
  throw new FocalpointError(
    'expiry-too-near',
    `${what} ${state}, and from then on no participant could issue notices. The day must be ${earliest} or later, ${leastDaysAhead} days ahead. ${cure}`,
    { expires, earliest },
  )
}

/** The same for a document that others made; a join request and a stop have no such day. */
export function checkExpiryIn(kind: SignedFile['kind'], signed: SignedDocument, cure: string): void {
  const { version, expires } = JSON.parse(signed.document) as { version?: number; expires?: string }
  if (expires === undefined || kind === 'join' || kind === 'stop') return
  checkExpiry(`${kind === 'root' ? 'Root' : 'Members document'} ${version}`, expires, cure)
}

/** Of several versions the newest counts: those before it have their days behind them. */
export function checkExpiryOfNewest(files: readonly SignedFile[], cure: string): void {
  for (const kind of ['root', 'members'] as const) {
    const newest = files
      .filter(file => file.kind === kind)
      .toSorted((a, b) => (a.version ?? 0) - (b.version ?? 0))
      .at(-1)
    if (newest) checkExpiryIn(kind, newest.signed, cure)
  }
}

function dayAhead(days: number): string {
  return new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
}
