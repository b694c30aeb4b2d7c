import { type Word, wordsOf } from './words.ts'

/** What stands between a name and another name of the same party. */
const alsoKnownAs =
  /\b(?:formerly|previously|trading as|doing business as|also known as|now|vormals|anciennement|t\/a|d\/b\/a|dba|a\.?k\.?a\.?|f\.?k\.?a\.?|ex)\b|(?<=^|[\s(,])(?:бывш(?:ий|ая|ее)?|ранее|سابقا|سابقاً|πρώην|原名|曾用名)(?=$|[\s:).,])/iu
const bracketed = /[(（[［]([^()（）[\]［］]+)[)）\]］]/gu
/** A name with nothing of its own is no name of a party. */
const ownLeast = 0.5
/** No party has more; whoever writes more would only keep the index busy. */
const wordsMost = 24
const readingsMost = 8

/** The ways to read a name: whole, and each of the names in it ("X, formerly Y"; "X (Y)"). */
export function readingsOf(name: string): Word[][] {
  const whole = heaviest(wordsOf(name))
  const parts = partsOf(name).slice(-readingsMost)
  if (parts.length < 2) return [whole]
  const readings = parts
    .map(part => heaviest(wordsOf(part)))
    .filter(words => words.some(({ weight }) => weight >= ownLeast))
  return readings.length < 2 ? [whole] : [whole, ...readings]
}

/** Of a name that is longer than any, the words that tell most. */
function heaviest(words: readonly Word[]): Word[] {
  if (words.length <= wordsMost) return [...words]
  return words.toSorted((a, b) => b.weight - a.weight).slice(0, wordsMost)
}

function partsOf(name: string): string[] {
  const outside = name.replace(bracketed, ' ')
  const inside = [...name.matchAll(bracketed)].map(([, text = '']) => text)
  const isNamed = inside.some(text => alsoKnownAs.test(text) || isForeign(text) !== isForeign(outside))
  const parts = isNamed ? [outside, ...inside] : [name]
  return parts.flatMap(part => part.split(alsoKnownAs)).filter(part => /\p{L}/u.test(part))
}

function isForeign(text: string): boolean {
  return !/\p{Script=Latin}/u.test(text)
}
