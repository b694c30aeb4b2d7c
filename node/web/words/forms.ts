import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import type { Language } from './languages.ts'

const forms: Record<Language, Record<string, string>> = { en: en.forms, ar: ar.forms }

/** The words of this language for a code, title or description of a notice's form. */
export function formWords(language: Language): (textOrCode: string) => string {
  return text => forms[language][text] ?? forms.en[text] ?? text
}
