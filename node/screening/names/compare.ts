import { compareWords, isNumber, sameBones, sameSound, typoCost } from './compare-words.ts'
import { typosBetween } from './distance.ts'
import type { Word } from './words.ts'

/** Two words of two names, or two neighbours and one, that were taken for one. */
export interface WordPair {
  one: string
  other: string
  nearness: number
}

export interface NamesCompared {
  /** 0 to 1; from `meetAt` on they may be of one party. */
  nearness: number
  /** What met, heaviest first. */
  pairs: WordPair[]
}

/** From this nearness on two names may be of one party; tuned on one half of the labelled names, scored on the other. */
export const meetAt = 0.72

/** How words are compared and weighed; an index knows more of its words than they tell by themselves. */
export interface Comparing {
  /** 0 for two words, 1 for one. */
  compare: (one: Word, other: Word) => number
  weigh: (word: Word) => number
}

const byThemselves: Comparing = { compare: compareWords, weigh: ({ weight }) => weight }

// What is left over counts most where both names have words of their own left: then they say different things. Where only
// one has, it is mostly the longer form of the other; and a common word is often translated by one that is not known.
const lostCost = 0.6
const contradictionCost = 1.7
const businessCost = 1.5
const longerCost = 0.42
const longerAcrossScriptsCost = 0.3
const otherNumberCost = 1
/** What tells as much is a place, and not a line of business. */
const placeLeast = 0.4

/** How near two names are: typos, word order, legal forms, spacing and scripts apart. */
export function compareNames(
  ones: readonly Word[],
  others: readonly Word[],
  comparing = byThemselves,
): NamesCompared {
  const { pairs, left } = takePairs(ones, others, comparing)
  const met = pairs.reduce((sum, { nearness, weight }) => sum + nearness * weight, 0)
  if (met === 0) return { nearness: 0, pairs: [] }
  const lost = pairs.reduce((sum, { nearness, weight }) => sum + (1 - nearness) * weight, 0)
  const isAcrossScripts = ones.some(isForeignName) !== others.some(isForeignName)
  const own = split(left.ownOfOne, left.ownOfOther)
  const common = split(left.commonOfOne, left.commonOfOther)
  const against =
    lost * lostCost +
    own.both * contradictionCost +
    common.both * businessCost +
    (own.more + common.more) * (isAcrossScripts ? longerAcrossScriptsCost : longerCost) +
    (numbersDiffer(ones, others) ? otherNumberCost : 0)
  return { nearness: met / (met + against), pairs: pairs.map(({ pair }) => pair) }
}

function split(one: number, other: number): { both: number; more: number } {
  return { both: Math.min(one, other), more: Math.abs(one - other) }
}

/** A line of business and the like; a direction is no less of a name than a town. */
function isBusiness({ meaning, weight }: Word): boolean {
  return meaning !== undefined && weight < placeLeast
}

function isForeignName({ isForeign, weight }: Word): boolean {
  return isForeign && weight > 0.1
}

interface Candidate {
  nearness: number
  weight: number
  /** Places in both names that it takes. */
  ones: readonly number[]
  others: readonly number[]
  pair: WordPair
}

/** The best pairs first, each word in one pair only; and how much of each name is left. */
function takePairs(ones: readonly Word[], others: readonly Word[], comparing: Comparing) {
  const candidates = [
    ...singlePairs(ones, others, comparing),
    ...eitherWay(joinedOf, ones, others, comparing),
    ...eitherWay(tiledOf, ones, others, comparing),
  ]
  candidates.sort((a, b) => b.nearness * b.weight - a.nearness * a.weight)
  const freeOnes = new Set(ones.keys())
  const freeOthers = new Set(others.keys())
  const pairs = candidates.filter(candidate => {
    const isFree =
      candidate.ones.every(at => freeOnes.has(at)) && candidate.others.every(at => freeOthers.has(at))
    if (!isFree) return false
    for (const at of candidate.ones) freeOnes.delete(at)
    for (const at of candidate.others) freeOthers.delete(at)
    return true
  })
  const weightLeft = (words: readonly Word[], free: ReadonlySet<number>, isCommon: boolean) =>
    words.reduce(
      (sum, word, at) => (free.has(at) && isBusiness(word) === isCommon ? sum + comparing.weigh(word) : sum),
      0,
    )
  const left = {
    ownOfOne: weightLeft(ones, freeOnes, false),
    ownOfOther: weightLeft(others, freeOthers, false),
    commonOfOne: weightLeft(ones, freeOnes, true),
    commonOfOther: weightLeft(others, freeOthers, true),
  }
  return { pairs, left }
}

function singlePairs(
  ones: readonly Word[],
  others: readonly Word[],
  { compare, weigh }: Comparing,
): Candidate[] {
  const found: Candidate[] = []
  for (const [at, one] of ones.entries()) {
    for (const [place, other] of others.entries()) {
      const nearness = compare(one, other)
      if (nearness === 0) continue
      const weight = Math.min(weigh(one), weigh(other))
      const pair = { one: one.written, other: other.written, nearness }
      found.push({ nearness, weight, ones: [at], others: [place], pair })
    }
  }
  return found
}

type FindPairs = (ones: readonly Word[], others: readonly Word[], comparing: Comparing) => Candidate[]

function eitherWay(
  find: FindPairs,
  ones: readonly Word[],
  others: readonly Word[],
  comparing: Comparing,
): Candidate[] {
  const turned = find(others, ones, comparing).map(
    ({ ones, others, pair, ...found }): Candidate => ({
      ...found,
      ones: others,
      others: ones,
      pair: { ...pair, one: pair.other, other: pair.one },
    }),
  )
  return [...find(ones, others, comparing), ...turned]
}

/** A word that is written without spaces, and the words, in any order, that it is made of. */
function tiledOf(ones: readonly Word[], others: readonly Word[]): Candidate[] {
  return [...others.entries()].flatMap(([place, other]) => {
    if (!other.isJoined || other.meaning !== undefined) return []
    const tiles = [...ones.entries()].filter(([, { text }]) => text.length > 1 && other.text.includes(text))
    const length = tiles.reduce((sum, [, { text }]) => sum + text.length, 0)
    if (tiles.length < 2 || length !== other.text.length) return []
    const written = tiles.map(([, { written }]) => written).join(' ')
    return [
      {
        nearness: sameSound,
        weight: other.weight * tiles.length * 0.8,
        ones: tiles.map(([at]) => at),
        others: [place],
        pair: { one: written, other: other.written, nearness: sameSound },
      },
    ]
  })
}

/** Two words are taken for one only where they nearly are. */
const joinedAt = 0.85
const joinedLengthLeast = 5
const joinedWeightMost = 1.2

/** "Blue Star" and "BlueStar": two neighbours against one word. */
function joinedOf(ones: readonly Word[], others: readonly Word[], { weigh }: Comparing): Candidate[] {
  const found: Candidate[] = []
  for (const [at, second] of ones.entries()) {
    const first = ones[at - 1]
    if (first === undefined) continue
    for (const [place, other] of others.entries()) {
      const nearness = compareJoined(first, second, other)
      if (nearness < joinedAt) continue
      found.push({
        nearness,
        weight: Math.max(weigh(other), Math.min(weigh(first) + weigh(second), joinedWeightMost)),
        ones: [at - 1, at],
        others: [place],
        pair: { one: `${first.written} ${second.written}`, other: other.written, nearness },
      })
    }
  }
  return found
}

function compareJoined(first: Word, second: Word, other: Word): number {
  if (first.isAbjad !== other.isAbjad) {
    const joined = first.bones + second.bones
    return joined.length >= 3 && joined.replace(/(.)\1+/g, '$1') === other.bones ? sameBones : 0
  }
  if (first.text + second.text === other.text) return 1
  const length = first.sound.length + second.sound.length
  const isInitial = first.text.length < 2 || second.text.length < 2
  if (isInitial || length < joinedLengthLeast || Math.abs(other.sound.length - length) > 1) return 0
  const typos = typosBetween(first.sound + second.sound, other.sound)
  return typos > 1 ? 0 : 1 - (typoCost * typos) / length
}

/** Depot 4 is not depot 7. */
function numbersDiffer(ones: readonly Word[], others: readonly Word[]): boolean {
  const numbers = ones.filter(isNumber)
  const theirs = others.filter(isNumber)
  if (numbers.length === 0 || theirs.length === 0) return false
  return !numbers.some(one => theirs.some(other => one.text === other.text))
}
