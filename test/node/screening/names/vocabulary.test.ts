import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

type Lists = Record<string, string[]>

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'node', 'screening', 'names')

const { _about: about, ...meanings } = read<Record<string, { tells: string } & Lists>>('business-words.json')
const common = Object.entries(meanings).map(([meaning, { tells, ...lists }]) => ({ meaning, tells, lists }))
const legalForms = read<Lists>('legal-forms.json')
const connectors = read<Lists>('connectors.json')
const numbers = read<Lists>('numbers.json')

const files: Record<string, Lists[]> = {
  'business-words.json': common.map(({ lists }) => lists),
  'legal-forms.json': [legalForms],
  'connectors.json': [connectors],
  'numbers.json': [numbers],
}
const every = Object.values(files)
  .flat()
  .flatMap(Object.values<string[]>)

const languages =
  'ar bg cs da de el en es fa fi fr he hi hu id it ja ko nl pl pt ro ru sr sv tr uk zh vi et hy is ka lt lv mk no sk sq th'

describe('the common words', () => {
  test('have at least 150 meanings, each with English and with how much it tells', () => {
    expect(common.length).toBeGreaterThanOrEqual(150)
    expect(common.filter(({ lists }) => !lists.en?.length).map(({ meaning }) => meaning)).toEqual([])
    expect(new Set(common.map(({ tells }) => tells))).toEqual(new Set(['general', 'sector', 'place']))
  })

  test.each(['ar', 'ru', 'el', 'zh'])('say at least 90 % of the meanings in %s', language => {
    const said = common.filter(({ lists }) => lists[language] !== undefined)
    expect(said.length / common.length).toBeGreaterThanOrEqual(0.9)
  })

  test('say at the top what they are and who is wanted', () => {
    expect(about).toMatch(/by hand.*native reviewers/i)
  })
})

test('no word has two meanings, or stands in two files', () => {
  const meant = new Map<string, Set<string>>()
  const mean = (lists: Lists, what: (key: string) => string) => {
    for (const [key, words] of Object.entries(lists)) {
      for (const word of words) meant.set(fold(word), (meant.get(fold(word)) ?? new Set()).add(what(key)))
    }
  }
  for (const { meaning, lists } of common) mean(lists, () => `common: ${meaning}`)
  mean(legalForms, () => 'legal form')
  mean(connectors, () => 'connector')
  mean(numbers, number => `number ${number}`)
  expect([...meant].filter(([, whats]) => whats.size > 1).map(([word, whats]) => [word, ...whats])).toEqual(
    [],
  )
})

test('no list is empty or has a word twice, accents and case apart', () => {
  const isWrong = (words: string[]) => words.length === 0 || new Set(words.map(fold)).size < words.length
  expect(every.filter(isWrong)).toEqual([])
})

test('every word is one word in small letters, as it is written in its language', () => {
  const word = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[’״][\p{L}\p{M}]+)*$/u
  const isOdd = (text: string) =>
    !word.test(text) || text !== text.toLowerCase() || text !== text.normalize('NFC')
  expect(every.flat().filter(isOdd)).toEqual([])
})

test('no single letter of a script without spaces is a common word, but those that no name is made of', () => {
  const isSingle = (text: string) => /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Kana}]$/u.test(text)
  const singles = common.flatMap(({ lists }) => Object.values(lists).flat().filter(isSingle))
  expect(singles.filter(text => !'厂廠局号號第'.includes(text))).toEqual([])
})

test('only languages that exist are named; where a form is of a country, the country', () => {
  const known = new Set(languages.split(' '))
  const named = [...common.map(({ lists }) => lists), connectors].flatMap(Object.keys)
  expect(named.filter(language => !known.has(language))).toEqual([])
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const isKnown = (code: string) =>
    known.has(code) || (/^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined)
  expect(Object.keys(legalForms).filter(code => !isKnown(code))).toEqual([])
  expect(Object.keys(numbers)).toEqual(Array.from({ length: 12 }, (_, at) => `${at + 1}`))
})

test.each(Object.keys(files))('%s is sorted, a line a language', name => {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n')
  expect(lines.filter(line => line.includes('[') !== line.includes(']'))).toEqual([])
  expect(sortedOf(Object.keys(read<Lists>(name)))).toEqual(Object.keys(read<Lists>(name)))
  for (const { lists } of common) {
    const [first, ...others] = Object.keys(lists)
    expect([first, ...sortedOf(others)]).toEqual(['en', ...others])
  }
})

function sortedOf(keys: readonly string[]): string[] {
  return keys.every(key => /^\d+$/.test(key)) ? [...keys] : keys.toSorted((a, b) => (a < b ? -1 : 1))
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Content
}
