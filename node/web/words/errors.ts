import { IntlMessageFormat } from 'intl-messageformat'
import type { ErrorCode } from '#protocol'
import { problems } from '../../desk/problem.ts'
import type { Formats } from '../formats.ts'
import ar from './ar.json' with { type: 'json' }
import { formWords } from './forms.ts'
import type { Language } from './languages.ts'
import { localeOf, type MessageValues } from './messages.ts'

/** What went wrong, or what is kept of it: then its details are gone. */
export interface ToldError {
  code: ErrorCode
  /** In English. */
  message: string
  details?: object
}

/** In English an error says itself what it is; that the others have words for each is checked here. */
const files: Partial<Record<Language, Record<ErrorCode, string>>> = { ar: ar.errors }

/** The most exact words there are: of this sentence, of the code with one of its values, of the code, of its title. */
export function errorWords(
  error: ToldError,
  { language, formats }: { language: Language; formats: Formats },
): string {
  const errors = files[language]
  if (errors === undefined) return error.message
  const words = formWords(language)
  const sentence = words(error.message)
  if (sentence !== error.message) return sentence
  const values = valuesOf(error, list => formats.list(list.map(words)))
  return formatted(textOf(error, errors), values, language) ?? words(problems[error.code].title)
}

/** `not-found/draft` before `not-found`. */
function textOf({ code, details = {} }: ToldError, errors: Record<ErrorCode, string>): string {
  const exact = new Map(Object.entries(errors))
  const values = Object.values(details).flat()
  const found = values.map(value => exact.get(`${code}/${value}`)).find(text => text !== undefined)
  return found ?? errors[code]
}

function valuesOf({ details = {} }: ToldError, list: (values: string[]) => string): MessageValues {
  const values: MessageValues = {}
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value
    else if (isWords(value)) values[name] = list(value)
  }
  return values
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}

/** Undefined where a value is missing. */
function formatted(text: string, values: MessageValues, language: Language): string | undefined {
  try {
    return String(
      new IntlMessageFormat(text, localeOf(language), undefined, { ignoreTag: true }).format(values),
    )
  } catch {
    return undefined
  }
}
