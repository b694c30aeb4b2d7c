import { expect, test } from 'vitest'
import { recent } from '../../../node/store/recent.ts'

test('what was made lately of a text is not made again, and what is long ago is forgotten', () => {
  const made: string[] = []
  const upper = recent(text => {
    made.push(text)
    return { text: text.toUpperCase() }
  }, 2)
  expect(upper('a')).toBe(upper('a'))
  expect([upper('b'), upper('c'), upper('a')]).toEqual([{ text: 'B' }, { text: 'C' }, { text: 'A' }])
  expect(made).toEqual(['a', 'b', 'c', 'a'])
})

test('what fails is tried again', () => {
  let tries = 0
  const failing = recent(() => {
    tries += 1
    throw new Error('no')
  }, 2)
  expect(() => failing('a')).toThrow('no')
  expect(() => failing('a')).toThrow('no')
  expect(tries).toBe(2)
})
