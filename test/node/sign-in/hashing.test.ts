import { expect, test } from 'vitest'
import { type Cost, cost, Hashing, isOutgrown } from '../../../node/sign-in/hashing.ts'

test('a password is right against what was made of it, however its letters are composed', async () => {
  const hashing = new Hashing()
  const phc = await hashing.phcOf('café and herons')
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await hashing.isRight('cafe\u0301 and herons', phc)).toBe(true)
  expect(await hashing.isRight('cafe and herons', phc)).toBe(false)
})

test('a hash is compared with the cost that it was made with, and is made anew once more is asked', async () => {
  const asked: Cost[] = []
  const hashing = new Hashing(async (_message, _salt, with_) => {
    asked.push(with_)
    return new Uint8Array(32)
  })
  const old = `$argon2id$v=19$m=8192,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
  expect(await hashing.isRight('whatever', old)).toBe(true)
  expect(asked).toEqual([{ memoryKib: 8192, passes: 1, lanes: 1 }])
  expect(isOutgrown(old)).toBe(true)
  expect(isOutgrown(await hashing.phcOf('whatever'))).toBe(false)
  expect(asked.at(-1)).toEqual(cost)
})

test('one runs at a time, and who comes when many wait is told to come again', async () => {
  let [running, most] = [0, 0]
  const hashing = new Hashing(async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running -= 1
    return new Uint8Array(32)
  })
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => hashing.isRight('x', undefined)))
  expect(most).toBe(1)
  const refused = asked.flatMap(each => (each.status === 'rejected' ? [each.reason.code] : []))
  expect(refused).toEqual(Array(4).fill('too-many-requests'))
})
