import { expect, test } from 'vitest'
import { z } from 'zod'
import { alarmCodes } from '../../../node/alarms.ts'
import { counters, gauges } from '../../../node/metric-table.ts'
import { openMetrics } from '../../../node/metrics.ts'
import { textOf } from '../../house/tree.ts'
import { readExposition } from '../exposition.ts'

const alerts = textOf('node/deploy/alerts.yaml')
const board = z
  .looseObject({
    panels: z.array(
      z.looseObject({
        id: z.number(),
        type: z.string(),
        title: z.string(),
        targets: z.array(z.looseObject({ expr: z.string() })).optional(),
      }),
    ),
  })
  .parse(JSON.parse(textOf('node/deploy/grafana.json')))

/** The text of each rule, from its name to the next. */
const rules = alerts
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map(rule => ({
    name: /^\w+/.exec(rule)?.[0] ?? '',
    rule,
    expr: /^ {8}expr: (.+)$/m.exec(rule)?.[1] ?? '',
  }))
const exprs = [
  ...rules.map(({ expr }) => expr),
  ...board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
]

const ours = new Map<string, readonly string[]>([
  ...Object.entries<{ labels?: readonly string[]; help: string }>(gauges).map(
    ([name, { labels = [] }]) => [`focalpoint_${name}`, labels] as const,
  ),
  ...Object.entries<{ labels?: readonly string[]; help: string }>(counters).map(
    ([name, { labels = [] }]) => [`focalpoint_${name}_total`, labels] as const,
  ),
])

/** What Prometheus itself adds to every sample. */
const scraped = ['instance', 'job']

test('alerts and dashboard ask only for metrics that there are, by labels that they have', async () => {
  const { families } = readExposition(await openMetrics({ ofProcess: true }).registry.metrics())
  const known = new Set([...families.keys(), ...ours.keys(), 'up'])
  const asked = exprs.flatMap(expr => [
    ...expr.matchAll(/\b((?:focalpoint|process|nodejs)_\w+|up)\b(?:\{([^}]*)\})?/g),
  ])
  expect(asked.length).toBeGreaterThan(40)
  const unknown = asked.map(([, name = '']) => name).filter(name => !known.has(name))
  expect(unknown).toEqual([])
  const mislabelled = asked.flatMap(([text, name = '', labels = '']) =>
    [...labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)]
      .map(([, label = '']) => label)
      .filter(label => ![...scraped, ...(ours.get(name) ?? [])].includes(label))
      .map(label => ({ text, label })),
  )
  expect(mislabelled).toEqual([])
  const codes = exprs.flatMap(expr =>
    [...expr.matchAll(/alarms\{code=~?"([^"]+)"/g)].flatMap(([, codes = '']) => codes.split('|')),
  )
  for (const code of codes) expect(alarmCodes).toContain(code)
})

test('every alert says what is so and what to do', () => {
  expect(rules.length).toBeGreaterThan(15)
  for (const { name, rule, expr } of rules) {
    expect({ name, expr: expr !== '' }).toEqual({ name, expr: true })
    expect(rule).toMatch(/^ {10}severity: (critical|warning)$/m)
    expect(rule).toMatch(/^ {10}summary: \S.{15,}$/m)
    expect(rule).toMatch(/^ {10}description: \S.{30,}$/m)
    expect(rule).not.toMatch(/^ {10}(?:summary|description): [^"\n]*: /m)
  }
})

test('parentheses and braces close in every expression', () => {
  for (const expr of exprs) {
    for (const [open, close] of ['()', '{}', '[]'].map(pair => [...pair])) {
      const count = (sign: string | undefined) => [...expr].filter(each => each === sign).length
      expect({ expr, balance: count(open) - count(close) }).toEqual({ expr, balance: 0 })
    }
  }
})

test('whatever can go wrong by the table of alarms has its alert, and every panel its own number', () => {
  const gaugesWithAlert = [
    'ready',
    'signing',
    'forks_open',
    'stops_open',
    'registry_expiry_timestamp_seconds',
    'key_expiry_timestamp_seconds',
    'peers',
    'outbox_oldest_seconds',
    'disk_free_bytes',
    'stores_set_aside',
    'last_backup_timestamp_seconds',
    'clock_difference_seconds',
  ]
  const inAlerts = rules.map(({ expr }) => expr).join('\n')
  expect(gaugesWithAlert.filter(name => !new RegExp(`\\bfocalpoint_${name}\\b`).test(inAlerts))).toEqual([])
  const ids = board.panels.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
