import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type ByLanguage = Readonly<Record<string, readonly string[]>>

/** How much a common word tells about whom it names; a word that only one party has tells 1. */
const weights = { general: 0.12, sector: 0.32, place: 0.45 } as const

export interface Vocabulary {
  /** Words of one meaning, in any language, and how much they tell. */
  commonWords: readonly { meaning: string; weight: number; words: readonly string[] }[]
  /** Words that only say which legal form a party has. */
  legalForms: readonly string[]
  /** Words that hold names together and say nothing. */
  connectors: readonly string[]
  /** Number, in digits, and the words for it. */
  numbers: readonly (readonly [number: string, words: readonly string[]])[]
}

export function readVocabulary(): Vocabulary {
  const meanings = entriesOf<ByLanguage & { tells?: keyof typeof weights }>('business-words')
  return {
    commonWords: meanings.map(([meaning, { tells = 'general', ...byLanguage }]) => ({
      meaning,
      weight: weights[tells],
      words: Object.values(byLanguage).flat(),
    })),
    legalForms: wordsIn('legal-forms'),
    connectors: wordsIn('connectors'),
    numbers: entriesOf<readonly string[]>('numbers'),
  }
}

function wordsIn(name: string): string[] {
  return entriesOf<readonly string[]>(name).flatMap(([, words]) => words)
}

/** Read and not imported: the compiler would make a type of every word. What begins with `_` is for people. */
function entriesOf<Of>(name: string): [string, Of][] {
  const text = readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')
  const all: Record<string, Of> = JSON.parse(text)
  return Object.entries(all).filter(([key]) => !key.startsWith('_'))
}
