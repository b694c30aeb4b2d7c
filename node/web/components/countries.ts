import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { type Language, languages } from '../words/languages.ts'
import { localeOf } from '../words/messages.ts'
import { TextField, type TextFieldOf } from './field.ts'

/** Not of one country, or taken out of use. */
const noCountry = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'])

const listId = 'countries'

/** Of all that have a name anywhere; participants come with the names that the registry gives them. */
const codesByLanguage = new Map<Language, ReadonlyMap<string, string>>()

/** A code of a country, or its name in the reader's language; `CountryList` once on the page offers them. */
export function CountryField({ input = {}, ...field }: TextFieldOf) {
  const attributes = { list: listId, autocomplete: 'off', size: 24, ...input }
  return html`<${TextField} ...${field} input=${attributes} />`
}

export function CountryList({ visit, members }: { visit: Visit; members: readonly string[] }) {
  const known = namesIn(visit.language)
  const ours = members.filter(code => /^[A-Z]{2}$/.test(code) && !known.has(code))
  return html`
    <datalist id=${listId}>
      ${[...ours, ...known.keys()].map(
        code => html`<option value=${code}>${known.get(code) ?? visit.formats.country(code)}</option>`,
      )}
    </datalist>
  `
}

/** "Quillmark" or "qm" as QM; what is neither code nor name stays as it is, for the form to judge. */
export function countryCode(text: string, visit: Visit, members: readonly string[]): string {
  const wanted = text.trim()
  if (wanted.length <= 2) return wanted.toUpperCase()
  const folded = fold(wanted)
  const member = members.find(code => fold(visit.formats.country(code)) === folded)
  if (member !== undefined) return member
  for (const language of languages) {
    for (const [code, name] of namesIn(language)) if (fold(name) === folded) return code
  }
  return wanted
}

function namesIn(language: Language): ReadonlyMap<string, string> {
  const made = codesByLanguage.get(language) ?? makeNames(language)
  codesByLanguage.set(language, made)
  return made
}

function makeNames(language: Language): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames(localeOf(language), { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap(one => letters.map(other => `${one}${other}`))
  const inUse = codes.filter(code => !noCountry.has(code) && new Intl.Locale(`und-${code}`).region === code)
  return new Map(
    inUse
      .flatMap((code): [string, string][] => {
        const name = names.of(code)
        return name === undefined ? [] : [[code, name]]
      })
      .toSorted(([, one], [, other]) => one.localeCompare(other, language)),
  )
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '')
}
