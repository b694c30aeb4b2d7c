import { Chains } from '../names/chains.ts'
import { eachDeletion } from '../names/deletions.ts'
import { typosBetween } from '../names/distance.ts'
import { type Word, wordsOf } from '../names/words.ts'

/** A phrase all of whose words stand near each other in a text. */
export interface PhraseFound<Of> {
  phrase: string
  of: Of
  /** 0 to 1: less with typos. */
  nearness: number
  /** How many words it has, connectors apart. */
  length: number
  /** As they stand in the text. */
  words: string[]
}

interface Phrase<Of> {
  text: string
  of: Of
  length: number
}

interface Token {
  stem: string
  written: string
  from: number
  to: number
}

interface Hit {
  nearness: number
  token: Token
}

/** Words that may stand between the words of a phrase. */
const gapMost = 2
const otherEnding = 0.98
const withTypo = 0.9
/** A shorter word with a typo is rather another word. */
const typoLengthLeast = 7
const connectorMost = 0.05
/** Of a word that stands in many places the last ones are kept: the words of a phrase stand together. */
const placesMost = 8

/** Names of goods, to be found in the words of a declaration: other endings, typos, spaces and order apart. */
export class PhraseIndex<Of> {
  readonly #phrases: (Phrase<Of> | undefined)[] = []
  readonly #stems: string[] = []
  readonly #near = new Chains()
  /** Stem → each phrase that it stands in, and at which of its words. */
  readonly #holders = new Map<string, { phrase: number; at: number }[]>()

  /** Gives the number by which it is taken out again; none for a phrase without words. */
  add(text: string, of: Of): number | undefined {
    const { length } = tellingWords(text)
    if (length === 0) return undefined
    const phrase = this.#phrases.push({ text, of, length }) - 1
    for (const { stem, at } of stemsOf(text)) this.#holdersOf(stem).push({ phrase, at })
    return phrase
  }

  remove(phrase: number): void {
    const held = this.#phrases[phrase]
    this.#phrases[phrase] = undefined
    for (const { stem } of stemsOf(held?.text ?? '')) {
      const left = this.#holdersOf(stem).filter(holder => holder.phrase !== phrase)
      this.#holders.set(stem, left)
    }
  }

  /** The phrases in a text; of two of which one lies within the other only the longer. */
  find(text: string): PhraseFound<Of>[] {
    const hits = new Map<number, Hit[][]>()
    const whole = new Map<number, PhraseFound<Of> & { hits: Hit[] }>()
    for (const token of tokensOf(text)) {
      for (const [stem, nearness] of this.#stemsNear(token.stem)) {
        for (const { phrase, at } of this.#holders.get(stem) ?? []) {
          const places = hits.get(phrase) ?? hits.set(phrase, []).get(phrase) ?? []
          const hit = { nearness: stem === token.stem ? nearness : Math.min(nearness, withTypo), token }
          places[at] = [...(places[at] ?? []).slice(1 - placesMost), hit]
          const found = whole.has(phrase) ? undefined : this.#whole(phrase, places)
          if (found !== undefined) whole.set(phrase, found)
        }
      }
    }
    const found = [...whole.values()]
    return found.filter(one => !found.some(other => isWithin(one, other))).map(({ hits: _, ...rest }) => rest)
  }

  #whole(at: number, places: Hit[][]): (PhraseFound<Of> & { hits: Hit[] }) | undefined {
    const phrase = this.#phrases[at]
    if (phrase === undefined) return undefined
    for (const first of places[0] ?? []) {
      const hits = Array.from({ length: phrase.length }, (_, word) => closest(places[word] ?? [], first))
      const all = hits.filter(hit => hit !== undefined)
      if (all.length < phrase.length || spanOf(all) > phrase.length + gapMost) continue
      const nearness = all.reduce((sum, hit) => sum + hit.nearness, 0) / all.length
      const written = [...new Set(all.map(({ token }) => token.written))]
      const words = written.filter(one => !written.some(other => other !== one && other.includes(one)))
      return { phrase: phrase.text, of: phrase.of, nearness, length: phrase.length, words, hits: all }
    }
    return undefined
  }

  #stemsNear(stem: string): Map<string, number> {
    const found = new Map<string, number>()
    if (this.#holders.has(stem)) found.set(stem, otherEnding)
    if (stem.length < typoLengthLeast) return found
    const consider = (at: number) => {
      const other = this.#stems[at] as string
      if (!found.has(other) && other[0] === stem[0] && typosBetween(stem, other) === 1)
        found.set(other, withTypo)
    }
    eachDeletion(stem, 1, hash => this.#near.each(hash, consider))
    return found
  }

  #holdersOf(stem: string): { phrase: number; at: number }[] {
    const held = this.#holders.get(stem)
    if (held !== undefined) return held
    const holders: { phrase: number; at: number }[] = []
    this.#holders.set(stem, holders)
    const at = this.#stems.push(stem) - 1
    if (stem.length >= typoLengthLeast) eachDeletion(stem, 1, hash => this.#near.add(hash, at))
    return holders
  }
}

function tellingWords(text: string): Word[] {
  return wordsOf(text).filter(({ weight }) => weight > connectorMost)
}

/** The stems by which a phrase is found, each at its word; "thumb cuffs" are "thumbcuffs", too, which stands for both. */
function stemsOf(phrase: string): { stem: string; at: number }[] {
  const words = tellingWords(phrase).map(({ text }) => text)
  const stems = words.map((word, at) => ({ stem: stemOf(word), at }))
  const joined = stemOf(words.join(''))
  return words.length === 2 ? [...stems, ...stems.map(({ at }) => ({ stem: joined, at }))] : stems
}

/** Each word, and each two neighbours as if they were written as one. */
function tokensOf(text: string): Token[] {
  const words = tellingWords(text)
  const singles = words.map(({ text, written }, at) => ({ stem: stemOf(text), written, from: at, to: at }))
  const joined = words.slice(1).map((word, at) => {
    const before = words[at] as Word
    const written = `${before.written} ${word.written}`
    return { stem: stemOf(before.text + word.text), written, from: at, to: at + 1 }
  })
  return [...singles, ...joined]
}

/** Without the endings of number and case that European languages have most. */
function stemOf(text: string): string {
  return text.length < 5 ? text.replace(/(?<=...)s$/, '') : text.replace(/(?:e[sn]|[se])$/, '')
}

function closest(hits: readonly Hit[], to: Hit): Hit | undefined {
  const distance = ({ token }: Hit) => Math.abs(token.from - to.token.from)
  return [...hits].sort((a, b) => distance(a) - distance(b) || b.nearness - a.nearness)[0]
}

function spanOf(hits: readonly Hit[]): number {
  return Math.max(...hits.map(({ token }) => token.to)) - Math.min(...hits.map(({ token }) => token.from)) + 1
}

function isWithin(
  { hits: inner, length }: { hits: Hit[]; length: number },
  outer: { hits: Hit[]; length: number },
): boolean {
  if (outer.length <= length) return false
  const held = new Set(outer.hits.flatMap(({ token }) => [token.from, token.to]))
  return inner.every(({ token }) => held.has(token.from) && held.has(token.to))
}
