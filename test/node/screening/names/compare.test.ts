import { describe, expect, test } from 'vitest'
import { compareNames, meetAt } from '../../../../node/screening/names/compare.ts'
import { wordsOf } from '../../../../node/screening/names/words.ts'

const nearness = (one: string, other: string) => compareNames(wordsOf(one), wordsOf(other)).nearness

describe('one party written in two ways', () => {
  test.each([
    ['Fiktiva Restraint Works Ltd', 'Fictiva Restraint Works Limited'],
    ['Vendalia Sham Trading', 'Sham Vendalia Trading Co.'],
    ['Blue Sternholm Trading', 'BlueSternholm Trading LLC'],
    ['Müller-Fiktiv Werkzeuge GmbH', 'Mueller Fiktiv Tools'],
    ['ООО «Щербаков и Партнёры»', 'Shcherbakov & Partners LLC'],
    ['شركة الوهم للتجارة', 'Al Wahm Trading Company'],
    ['Εμπορική Φαντασία ΑΕ', 'Fantasia Trading SA'],
    ['深圳虚构科技有限公司', 'Shenzhen Xugou Technology Co., Ltd.'],
    ['Mohammed Karvan', 'Muhamad Karvan'],
    ['J. Brandelius', 'Jonas Brandelius'],
    ['Natl. Hosp. of Karvonia', 'National Hospital of Karvonia'],
  ])('%s is %s', (one, other) => {
    expect(nearness(one, other)).toBeGreaterThan(meetAt)
    expect(nearness(other, one)).toBeCloseTo(nearness(one, other))
  })
})

describe('two parties that look alike', () => {
  test.each([
    ['Karvel Trading', 'Marvel Trading'],
    ['Global Security Equipment', 'Global Protection Equipment'],
    ['General Trading Company', 'General Import Company'],
    ['Supply Depot 4', 'Supply Depot 7'],
    ['Ahmed Karvan', 'Yusuf Karvan'],
    ['J. Scoltock', 'P. Scoltock'],
    ['North Aldoria Freight', 'South Aldoria Freight'],
    ['Qasmouri Trading', 'بطرندي للتجارة'],
    ['Karvan Trading', ''],
    ['—', '—'],
  ])('%s is not %s', (one, other) => {
    expect(nearness(one, other)).toBeLessThan(meetAt)
  })
})

test('it says which words met', () => {
  const { pairs } = compareNames(wordsOf('Vendaila Trading'), wordsOf('Vendalia Handel'))
  expect(pairs.map(({ one, other }) => [one, other])).toEqual([
    ['vendaila', 'vendalia'],
    ['trading', 'handel'],
  ])
})
