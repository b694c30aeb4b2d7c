import { bonesOfAbjad, isAbjad } from './abjad.ts'
import { findKnown, isKnown, isLatin, isLegalForm, numberWeight } from './known-words.ts'
import { lettersOf } from './letters.ts'
import { initialMark, isHan, runsOf } from './runs.ts'
import { bonesOf, soundOf } from './sound.ts'

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

/** What a word of its own tells, by its length: two letters may be anybody's. */
const weightsByLength = [0, 0.5, 0.6, 0.85]
const compoundLeast = 10
const compoundMost = 40
const compoundPartLeast = 4
const compoundEndLeast = 5

/** Names share most of their words; emptied when full, so that a stranger's words cannot fill the memory. */
const memo = new Map<string, Word>()
const memoMost = 200_000

/** The words of a name, in its order. */
export function wordsOf(name: string): Word[] {
  return runsOf(name, { isKnown, isForm: isLegalForm })
    .flatMap(partCompound)
    .flatMap(run => memo.get(run) ?? wordOf(run) ?? [])
}

/** "Stahlhandel", and "KarvelTrading" of a hasty typist: a name and a common word without a space. */
function partCompound(run: string): string[] {
  if (run.length < compoundLeast || run.length > compoundMost) return [run]
  if (!isLatin(run) || isKnown(run)) return [run]
  for (let cut = compoundPartLeast; cut <= run.length - compoundEndLeast; cut++) {
    const end = run.slice(cut)
    if (isKnown(end) && findKnown(end)?.meaning !== undefined) return [run.slice(0, cut), end]
  }
  return [run]
}

function wordOf(run: string): Word | undefined {
  const what = run.endsWith(initialMark) ? undefined : findKnown(run)
  const text = what?.text ?? lettersOf(run)
  if (text === '') return undefined
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

function ownWeight(text: string): number {
  return /^\d+$/.test(text) ? numberWeight : (weightsByLength[text.length] ?? 1)
}
