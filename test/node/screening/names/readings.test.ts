import { expect, test } from 'vitest'
import { readingsOf } from '../../../../node/screening/names/readings.ts'

const readings = (name: string) =>
  readingsOf(name).map(words => words.map(({ written }) => written).join(' '))

test('a plain name has one reading', () => {
  expect(readings('Karvel Trading Ltd')).toEqual(['karvel trading ltd'])
})

test('a name with a former name is read whole, and as each of the two', () => {
  expect(readings('Karvel Trading (formerly Fiktiva Works)')).toEqual([
    'karvel trading formerly fiktiva works',
    'karvel trading',
    'fiktiva works',
  ])
})

test('a name with the same in another script in brackets is read as each of the two', () => {
  expect(readings('Щербаков (Shcherbakov)')).toEqual(['щербаков shcherbakov', 'щербаков', 'shcherbakov'])
})

test('a place in brackets is part of the name', () => {
  expect(readings('Averlund Trading (Port Ilvane)')).toEqual(['averlund trading port ilvane'])
})

test('what has nothing of its own is no name', () => {
  expect(readings('Karvel Trading (formerly Trading)')).toHaveLength(1)
})
