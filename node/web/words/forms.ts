import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import type { Language } from './languages.ts'

/** Puts a code, a title, a description or a fault of a form into words. */
type FormWords = (textOrCode: string) => string

/** A sentence with gaps, and its words with the same gaps. */
interface Pattern {
  matches: RegExp
  words: string
}

interface Words {
  exact: ReadonlyMap<string, string>
  patterns: readonly Pattern[]
}

const gap = /\{\d\}/

/** A code after what it stands in, for where it may mean something else there: `Status/suspended`. */
const inContext = /^[A-Z][a-z]*\/(.+)$/

const files: Record<Language, { forms: Record<string, string> }> = { en, ar }

const made = new Map<Language, FormWords>()

/** The words of this language, else English, else the text itself; of a code, its own words with a capital. */
export function formWords(language: Language): FormWords {
  const words = made.get(language) ?? makeFormWords([wordsOf(files[language].forms), english])
  made.set(language, words)
  return words
}

const english = wordsOf(files.en.forms)

function wordsOf(forms: Record<string, string>): Words {
  const patterns = Object.entries(forms)
    .filter(([text]) => gap.test(text))
    .toSorted(([one], [other]) => literal(other) - literal(one))
    .map(([text, words]) => ({ matches: patternOf(text), words }))
  return { exact: new Map(Object.entries(forms)), patterns }
}

/** How much of a pattern is given: the most exact one is tried first. */
function literal(text: string): number {
  return text.replace(/\{\d\}/g, '').length
}

function patternOf(text: string): RegExp {
  const parts = text.split(gap).map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+?)')}$`, 's')
}

function makeFormWords(languages: readonly Words[]): FormWords {
  const find = (text: string): string | undefined => {
    for (const { exact, patterns } of languages) {
      const found = exact.get(text) ?? filled(text, patterns)
      if (found !== undefined) return found
    }
    return undefined
  }
  /** What stands in a gap is put into words only when it is a sentence: else it is a value or an example. */
  const filled = (text: string, patterns: readonly Pattern[]): string | undefined => {
    if (!text.endsWith('.')) return undefined
    for (const { matches, words } of patterns) {
      const found = matches.exec(text)
      if (found === null) continue
      return words.replace(/\{(\d)\}/g, (_, at: string) => {
        const value = found[Number(at) + 1] ?? ''
        return value.endsWith('.') ? (find(value) ?? value) : value
      })
    }
    return undefined
  }
  return text => {
    const [, code] = inContext.exec(text) ?? []
    return find(text) ?? (code === undefined ? plainWords(text) : (find(code) ?? plainWords(code)))
  }
}

/** "technical-assistance" → "Technical assistance"; anything else as it stands. */
function plainWords(text: string): string {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(text)) return text
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll('-', ' ')
}
