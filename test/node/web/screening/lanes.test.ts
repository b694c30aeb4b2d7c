import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { laneRule } from '../../../../node/api/customs/screening-responses.ts'
import { screeningRule } from '../../../../node/consignment.ts'
import { laneOf } from '../../../../node/screening/rule.ts'
import { html } from '../../../../node/web/html.ts'
import { LaneRule } from '../../../../node/web/screening/lanes.ts'
import { visitOf } from '../visits.ts'

test('pages and the API explain lanes by the points that the rule has', () => {
  const mayBeRed = true
  const { amberFrom, redFrom } = screeningRule
  expect(laneOf(amberFrom - 1, { mayBeRed })).toBe('green')
  expect(laneOf(amberFrom, { mayBeRed })).toBe('amber')
  expect(laneOf(redFrom - 1, { mayBeRed })).toBe('amber')
  expect(laneOf(redFrom, { mayBeRed })).toBe('red')
  for (const told of [
    render(html`<${LaneRule} visit=${visitOf({ address: '/screen', now: 0 })} />`),
    laneRule,
  ])
    for (const from of [amberFrom, redFrom]) expect(told).toContain(String(from))
  expect(laneRule).toContain(screeningRule.name)
})
