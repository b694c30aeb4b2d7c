import { isAbjad } from './abjad.ts'
import { lettersOf } from './letters.ts'
import { isHan, plainRuns } from './runs.ts'
import { readVocabulary } from './vocabulary.ts'

/** What a word tells that is no name of anybody. */
export interface KnownWord {
  weight: number
  /** The same for all words of one meaning; of common words only. */
  meaning?: string
  /** Of a number, its digits. */
  text?: string
}

export const numberWeight = 0.6
/** "Ltd" and "the" tell nothing; a name of nothing else is still a name. */
const legalWeight = 0.02
const connectorWeight = 0.01
/** A shorter word in Latin letters is rather a name than a common word with another ending. */
const latinStemLeast = 8
const stemLeast = 5

interface KnownWords {
  byKey: Map<string, KnownWord>
  /** Common words without their endings, by which other endings are known. */
  byStem: Map<string, KnownWord>
}

let held: KnownWords | undefined

/** Made when the first name is read: most processes read none, and it takes a while. */
function knownWords(): KnownWords {
  held ??= makeKnownWords()
  return held
}

/** `run`: a word as `runsOf` gives it. */
export function isKnown(run: string): boolean {
  return knownWords().byKey.has(keyOf(run))
}

export function isLegalForm(run: string): boolean {
  return knownWords().byKey.get(keyOf(run))?.weight === legalWeight
}

/** What is known of a word, or of one that differs from it by its ending. */
export function findKnown(run: string): KnownWord | undefined {
  const key = keyOf(run)
  return knownWords().byKey.get(key) ?? knownByStem(run, key)
}

export function isLatin(run: string): boolean {
  return /^[\p{Script=Latin}\d]+$/u.test(run)
}

function knownByStem(run: string, key: string): KnownWord | undefined {
  if (isHan(run) || (isLatin(run) && key.length < latinStemLeast)) return undefined
  const { byStem } = knownWords()
  const stems = stemsOf(key).slice(0, isLatin(run) ? 2 : undefined)
  return stems.map(stem => byStem.get(stem)).find(what => what !== undefined)
}

/** Of a word that stands in two tables the last holds. */
function makeKnownWords(): KnownWords {
  const { commonWords, legalForms, connectors, numbers } = readVocabulary()
  const byKey = new Map<string, KnownWord>()
  const learn = (words: readonly string[], what: KnownWord) => {
    for (const word of words) {
      const key = keyOf(withoutArticle(plainRuns(word).join('')))
      if (key !== '') byKey.set(key, what)
    }
  }
  for (const { meaning, weight, words } of commonWords) learn(words, { weight, meaning })
  const byStem = new Map<string, KnownWord>()
  for (const [key, what] of byKey)
    for (const stem of stemsOf(key)) if (!byStem.has(stem)) byStem.set(stem, what)
  learn(legalForms, { weight: legalWeight })
  learn(connectors, { weight: connectorWeight })
  for (const [number, words] of numbers) {
    learn(words.filter(isPlainlyNumber), { weight: numberWeight, text: number })
  }
  return { byKey, byStem }
}

/** By which a word is known. */
function keyOf(run: string): string {
  if (isHan(run)) return run
  return isAbjad(run) ? `-${run.replace(/[هة]$/, '')}` : lettersOf(run).replace(/(?<=[aou])e/g, '')
}

/** A word, and what remains of it without its ending. */
function stemsOf(key: string): string[] {
  const shortest = Math.max(stemLeast, key.length - (key.startsWith('-') ? 2 : 3))
  const stems: string[] = []
  for (let length = key.length; length >= shortest; length--) stems.push(key.slice(0, length))
  return stems
}

function withoutArticle(run: string): string {
  return run.replace(/^ال(?=.{3})/, '')
}

/** "Tri" and "三" begin too many names. */
function isPlainlyNumber(word: string): boolean {
  const isLetters = !isHan(word) && !isAbjad(word)
  return word.length > (isLetters ? 3 : 1) || /^[ivx]+$|\d/.test(word)
}
