import { IntlMessageFormat } from 'intl-messageformat'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import type { Language } from './languages.ts'

export type MessageKey = keyof typeof en.messages

export type MessageValues = Record<string, string | number | Date>

/** A message in the reader's language, its values put in (ICU MessageFormat). Throws when a value is missing. */
export type Translate = (key: MessageKey, values?: MessageValues) => string

/** English is complete by definition; that the others are is checked here. */
const messages: Record<Language, Record<MessageKey, string>> = { en: en.messages, ar: ar.messages }

/** Digits as in the codes beside them, in every language. */
const locales: Record<Language, string> = { en: 'en-GB', ar: 'ar-u-nu-latn' }

const translators = new Map<Language, Translate>()

export function translator(language: Language): Translate {
  const made = translators.get(language) ?? makeTranslator(language)
  translators.set(language, made)
  return made
}

export function localeOf(language: Language): string {
  return locales[language]
}

function makeTranslator(language: Language): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>()
  return (key, values) => {
    let message = parsed.get(key)
    if (message === undefined) {
      message = new IntlMessageFormat(messages[language][key], locales[language], undefined, {
        ignoreTag: true,
      })
      parsed.set(key, message)
    }
    return String(message.format(values))
  }
}
