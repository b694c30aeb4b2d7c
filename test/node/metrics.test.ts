import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { counters, gauges } from '../../node/metric-table.ts'
import { openMetrics } from '../../node/metrics.ts'
import { readExposition } from './exposition.ts'

test('what is counted and measured stands in the text that Prometheus reads', async () => {
  const { registry, count, measure } = openMetrics()
  const held = { notices: 3 }
  measure('notices', () => held.notices)
  measure('peers', () => [{ labels: { status: 'up to date' }, value: 2 }])
  for (const code of ['gap', 'fork', 'gap']) count('refused', { code, road: 'gossip' })
  count('loop_errors')
  held.notices = 4
  const lines = (await registry.metrics()).split('\n')
  expect(lines).toContain('focalpoint_refused_total{code="gap",road="gossip"} 2')
  expect(lines).toContain('focalpoint_refused_total{code="fork",road="gossip"} 1')
  expect(lines).toContain('focalpoint_loop_errors_total 1')
  expect(lines).toContain('focalpoint_notices 4')
  expect(lines).toContain('focalpoint_peers{status="up to date"} 2')
})

test('a value that is not known is left out, and so is one that is gone', async () => {
  const { registry, measure } = openMetrics()
  const clock: { difference?: number } = {}
  let alarms = [{ labels: { code: 'clock-off' }, value: 1 }]
  measure('clock_difference_seconds', () => clock.difference)
  measure('alarms', () => alarms)
  const namesNow = async () =>
    readExposition(await registry.metrics()).samples.filter(({ name }) =>
      ['focalpoint_clock_difference_seconds', 'focalpoint_alarms'].includes(name),
    )
  expect(await namesNow()).toEqual([{ name: 'focalpoint_alarms', labels: { code: 'clock-off' }, value: 1 }])
  clock.difference = -3
  alarms = []
  expect(await namesNow()).toEqual([{ name: 'focalpoint_clock_difference_seconds', labels: {}, value: -3 }])
})

test('two nodes in one process count apart', async () => {
  const [one, other] = [openMetrics(), openMetrics()]
  one.count('issued', { type: 'denial' })
  expect(await one.registry.metrics()).toContain('focalpoint_issued_total{type="denial"} 1')
  expect(await other.registry.metrics()).not.toContain('focalpoint_issued_total{')
})

test('the table names metrics as Prometheus wants them, and what is counted stands at 0 from the start', async () => {
  const { families, samples } = readExposition(await openMetrics({ ofProcess: true }).registry.metrics())
  expect(families.get('process_cpu_seconds_total')).toBe('counter')
  for (const name of Object.keys(counters)) expect(families.get(`focalpoint_${name}_total`)).toBe('counter')
  expect(samples).toContainEqual({ name: 'focalpoint_forks_total', labels: {}, value: 0 })
  for (const name of Object.keys(gauges)) {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(name).not.toMatch(/_(total|count|sum|bucket|ms|mib)$/)
  }
})

test('whatever the node counts stands in the table, with the same labels', () => {
  const folder = join(import.meta.dirname, '..', '..', 'node')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith('.ts'),
  )
  const counted = sources.flatMap(path => [
    ...readFileSync(join(folder, path), 'utf8').matchAll(/\bcount\('([a-z_]+)'(?:, \{([^}]*)\})?\)/g),
  ])
  expect(counted.length).toBeGreaterThan(10)
  const table: Record<string, { help: string; labels?: readonly string[] }> = counters
  const wrong = counted.flatMap(([, name = '', labels = '']) => {
    const given = labels.split(',').flatMap(label => /^\s*(\w+)/.exec(label)?.[1] ?? [])
    const known = table[name]
    return known && given.join() === (known.labels ?? []).join() ? [] : [{ name, given }]
  })
  expect(wrong).toEqual([])
  const names = new Set(counted.map(([, name]) => name))
  expect(Object.keys(counters).filter(name => !names.has(name))).toEqual([])
})
