import type { Formats } from '../formats.ts'
import type { Language } from '../words/languages.ts'

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const codes = letters.flatMap(one => letters.map(other => one + other))
const known = new Map<Language, readonly { code: string; name: string }[]>()

/** Every code that has a name, in the order of names in this language. */
export function countries({ language, formats }: { language: Language; formats: Formats }) {
  const held = known.get(language)
  if (held !== undefined) return held
  const named = codes
    .map(code => ({ code, name: formats.country(code) }))
    .filter(({ code, name }) => name !== code)
    .sort((one, other) => one.name.localeCompare(other.name, language))
  known.set(language, named)
  return named
}

/** Of what somebody wrote: a code, or a country's name; else as it stands. */
export function countryCode(text: string, visit: { language: Language; formats: Formats }): string {
  const written = text.trim()
  if (/^[A-Za-z]{2}$/.test(written)) return written.toUpperCase()
  const wanted = written.toLocaleLowerCase(visit.language)
  const found = countries(visit).find(({ name }) => name.toLocaleLowerCase(visit.language) === wanted)
  return found?.code ?? text
}
