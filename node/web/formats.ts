import type { Language } from './words/languages.ts'
import { localeOf } from './words/messages.ts'

/** Days, instants, amounts and countries as people of one language read them. */
export interface Formats {
  /** Of YYYY-MM-DD: "11 February 2026". */
  day(day: string): string
  /** Of YYYY-MM: "February 2026". */
  month(month: string): string
  /** Of ISO 8601 or seconds since 1970, in UTC: "11 Feb 2026, 14:05 UTC". */
  instant(at: string | number): string
  /** "14:05 UTC". */
  time(at: string | number): string
  /** "3 hours ago", "in 2 days". */
  from(at: string | number, now: number): string
  number(value: number): string
  percent(share: number): string
  list(words: readonly string[]): string
  /** What stands between two things that are told one after the other, with its space. */
  comma: string
  semicolon: string
  /** One of them: "Ana or Ben". */
  either(words: readonly string[]): string
  /** Without its code; the code itself where nobody has a name for it. */
  country(code: string): string
  languageName(code: string): string
}

const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

const separators: Record<Language, Pick<Formats, 'comma' | 'semicolon'>> = {
  en: { comma: ', ', semicolon: '; ' },
  ar: { comma: '، ', semicolon: '؛ ' },
}

/** `names`: what the registry calls its members, by code and language. */
export function formatsFor(
  language: Language,
  names: (code: string) => Record<string, string> | undefined,
): Formats {
  const { regions, ...formats } = made.get(language) ?? makeFormats(language)
  made.set(language, { regions, ...formats })
  return {
    ...formats,
    country: code => {
      const known = names(code)
      return known?.[language] ?? known?.en ?? regionName(regions, code) ?? code
    },
  }
}

type Made = Omit<Formats, 'country'> & { regions: Intl.DisplayNames }

const made = new Map<Language, Made>()

function makeFormats(language: Language): Made {
  const locale = localeOf(language)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const either = new Intl.ListFormat(locale, { type: 'disjunction' })
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  const tongues = new Intl.DisplayNames(locale, { type: 'language' })
  return {
    day: text => asDate(text, day),
    month: text => asDate(text, month, '-01'),
    instant: at => `${instant.format(millisecondsOf(at))} UTC`,
    time: at => `${time.format(millisecondsOf(at))} UTC`,
    from: (at, now) => {
      const seconds = millisecondsOf(at) / 1000 - now
      const { count, unit } = counted(seconds)
      return relative.format(count, unit)
    },
    number: value => number.format(value),
    percent: share => percent.format(share),
    list: words => list.format(words),
    ...separators[language],
    either: words => either.format(words),
    languageName: code => nameOfLanguage(code, tongues),
    regions,
  }
}

function nameOfLanguage(code: string, names: Intl.DisplayNames): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

/** As it was written where it is no date: members write what they like. */
function asDate(text: string, format: Intl.DateTimeFormat, rest = ''): string {
  const at = Date.parse(text + rest)
  return Number.isNaN(at) ? text : format.format(at)
}

/** In the largest unit that it fills: years and months to the nearest, what is shorter in whole ones. */
function counted(seconds: number): { count: number; unit: Intl.RelativeTimeFormatUnit } {
  for (const [unit, length] of units) {
    const isLong = unit === 'year' || unit === 'month'
    // What would be told as twelve months is told as a year.
    const least = unit === 'year' ? 11.5 * 30 * 86_400 : length
    const count = isLong ? Math.round(seconds / length) : Math.trunc(seconds / length)
    if (Math.abs(seconds) >= least || unit === 'minute') return { count, unit }
  }
  return { count: 0, unit: 'minute' }
}

function millisecondsOf(at: string | number): number {
  return typeof at === 'number' ? at * 1000 : Date.parse(at)
}

/** Codes for private use (XA to XZ, QM to QZ) have no name anywhere but in the registry. */
function regionName(regions: Intl.DisplayNames, code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? regions.of(code) : undefined
}
