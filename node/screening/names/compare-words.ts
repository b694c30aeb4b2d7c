import { typosBetween } from './distance.ts'
import type { Word } from './words.ts'

export const typoCost = 0.75
/** Where only vowels differ, as between transliterations, more may, and each costs less. */
const vowelsMost = 3
const vowelCost = 0.4
/** A typo at the beginning of a word is rare; another word is likelier. */
const beginningTypos = 1
/** What remains of words that sound alike and are written otherwise. */
export const sameSound = 0.97
export const sameBones = 0.94
const fewBones = 0.85
const nearBones = 0.82
const initial = 0.9
const abbreviated = 0.92

/** 0 for two words, 1 for one. */
export function compareWords(one: Word, other: Word): number {
  if (one.text === other.text || isOneMeaning(one, other)) return 1
  if (isNumber(one) || isNumber(other)) return 0
  if (isInitialOf(one, other) || isInitialOf(other, one)) return initial
  if (one.meaning !== other.meaning && (isShortFor(one, other) || isShortFor(other, one))) return abbreviated
  if (one.isAbjad !== other.isAbjad) return compareBones(one.bones, other.bones)
  if (one.sound === other.sound) return sameSound
  return compareSounds(one, other)
}

/** In a short word a typo cannot be told from another word. */
export function typosMost({ text }: Word): 0 | 1 | 2 {
  return text.length < 4 ? 0 : text.length < 8 ? 1 : 2
}

function isInitialOf(one: Word, other: Word): boolean {
  return one.text.length === 1 && other.meaning === undefined && beginsAlike(one, other)
}

function beginsAlike(one: Word, other: Word): boolean {
  if (one.isAbjad !== other.isAbjad) return one.bones[0] !== undefined && one.bones[0] === other.bones[0]
  return one.text[0] === other.text[0] || one.sound[0] === other.sound[0]
}

/** "Hosp." and "hospital", "natl" and "national": of common words only. */
function isShortFor(one: Word, other: Word): boolean {
  if (other.meaning === undefined || one.meaning !== undefined || one.isAbjad || other.isAbjad) return false
  const { text } = one
  if (text.length < 3 || text.length > other.text.length * 0.75 || text[0] !== other.text[0]) return false
  if (other.text.startsWith(text)) return true
  let at = 0
  for (const letter of other.text) if (letter === text[at]) at++
  return at === text.length && other.text.endsWith(text.slice(-1))
}

function isOneMeaning(one: Word, other: Word): boolean {
  return one.meaning !== undefined && one.meaning === other.meaning
}

export function isNumber({ text }: Word): boolean {
  const code = text.charCodeAt(0)
  return code >= 48 && code <= 57
}

function compareSounds(one: Word, other: Word): number {
  const longer = Math.max(one.sound.length, other.sound.length)
  const shorter = Math.min(one.sound.length, other.sound.length)
  const most = Math.max(typosMost(one), typosMost(other))
  const areVowels = shorter > 2 && one.bones === other.bones
  if (longer - shorter > (areVowels ? vowelsMost : most)) return 0
  const typos = typosBetween(one.sound, other.sound)
  if (areVowels && typos <= vowelsMost) return sameSound - (vowelCost * typos) / longer
  const all = typos + (one.sound[0] === other.sound[0] ? 0 : beginningTypos)
  return all > most ? 0 : sameSound - (typoCost * all) / longer
}

function compareBones(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length)
  if (one === other) return shorter >= 3 ? sameBones : shorter === 2 ? fewBones : 0
  return shorter >= 4 && typosBetween(one, other) <= 1 ? nearBones : 0
}
