/** Letters of scripts that are written without spaces. */
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const arabic = /\p{Script=Arabic}/u
const notInWords = /[^\p{L}\p{N}\p{M}\ue000]+/u
/** Stands behind the initial of a person: it tells "A." from "a". */
export const initialMark = '\ue000'
const initials = /(?<![\p{L}\p{M}])(\p{Lu})(?:\.|(?=\s|$))/gu
const marks =
  /[\u0027\u0060\u00b4\u02b9-\u02bf\u2018\u2019\u201b\u2032\u05f3\u05f4\u0022\u201d\u0640\p{Mn}]/gu

/**
 * What of a name is one word, in its own script and small letters: without accents, "G. m. b. H." as one, and apart what
 * Arabic writes as one with the next word. `isKnown` tells the common words, by which joined ones are parted, `isForm` the legal ones.
 */
export function runsOf(
  name: string,
  { isKnown, isForm }: { isKnown: (run: string) => boolean; isForm: (run: string) => boolean },
): string[] {
  const runs = plainRuns(name).flatMap(run => {
    if (han.test(run)) return splitHan(run, isKnown)
    return arabic.test(run) ? splitArabic(run, isKnown) : [run]
  })
  return joinInitials(runs, isForm)
}

const plain = /^[a-z]+$/

export function plainRuns(name: string): string[] {
  if (plain.test(name)) return [name]
  return name
    .normalize('NFKC')
    .replace(/[&+]/g, ' and ')
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(initials, `$1${initialMark} `)
    .toLowerCase()
    .split(notInWords)
    .filter(run => run !== '')
}

export function isHan(run: string): boolean {
  return han.test(run)
}

/** No common word of these scripts is longer. */
const hanWordMost = 12

/** From left to right the longest known word (maximum matching); what is left between them is a name. */
function splitHan(run: string, isKnown: (run: string) => boolean): string[] {
  const words: string[] = []
  let name = ''
  for (let at = 0; at < run.length; ) {
    const word = knownFrom(run, at, isKnown)
    if (word !== undefined && name !== '') words.push(name)
    if (word !== undefined) words.push(word)
    name = word === undefined ? name + run[at] : ''
    at += word?.length ?? 1
  }
  return name === '' ? words : [...words, name]
}

function knownFrom(run: string, at: number, isKnown: (run: string) => boolean): string | undefined {
  for (let length = Math.min(hanWordMost, run.length - at); length > 0; length--) {
    const word = run.slice(at, at + length)
    if (isKnown(word)) return word
  }
  return undefined
}

const arabicForms: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱ]/g, 'ا'],
  [/ى/g, 'ي'],
  [/ؤ/g, 'و'],
  [/ئ/g, 'ي'],
  [/ء/g, ''],
]
/** "And", "for", "with" and the article. */
const joinedArticle = /^(?:[وبلك]?ال|و?لل)(?=.{3})/u
const joinedParticle = /^و?ل|^و/u

function splitArabic(run: string, isKnown: (run: string) => boolean): string[] {
  const plain = arabicForms.reduce((text, [from, to]) => text.replace(from, to), run)
  if (isKnown(plain)) return [plain]
  const article = joinedArticle.exec(plain)?.[0]
  if (article !== undefined) return ['ال', plain.slice(article.length)]
  const rest = plain.replace(joinedParticle, '')
  return isKnown(rest) ? [rest] : [plain]
}

/** Single letters side by side are one word if that is a legal form, or an acronym; two are the initials of a person. */
function joinInitials(runs: readonly string[], isForm: (run: string) => boolean): string[] {
  const joined: string[] = []
  for (let at = 0; at < runs.length; ) {
    let end = at
    while (end < runs.length && /^\p{L}\ue000?$/u.test(runs[end] ?? '')) end++
    const letters = runs.slice(at, end)
    const word = letters.join('').replaceAll(initialMark, '')
    const isOne = letters.length > 2 || (letters.length === 2 && isForm(word))
    if (isOne) joined.push(word)
    else joined.push(...(letters.length > 0 ? letters : [runs[at] ?? '']))
    at = Math.max(end, at + 1)
  }
  return joined
}
