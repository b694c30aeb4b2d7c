import { expect, test } from 'vitest'
import { withoutRuns } from '../../../node/sign-in/runs.ts'

test.each([
  ['abcdefx', 'x'],
  ['xfedcba', 'x'],
  ['abcx', 'abcx'],
  ['poiuytstop', 'stop'],
  ['a1234b', 'ab'],
])('of %s is left %s', (text, left) => {
  expect(withoutRuns(text)).toBe(left)
})
