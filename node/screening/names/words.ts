import { bonesOfAbjad, isAbjad } from './abjad.ts'
import { lettersOf } from './letters.ts'
import { initialMark, isHan, plainRuns, runsOf } from './runs.ts'
import { bonesOf, soundOf } from './sound.ts'
import { commonWords, connectors, legalForms, numbers } from './vocabulary.ts'

/** One word of a name, in the forms by which it is compared. */
export interface Word {
  /** As it was written, but for case and accents. */
  written: string
  /** In small Latin letters. */
  text: string
  sound: string
  /** Its consonants alone. */
  bones: string
  /** Written in a script that leaves vowels out: only its bones can be compared. */
  isAbjad: boolean
  /** Of a script that is not Latin. */
  isForeign: boolean
  /** Many words written as one, which other scripts may part. */
  isJoined: boolean
  /** How much it tells about whom the name is of: 1 for a word of its own, near 0 for "the". */
  weight: number
  /** The same for all words of one meaning, in any language; of common words only. */
  meaning?: string
}

type Known = Pick<Word, 'weight' | 'meaning'> & { text?: string }

/** What a word of its own tells, by its length: two letters may be anybody's. */
const weightsByLength = [0, 0.5, 0.6, 0.85]
const numberWeight = 0.6
/** "Ltd" and "the" tell nothing; a name of nothing else is still a name. */
const legalWeight = 0.02
const connectorWeight = 0.01
const compoundLeast = 10
const compoundPartLeast = 4
const compoundEndLeast = 5
/** A shorter word in Latin letters is rather a name than a common word with another ending. */
const latinStemLeast = 8

/** Of a word that stands in two tables the last holds. */
const known = new Map<string, Known>()
for (const { meaning, weight, words } of commonWords)
  for (const word of words) learn(word, { weight, meaning })
for (const word of legalForms) learn(word, { weight: legalWeight })
for (const word of connectors) learn(word, { weight: connectorWeight })
for (const [number, words] of numbers) {
  for (const word of words.filter(isPlainlyNumber)) learn(word, { weight: numberWeight, text: number })
}

/** Common words without their endings, by which other endings are known. */
const stems = new Map<string, Known>()
for (const [key, what] of known) {
  if (what.meaning !== undefined) for (const stem of stemsOf(key)) if (!stems.has(stem)) stems.set(stem, what)
}

/** Names share most of their words; emptied when full, so that a stranger's words cannot fill the memory. */
const memo = new Map<string, Word>()
const memoMost = 200_000

/** The words of a name, in its order. */
export function wordsOf(name: string): Word[] {
  return runsOf(name, { isKnown, isForm })
    .flatMap(partCompound)
    .flatMap(run => memo.get(run) ?? wordOf(run) ?? [])
}

function isKnown(run: string): boolean {
  return known.has(keyOf(run))
}

function isForm(run: string): boolean {
  return known.get(keyOf(run))?.weight === legalWeight
}

/** "Stahlhandel", and "KarvelTrading" of a hasty typist: a name and a common word without a space. */
function partCompound(run: string): string[] {
  if (run.length < compoundLeast || !isLatin(run) || isKnown(run)) return [run]
  for (let cut = compoundPartLeast; cut <= run.length - compoundEndLeast; cut++) {
    const end = run.slice(cut)
    if (known.get(keyOf(end))?.meaning !== undefined) return [run.slice(0, cut), end]
  }
  return [run]
}

function wordOf(run: string): Word | undefined {
  const key = keyOf(run)
  if (key === '') return undefined
  const isInitial = run.endsWith(initialMark)
  const what = isInitial ? undefined : (known.get(key) ?? stemOf(run, key))
  const text = what?.text ?? lettersOf(run)
  const abjad = isAbjad(run)
  const word: Word = {
    written: run.replace(initialMark, '.'),
    text,
    sound: /\d/.test(text) ? text : soundOf(text),
    bones: abjad ? bonesOfAbjad(run) : bonesOf(text),
    isAbjad: abjad && !/\d/.test(text),
    isForeign: !isLatin(run),
    isJoined: isHan(run),
    weight: what?.weight ?? ownWeight(text),
    ...(what?.meaning !== undefined && { meaning: what.meaning }),
  }
  if (memo.size >= memoMost) memo.clear()
  memo.set(run, word)
  return word
}

/** By which a word is known. */
function keyOf(run: string): string {
  if (isHan(run)) return run
  return isAbjad(run) ? `-${run.replace(/[هة]$/, '')}` : lettersOf(run).replace(/(?<=[aou])e/g, '')
}

/** A word and what remains of it without its ending; in Latin letters only of long words, for there are more of them. */
function stemsOf(key: string): string[] {
  const [least, most] = key.startsWith('-') ? [5, 2] : [5, 3]
  return Array.from({ length: most + 1 }, (_, cut) => key.slice(0, key.length - cut)).filter(
    stem => stem.length >= least,
  )
}

function stemOf(run: string, key: string): Known | undefined {
  if (isHan(run) || (isLatin(run) && key.length < latinStemLeast)) return undefined
  const found = stemsOf(key).slice(0, isLatin(run) ? 2 : undefined)
  return found.map(stem => stems.get(stem)).find(what => what !== undefined)
}

function isLatin(run: string): boolean {
  return /^[\p{Script=Latin}\d]+$/u.test(run)
}

function ownWeight(text: string): number {
  return /^\d+$/.test(text) ? numberWeight : (weightsByLength[text.length] ?? 1)
}

/** "Tri" and "三" begin too many names. */
function isPlainlyNumber(word: string): boolean {
  const isLetters = !isHan(word) && !isAbjad(word)
  return word.length > (isLetters ? 3 : 1) || /^[ivx]+$|\d/.test(word)
}

function learn(word: string, what: Known): void {
  const run = plainRuns(word)
    .join('')
    .replace(/^ال(?=.{3})/, '')
  if (run !== '') known.set(keyOf(run), what)
}
