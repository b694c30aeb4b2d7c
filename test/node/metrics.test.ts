import { expect, test } from 'vitest'
import { openMetrics } from '../../node/metrics.ts'

test('what is counted and measured stands in the text that Prometheus reads', async () => {
  const { registry, count, measure } = openMetrics()
  const held = { notices: 3 }
  measure('notices', 'Notices held here.', () => held.notices)
  for (const code of ['gap', 'fork', 'gap']) count('refused', { code, road: 'gossip' })
  count('loop_errors')
  held.notices = 4
  const lines = (await registry.metrics()).split('\n')
  expect(lines).toContain('focalpoint_refused_total{code="gap",road="gossip"} 2')
  expect(lines).toContain('focalpoint_refused_total{code="fork",road="gossip"} 1')
  expect(lines).toContain('focalpoint_loop_errors_total 1')
  expect(lines).toContain('focalpoint_notices 4')
})

test('two nodes in one process count apart', async () => {
  const [one, other] = [openMetrics(), openMetrics()]
  one.count('issued', { type: 'denial' })
  expect(await other.registry.metrics()).not.toContain('focalpoint_issued_total')
})
