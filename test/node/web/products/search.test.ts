import { expect, test } from 'vitest'
import { fold, nearness, searchGoods } from '../../../../node/web/products/search.ts'
import { formWords } from '../../../../node/web/words/forms.ts'

const first = (text: string, language: 'en' | 'ar' = 'en') => searchGoods(text, formWords(language))[0]?.id

test.each([
  ['stun belt', 'body-worn-shock-device'],
  ['40 stun belts, black, in cartons', 'body-worn-shock-device'],
  ['GILET ELECTROCHOC', 'body-worn-shock-device'],
  ['الحزام الصاعق', 'body-worn-shock-device'],
  ['thumb cuff', 'thumb-finger-cuffs-screws'],
  ['57-33-0', 'pentobarbital'],
  ['straitjacket', 'straitjacket'],
])('"%s" finds %s first', (text, id) => {
  expect(first(text)).toBe(id)
})

test('the name that the reader knows is searched too', () => {
  const [label = ''] = formWords('ar')('Electric shock glove').split('\n')
  expect(first(label, 'ar')).toBe('shock-glove')
})

test('a customs code finds the goods that may be declared under it', () => {
  const found = searchGoods('8543.70', text => text).map(({ id }) => id)
  expect(found).toContain('body-worn-shock-device')
  expect(found.length).toBeGreaterThan(1)
})

test('harmless things find nothing, and neither does nothing', () => {
  expect(searchGoods('office chairs', text => text)).toEqual([])
  expect(searchGoods(' .,! ', text => text)).toEqual([])
})

test('a whole name is nearer than a phrase, a phrase nearer than the beginnings of words', () => {
  const near = ['stun belt', 'black stun belt', 'st be'].map(query => nearness(query, 'stun belt'))
  expect(near).toEqual(near.toSorted((one, other) => other - one))
  expect(nearness('stun be', 'stun belt')).toBe(2)
})

test('letters that are written in two ways are one', () => {
  expect(fold('أداة الصَّعق')).toBe(fold('اداه صعق'))
  expect(fold('Fer à Béquilles')).toBe('fer a bequilles')
})
