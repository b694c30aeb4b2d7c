import { expect, test } from 'vitest'
import { Seats } from '../../../node/desk/seats.ts'

const says = { all: 'All are taken.', own: 'You have yours.' }

test('one person takes no more than a share, all together no more than there are, and each is freed once', () => {
  const seats = new Seats({ most: 3, mostPerPerson: 2, says, retryAfterSeconds: 5 })
  const refused = { code: 'too-many-requests', details: { retryAfterSeconds: 5 } }
  const leave = seats.take('a')
  seats.take('a')
  expect(() => seats.take('a')).toThrow(expect.objectContaining({ ...refused, message: says.own }))
  seats.take('b')
  expect(() => seats.take('c')).toThrow(expect.objectContaining({ ...refused, message: says.all }))
  leave()
  leave()
  seats.take('c')
  expect(() => seats.take('a')).toThrow(expect.objectContaining({ message: says.all }))
})
