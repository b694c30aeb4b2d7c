import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPairs } from '../../scripts/names/pairs.ts'

const folder = join(import.meta.dirname, '..', '..', 'scripts', 'names')

const halves = [
  { half: 'tuning', parity: 0, pairs: await readPairs(join(folder, 'tuning.tsv')) },
  { half: 'held-out', parity: 1, pairs: await readPairs(join(folder, 'held-out.tsv')) },
]
const all = halves.flatMap(({ pairs }) => pairs)

const scripts: Record<string, RegExp> = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  arabic: /\p{Script=Arabic}/u,
  greek: /\p{Script=Greek}/u,
  han: /\p{Script=Han}/u,
  hebrew: /\p{Script=Hebrew}/u,
  georgian: /\p{Script=Georgian}/u,
  korean: /\p{Script=Hangul}/u,
}
const mainScripts = ['latin-latin', 'latin-cyrillic', 'latin-arabic', 'latin-greek', 'latin-han']

const both = ['acronym', 'common-words', 'number']
const kinds = {
  same: [
    ...both,
    ...['typo', 'order', 'legal-form', 'spacing', 'accents', 'connective', 'abbreviation', 'alias'],
    ...['romanisation', 'script', 'translation', 'initials', 'middle-name', 'mixed'],
  ],
  different: [
    ...both,
    ...['other-word', 'lookalike', 'given-name', 'surname', 'direction', 'place', 'business', 'subsidiary'],
  ],
}

describe.each(halves)('the $half half', ({ parity, pairs }) => {
  test('holds the pairs that their hash puts there, and no other', () => {
    expect(linesWhere(pairs, ({ one, other }) => firstByte(`${one}\t${other}`) % 2 !== parity)).toEqual([])
  })

  test('says of each pair a kind that its label knows', () => {
    expect(linesWhere(pairs, ({ label, kind }) => !kinds[label].includes(kind))).toEqual([])
  })

  test('says of each name the script that it is written in', () => {
    const isMisnamed = ({ scripts: named, one, other }: (typeof pairs)[number]) => {
      const [first = '', second = ''] = named.split('-')
      return !scripts[first]?.test(one) || !scripts[second]?.test(other)
    }
    expect(linesWhere(pairs, isMisnamed)).toEqual([])
  })

  test('has no name with control or bidi characters, outer spaces, or marks that are not composed', () => {
    const isOdd = (name: string) => /\p{C}/u.test(name) || name !== name.trim().normalize('NFC')
    expect(linesWhere(pairs, ({ one, other }) => isOdd(one) || isOdd(other))).toEqual([])
  })

  test.each(mainScripts)('has at least 30 pairs of %s, with both labels', named => {
    const labels = pairs.filter(pair => pair.scripts === named).map(({ label }) => label)
    expect(labels.length).toBeGreaterThanOrEqual(30)
    expect(new Set(labels)).toEqual(new Set(['same', 'different']))
  })

  test('is 40 to 60 % same', () => {
    const share = pairs.filter(({ label }) => label === 'same').length / pairs.length
    expect(share).toBeGreaterThanOrEqual(0.4)
    expect(share).toBeLessThanOrEqual(0.6)
  })
})

test('there are at least 700 pairs, and none stands twice, either way round', () => {
  expect(all.length).toBeGreaterThanOrEqual(700)
  const seen = new Set(all.map(({ one, other }) => [one, other].sort().join('\t')))
  expect(seen.size).toBe(all.length)
  expect(all.every(({ one, other }) => one !== other)).toBe(true)
})

/** Lines and never words, so that a test that fails shows nobody the held-out half. */
function linesWhere<Pair>(pairs: readonly Pair[], isWrong: (pair: Pair) => boolean): number[] {
  return pairs.flatMap((pair, index) => (isWrong(pair) ? [index + 2] : []))
}

function firstByte(text: string): number {
  return createHash('sha256').update(text).digest().readUInt8(0)
}
