import { expect, test } from 'vitest'
import { compareNames } from '../../../../node/screening/names/compare.ts'
import { NameIndex } from '../../../../node/screening/names/name-index.ts'
import { wordsOf } from '../../../../node/screening/names/words.ts'
import { readPairs } from '../../../../scripts/names/pairs.ts'

const names = [
  'Fiktiva Restraint Works Ltd',
  'Vendalia Sham Trading Free Zone Co',
  'ООО «Щербаков и Партнёры»',
  'شركة الوهم للتجارة',
  'Blue Sternholm Trading',
  '上官云朔',
]

function indexOf(texts: readonly string[]): NameIndex<string> {
  const index = new NameIndex<string>()
  for (const text of texts) index.add(text, text)
  return index
}

test.each([
  ['Fictiva Restrant Works', 'Fiktiva Restraint Works Ltd'],
  ['Sham Vendaila Trading', 'Vendalia Sham Trading Free Zone Co'],
  ['Shcherbakov Partners', 'ООО «Щербаков и Партнёры»'],
  ['Al Wahm Trading', 'شركة الوهم للتجارة'],
  ['Bluesternholm Trading', 'Blue Sternholm Trading'],
  ['Yunshuo Shangguan', '上官云朔'],
])('"%s" finds "%s" first', (asked, found) => {
  expect(indexOf(names).search(asked, { most: 10, least: 0.6 })[0]?.of).toBe(found)
})

test('a name that shares only common words is not found', () => {
  expect(indexOf(names).search('Marlow Trading Free Zone Co', { most: 10, least: 0.6 })).toEqual([])
})

test('what was taken out is not found, and what took its place is', () => {
  const index = indexOf(names)
  const numbers = index.add('Karvel Mill', 'first')
  index.remove(numbers)
  index.remove(numbers)
  expect(index.search('Karvel Mill', { most: 10, least: 0.6 })).toEqual([])
  index.add('Karvel Mill', 'second')
  expect(index.search('Karvel Mill', { most: 10, least: 0.6 }).map(({ of }) => of)).toEqual(['second'])
  expect(index.size).toBe(names.length + 1)
})

test('a name with a former name is found once, by either', () => {
  const index = indexOf(['Karvel Mill (formerly Fiktiva Works)'])
  expect(index.search('Fiktiva Works', { most: 10, least: 0.6 })).toHaveLength(1)
  expect(index.search('Karvel Mill', { most: 10, least: 0.6 })).toHaveLength(1)
})

test('it finds nearly all that comparing with every name finds', async () => {
  const pairs = (await readPairs('scripts/names/tuning.tsv')).filter(({ label }) => label === 'same')
  const index = indexOf(pairs.map(({ other }) => other))
  const met = pairs.filter(({ one, other }) => compareNames(wordsOf(one), wordsOf(other)).nearness > 0.72)
  const found = met.filter(({ one, other }) =>
    index.search(one, { most: 10, least: 0.5 }).some(({ of }) => of === other),
  )
  expect(met.length).toBeGreaterThan(150)
  expect(found.length / met.length).toBeGreaterThan(0.97)
})
