import { expect, test } from 'vitest'
import { wordsOf } from '../../../../node/screening/names/words.ts'

const textsOf = (name: string) => wordsOf(name).map(({ text }) => text)
const soundsOf = (name: string) => wordsOf(name).map(({ sound }) => sound)
const bonesOf = (name: string) => wordsOf(name).map(({ bones }) => bones)

test.each([
  ['Fiktiva Restraint Works, G.m.b.H.', ['fiktiva', 'restraint', 'works', 'gmbh']],
  ['Société Exemple', ['societe', 'exemple']],
  ["O'Karvan & Sons", ['okarvan', 'and', 'sons']],
  ['Depot No. 007', ['depot', 'no', '7']],
  ['Щербаков', ['shcherbakov']],
  ['Ντούρας', ['douras'.replace('ou', 'u')]],
  ['虚构科技有限公司', ['xugou', 'keji', 'youxiangongsi']],
  ['', []],
  ['— / —', []],
])('%s is read as its words', (name, words) => {
  expect(textsOf(name)).toEqual(words)
})

test.each([
  ['Zhukov', 'Jukow'],
  ['Yusuf', 'Jusuf'],
  ['Müller', 'Mueller'],
  ['Philips', 'Filips'],
  ['Schukow', 'Shukov'],
])('%s and %s sound the same', (one, other) => {
  expect(soundsOf(one)).toEqual(soundsOf(other))
})

test.each([
  ['Muhammad', 'محمد'],
  ['Walid', 'وليد'],
  ['Qasim', 'قاسم'],
  ['Yosef', 'יוסף'],
])('%s has the consonants of %s', (one, other) => {
  expect(bonesOf(one)).toEqual(bonesOf(other))
})

test('the article of an Arabic word stands apart, as in Latin letters', () => {
  expect(bonesOf('الوهم')).toEqual(bonesOf('Al Wahm'))
})

test('common words of one meaning are one, in any language', () => {
  const meanings = ['Trading', 'Handel', 'Торговля', 'للتجارة', 'Εμπορική', '贸易'].map(
    word => wordsOf(word).find(({ meaning }) => meaning !== undefined)?.meaning,
  )
  expect(new Set(meanings)).toEqual(new Set(['trade']))
})

test('a legal form tells next to nothing, a common word little, and a word of its own all', () => {
  const [own, common, form] = wordsOf('Karvel Trading Ltd').map(({ weight }) => weight)
  expect(own).toBe(1)
  expect(common).toBeLessThan(0.5)
  expect(form).toBeLessThan(0.05)
})
