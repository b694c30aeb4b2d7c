import { z } from 'zod'
import { isObject, type JsonObject } from '../canonical.ts'
import { isCalendarDate } from '../dates.ts'
import type { Suggestions } from '../notice-type.ts'
import type { Deadline } from '../reading.ts'
import { day, plusDays, plusYears } from './day.ts'
import { type Fault, faultIf } from './rule.ts'
import { code, oneOf } from './text.ts'

/** The clocks that the law sets and a network may change. */
const clocks = { noticeDays: 30, reviewYears: 3, lookbackYears: 3 }

export const validity = z
  .strictObject({
    from: day('Valid from', 'The first day the denial counts.'),
    reviewDue: day('Review due', 'Within three years of notification (DUR 16(2)).'),
    lookbackUntil: day(
      'Look-back until',
      'Three years after the decision: until then others consult you (ATR 23(2)).',
    ),
    reviewCount: z.int().min(0).max(99).meta({ title: 'Reviews', description: 'How often it was reviewed.' }),
  })
  .meta({
    title: 'Validity',
    description:
      'Review due: you look at it again. Look-back: others ask you, for three years from the decision; it is worked out for you.',
  })

type Validity = z.infer<typeof validity>

export const consultContact = z
  .strictObject({
    mailbox: code(
      'Mailbox',
      "The authority's mailbox, never a person's.",
      /^[^\s@]{1,64}@[^\s@]{1,189}$/,
      'licensing@example.org',
    ),
    channel: oneOf(
      ['node', 'diplomatic'],
      'By',
      'Through this network, or through diplomatic channels (ATR 23(2)).',
    ),
  })
  .meta({
    title: 'Consultation contact',
    description: 'Whom to ask before granting an essentially identical transaction.',
  })

/** Both clocks start at the decision; reviews are counted from the first day, three years each. */
export function validityFaults(
  decisionDate: string,
  notifyBy: string,
  given: z.infer<typeof validity>,
): Fault[] {
  const due = plusDays(decisionDate, clocks.noticeDays)
  const lookback = plusYears(decisionDate, clocks.lookbackYears)
  const review = plusYears(given.from, clocks.reviewYears * (given.reviewCount + 1))
  return [
    ...faultIf(notifyBy !== due, ['notifyBy'], `${clocks.noticeDays} days after the decision is ${due}.`),
    ...faultIf(given.from < decisionDate, ['validity', 'from'], 'A denial cannot count before its decision.'),
    ...faultIf(
      given.reviewDue <= given.from || given.reviewDue > review,
      ['validity', 'reviewDue'],
      `The review comes after the first day, and by ${review} at the latest.`,
    ),
    ...faultIf(
      given.lookbackUntil !== lookback,
      ['validity', 'lookbackUntil'],
      `${clocks.lookbackYears} years after the decision is ${lookback}.`,
    ),
  ]
}

/** The dates that the decision sets, and those that it usually sets. */
export function validitySuggestions(body: JsonObject): Suggestions {
  const { decisionDate, validity: given } = body
  const always = { '/validity/reviewCount': '0', '/consultContact/channel': 'node' }
  if (!isDay(decisionDate)) return { usual: always }
  const from = isObject(given) && isDay(given.from) ? given.from : decisionDate
  return {
    fixed: {
      '/notifyBy': plusDays(decisionDate, clocks.noticeDays),
      '/validity/lookbackUntil': plusYears(decisionDate, clocks.lookbackYears),
    },
    usual: {
      '/validity/from': decisionDate,
      '/validity/reviewDue': plusYears(from, clocks.reviewYears),
      ...always,
    },
  }
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDate(value)
}

/** When it must be out, when it is reviewed, and until when the others ask first: a national prohibition binds nobody else. */
export function deadlinesOf(
  { notifyBy, validity }: { notifyBy: string; validity: Validity },
  { isConsulted }: { isConsulted: boolean },
): Deadline[] {
  const { reviewDue, lookbackUntil } = validity
  const lookback = {
    day: lookbackUntil,
    at: '/validity/lookbackUntil',
    binds: 'readers',
    article: 'ATR 23(2)',
  } as const
  return [
    { day: notifyBy, at: '/notifyBy', binds: 'release', article: 'ATR 23(1)' },
    { day: reviewDue, at: '/validity/reviewDue', binds: 'issuer', article: 'DUR 16(2)' },
    ...(isConsulted ? [lookback] : []),
  ]
}
