import { expect, test } from 'vitest'
import { laneOf } from '../../../../node/screening/rule.ts'
import { lanesFrom } from '../../../../node/web/screening/lanes.ts'

test('the page explains lanes by the points that the rule has', () => {
  const mayBeRed = true
  expect(laneOf(lanesFrom.amber - 1, { mayBeRed })).toBe('green')
  expect(laneOf(lanesFrom.amber, { mayBeRed })).toBe('amber')
  expect(laneOf(lanesFrom.red - 1, { mayBeRed })).toBe('amber')
  expect(laneOf(lanesFrom.red, { mayBeRed })).toBe('red')
})
