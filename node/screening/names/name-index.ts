import { Chains } from './chains.ts'
import { compareNames, type NamesCompared } from './compare.ts'
import { compareWords, isNumber, typosMost } from './compare-words.ts'
import { eachDeletion } from './deletions.ts'
import { readingsOf } from './readings.ts'
import type { Word } from './words.ts'

/** A name that meets the one asked for, and what it is the name of. */
export interface NameFound<Of> extends NamesCompared {
  name: string
  of: Of
}

interface Name<Of> {
  text: string
  of: Of
  words: readonly Entry[]
}

/** A word of the index, and the names that hold it. */
interface Entry extends Word {
  /** Its number in the index. */
  at: number
  holders: number[]
}

/** Word of the index → how near it is to one that was asked for. */
type Clues = ReadonlyMap<Word, number>

/** As many of the best are compared word by word. */
const comparedMost = 32
/** A word that more names hold is a clue only where there is no better one. */
const clueShare = 0.01
const clueLeast = 200
/** Of a common word, where there is nothing else to go by. */
const holdersMost = 4000
/** From this share of all names on, a word tells less than by itself: so much less for ten times the share. */
const rareShare = 0.002
const rareLeast = 20
const commonerBy = 0.35
const tellsLeast = 0.15
/** Halves of a word are looked for only where it is not met as a whole. */
const sureClue = 0.85
const halfLeast = 2
const halfWeight = 0.5
/** Declarations name the same parties again and again; emptied when full, and whenever the index changes. */
const rememberedMost = 10_000

/**
 * Names to be searched by names, in memory. A search has three phases. Clues: for each word asked for, the words of the
 * index that are near it. Gathering: the names that hold these words, by the weight of what they hold. Comparing: the best
 * of them, word by word.
 */
export class NameIndex<Of> {
  readonly #entries: Entry[] = []
  readonly #byText = new Map<string, Entry>()
  readonly #bySound = new Chains()
  readonly #byBones = { abjads: new Chains(), others: new Chains() }
  readonly #names: (Name<Of> | undefined)[] = []
  readonly #freed: number[] = []
  readonly #remembered = new Map<Word, Clues>()
  #gathered = new Float32Array(1 << 10)
  /** Entry → the number of the look that came by it last. */
  #seen = new Uint32Array(1 << 10)
  #looks = 0

  get size(): number {
    return this.#names.length - this.#freed.length
  }

  /** Gives the numbers by which the name is taken out again, one for each way to read it. */
  add(text: string, of: Of): number[] {
    this.#remembered.clear()
    return readingsOf(text).map(words => this.#addReading(text, of, words))
  }

  remove(numbers: readonly number[]): void {
    this.#remembered.clear()
    for (const at of numbers) {
      const name = this.#names[at]
      if (name === undefined) continue
      this.#names[at] = undefined
      this.#freed.push(at)
      for (const { holders } of new Set(name.words)) holders.splice(holders.indexOf(at), 1)
    }
  }

  /** The nearest first, none farther than `least`; of what `sameAs` calls one, the nearest alone. */
  search(
    text: string,
    { most, least, sameAs = of => of }: { most: number; least: number; sameAs?: (of: Of) => unknown },
  ): NameFound<Of>[] {
    const found = readingsOf(text).flatMap(words => this.#searchReading(words, least))
    found.sort((a, b) => b.nearness - a.nearness)
    const seen = new Set<unknown>()
    return found.filter(({ of }) => !seen.has(sameAs(of)) && seen.add(sameAs(of))).slice(0, most)
  }

  #addReading(text: string, of: Of, words: readonly Word[]): number {
    const entries = words.map(word => this.#entryFor(word))
    const at = this.#freed.pop() ?? this.#names.length
    this.#names[at] = { text, of, words: entries }
    for (const { holders } of new Set(entries)) holders.push(at)
    return at
  }

  #searchReading(asked: readonly Word[], least: number): NameFound<Of>[] {
    const clues = new Map(asked.map(word => [word, this.#clues(word)]))
    const comparing = {
      compare: (one: Word, other: Word) =>
        tellsLittle(one) ? compareWords(one, other) : (clues.get(one)?.get(other) ?? 0),
      weigh: (word: Word) => this.#weigh(word),
    }
    const found: NameFound<Of>[] = []
    for (const at of this.#gather(clues, asked)) {
      const name = this.#names[at]
      if (name === undefined) continue
      const compared = compareNames(asked, name.words, comparing)
      if (compared.nearness >= least) found.push({ ...compared, name: name.text, of: name.of })
    }
    return found
  }

  #entryFor(word: Word): Entry {
    const key = keyOf(word)
    const held = this.#byText.get(key)
    if (held !== undefined) return held
    const at = this.#entries.length
    const entry: Entry = { ...word, at, holders: [] }
    this.#entries.push(entry)
    this.#byText.set(key, entry)
    if (this.#seen.length <= at) this.#seen = new Uint32Array(at * 2)
    if (isNumber(word)) return entry
    eachDeletion(word.sound, typosMost(word), hash => this.#bySound.add(hash, at))
    const bones = word.isAbjad ? this.#byBones.abjads : this.#byBones.others
    eachDeletion(word.bones, boneDeletions(word), hash => bones.add(hash, at))
    return entry
  }

  /** What a word tells among the names that are here. */
  #weigh(word: Word): number {
    if (word.meaning !== undefined) return word.weight
    const { holders } =
      'holders' in word ? (word as Entry) : (this.#byText.get(keyOf(word)) ?? { holders: [] })
    if (holders.length < rareLeast) return word.weight
    const share = holders.length / this.size / rareShare
    return share <= 1 ? word.weight : word.weight * Math.max(tellsLeast, 1 - commonerBy * Math.log10(share))
  }

  #clues(word: Word): Clues {
    const known = this.#remembered.get(word)
    if (known !== undefined) return known
    if (this.#remembered.size >= rememberedMost) this.#remembered.clear()
    const clues = this.#near(word)
    this.#remembered.set(word, clues)
    return clues
  }

  #near(word: Word): Clues {
    const clues = new Map<Word, number>()
    const same = this.#byText.get(keyOf(word))
    if (same !== undefined) clues.set(same, 1)
    if (isNumber(word) || tellsLittle(word)) return clues
    const seen = this.#seen
    const look = ++this.#looks
    if (same !== undefined) seen[same.at] = look
    const consider = (at: number) => {
      if (seen[at] === look) return
      seen[at] = look
      const entry = this.#entries[at] as Entry
      const nearness = entry.holders.length === 0 ? 0 : compareWords(word, entry)
      if (nearness > 0) clues.set(entry, nearness)
    }
    eachDeletion(word.sound, typosMost(word), hash => this.#bySound.each(hash, consider))
    const { abjads, others } = this.#byBones
    const [own, other] = word.isAbjad ? [abjads, others] : [others, abjads]
    eachDeletion(word.bones, boneDeletions(word), hash => other.each(hash, consider))
    eachDeletion(word.bones, 0, hash => own.each(hash, consider))
    return clues
  }

  /** Numbers of the names that hold most of what was asked for. */
  #gather(clues: ReadonlyMap<Word, Clues>, asked: readonly Word[]): number[] {
    const all = this.#joined(asked, clues)
    for (const [word, near] of clues) {
      const weight = this.#weigh(word)
      for (const [entry, nearness] of near) all.push({ entry: entry as Entry, weight: nearness * weight })
    }
    const few = Math.max(clueLeast, clueShare * this.size)
    const telling = all.filter(({ entry }) => entry.holders.length <= few)
    return this.#heaviest(telling.length > 0 ? telling : all)
  }

  /** Words that neighbours make together in either order, and the halves of one word that are words, or nearly. */
  #joined(asked: readonly Word[], clues: ReadonlyMap<Word, Clues>): { entry: Entry; weight: number }[] {
    const found: { entry: Entry; weight: number }[] = []
    const add = (text: string, like: Word, weight: number) => {
      const entry = this.#byText.get(keyOf({ ...like, text }))
      if (entry !== undefined) found.push({ entry, weight })
    }
    for (const [at, word] of asked.entries()) {
      const before = asked[at - 1]
      if (before !== undefined) {
        add(before.text + word.text, word, before.weight + word.weight)
        add(word.text + before.text, word, before.weight + word.weight)
      }
      if (tellsLittle(word) || Math.max(0, ...(clues.get(word)?.values() ?? [])) >= sureClue) continue
      for (let cut = halfLeast; cut <= word.text.length - halfLeast; cut++) {
        const [first, second] = [word.text.slice(0, cut), word.text.slice(cut)]
        add(first, word, halfWeight)
        add(second, word, halfWeight)
      }
    }
    return found
  }

  #heaviest(clues: readonly { entry: Entry; weight: number }[]): number[] {
    if (this.#gathered.length < this.#names.length) this.#gathered = new Float32Array(this.#names.length * 2)
    const gathered = this.#gathered
    const touched: number[] = []
    for (const { entry, weight } of clues) {
      const most = Math.min(entry.holders.length, holdersMost)
      for (let place = 0; place < most; place++) {
        const at = entry.holders[place] as number
        if (gathered[at] === 0) touched.push(at)
        gathered[at] = (gathered[at] as number) + weight
      }
    }
    const cut = cutOf(touched, gathered)
    const heaviest = touched.filter(at => (gathered[at] as number) >= cut)
    heaviest.sort((a, b) => (gathered[b] as number) - (gathered[a] as number))
    for (const at of touched) gathered[at] = 0
    return heaviest.slice(0, comparedMost)
  }
}

/** A weight that some `comparedMost` reach, found by counting and not by sorting thousands. */
function cutOf(touched: readonly number[], gathered: Float32Array): number {
  if (touched.length <= comparedMost) return 0
  const steps = 64
  let heaviest = 0
  for (const at of touched) heaviest = Math.max(heaviest, gathered[at] as number)
  const counts = new Uint32Array(steps + 1)
  for (const at of touched) {
    const step = Math.floor(((gathered[at] as number) / heaviest) * steps)
    counts[step] = (counts[step] as number) + 1
  }
  let step = steps
  for (let count = counts[step] as number; count < comparedMost && step > 0; count += counts[step] as number)
    step--
  return (step / steps) * heaviest
}

/** Common words and legal forms, which are met by their meaning. */
function tellsLittle({ meaning, weight }: Word): boolean {
  return meaning !== undefined || weight < 0.1
}

function boneDeletions({ bones }: Word): 0 | 1 {
  return bones.length < 4 ? 0 : 1
}

/** The same letters from a script without vowels are another word. */
function keyOf({ text, isAbjad }: Pick<Word, 'text' | 'isAbjad'>): string {
  return isAbjad ? `-${text}` : text
}
