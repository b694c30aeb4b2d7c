import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { rows } from '../../../scripts/scorecard/list.ts'
import { runRow } from '../../../scripts/scorecard/run-row.ts'

const { signal } = new AbortController()

test('every row stands in the list under its own name', async () => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'scripts', 'scorecard', 'rows')
  const files = readdirSync(folder).filter(name => name.endsWith('.ts'))
  expect(Object.keys(rows).sort()).toEqual(files.map(name => basename(name, '.ts')).sort())
  for (const [name, load] of Object.entries(rows)) expect((await load()).row.name).toBe(name)
})

test.each(['texts', 'coordinators'])('the row "%s" is run in a process of its own and met', async name => {
  const { results, failed } = await runRow({ name, short: true, seed: 1 }, signal)
  expect(failed).toBeUndefined()
  expect(results.length).toBeGreaterThan(0)
  for (const { met, seconds } of results) expect([met, (seconds ?? 0) > 0]).toEqual([true, true])
})

test('a row that throws says so, and the run goes on', async () => {
  const { results, failed } = await runRow({ name: 'no such row', short: true, seed: 1 }, signal)
  expect(results).toEqual([])
  expect(failed).toContain('no such row')
})

test('an interrupted row is given up', async () => {
  const interrupted = new AbortController()
  const running = runRow({ name: 'malformed', short: false, seed: 1 }, interrupted.signal)
  interrupted.abort()
  expect((await running).failed).toBe('the run was interrupted')
})
