import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type ByLanguage = Readonly<Record<string, readonly string[]>>

/** How much a common word tells about whom it names; a word that only one party has tells 1. */
const weights = { general: 0.12, sector: 0.32, place: 0.45 } as const

/** Words of one meaning, in any language, and how much they tell. */
export const commonWords = Object.entries(
  read<ByLanguage & { tells?: keyof typeof weights }>('business-words'),
)
  .filter(([meaning]) => !meaning.startsWith('_'))
  .map(([meaning, { tells = 'general', ...byLanguage }]) => ({
    meaning,
    weight: weights[tells],
    words: Object.values(byLanguage).flat(),
  }))

/** Words that only say which legal form a party has. */
export const legalForms = listed('legal-forms')

/** Words that hold names together and say nothing. */
export const connectors = listed('connectors')

/** Number, in digits → the words for it. */
export const numbers = Object.entries(read<readonly string[]>('numbers')).filter(
  ([number]) => !number.startsWith('_'),
)

function listed(name: string): string[] {
  return Object.entries(read<readonly string[]>(name)).flatMap(([of, words]) =>
    of.startsWith('_') ? [] : words,
  )
}

/** Read and not imported: the compiler would make a type of every word. */
function read<Of>(name: string): Record<string, Of> {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'))
}
