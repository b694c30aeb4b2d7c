import { expect, test } from 'vitest'
import { PhraseIndex } from '../../../../node/screening/goods/phrase-index.ts'

const phrases = [
  'thumb cuffs',
  'spiked baton',
  'police baton',
  'handcuffs',
  'stun gun contact',
  'chaise électrique',
]

function foundIn(text: string): string[] {
  const index = new PhraseIndex<string>()
  for (const phrase of phrases) index.add(phrase, phrase)
  return index.find(text).map(({ of }) => of)
}

test.each([
  ['500 thumb cuffs, steel', ['thumb cuffs']],
  ['thumbcuffs', ['thumb cuffs']],
  ['Batons, spiked', ['spiked baton']],
  ['hand-cuffs of steel', ['handcuffs']],
  ['handcufs', ['handcuffs']],
  ['CHAISES ELECTRIQUES', ['chaise électrique']],
  ['baton of bread for the police, with spikes', ['police baton']],
  ['stun effect', []],
  ['', []],
])('in "%s"', (text, found) => {
  expect(foundIn(text)).toEqual(found)
})

test('words that stand far apart are no phrase', () => {
  expect(foundIn('contact lenses and many other things for eyes, a gun oil, and a film to stun')).toEqual([])
})

test('of two phrases of which one lies in the other, the longer is found', () => {
  const index = new PhraseIndex<string>()
  index.add('handcuffs', 'plain')
  index.add('weighted handcuffs', 'weighted')
  expect(index.find('weighted handcuffs').map(({ of }) => of)).toEqual(['weighted'])
  expect(index.find('handcuffs').map(({ of }) => of)).toEqual(['plain'])
})

test('what was taken out is not found', () => {
  const index = new PhraseIndex<string>()
  index.remove(index.add('thumb cuffs', 'plain') ?? -1)
  expect([index.find('thumb cuffs'), index.find('thumbcuffs')]).toEqual([[], []])
})
