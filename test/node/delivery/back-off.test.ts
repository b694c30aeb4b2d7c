import { expect, test } from 'vitest'
import { backOffMs } from '../../../node/delivery/back-off.ts'

test('the wait grows from 5 s to 4 h, anywhere in between', () => {
  const longest = (failed: number) => backOffMs(failed, () => 1)
  expect([1, 2, 3, 4].map(longest)).toEqual([10_000, 20_000, 40_000, 80_000])
  expect(longest(30)).toBe(4 * 3_600_000)
  for (const failed of [1, 5, 30]) expect(backOffMs(failed, () => 0)).toBe(5_000)
})

test('over three days a receiver is asked some forty times, and not by all nodes at once', () => {
  let state = 1
  const random = () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
  let [waited, attempts] = [0, 0]
  while (waited < 3 * 86_400_000) {
    attempts += 1
    waited += backOffMs(attempts, random)
  }
  expect(attempts).toBeGreaterThan(25)
  expect(attempts).toBeLessThan(80)
})
