import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { KeptOutcomes, sourceOf } from '../../../scripts/scorecard/kept.ts'
import type { Outcome } from '../../../scripts/scorecard/run-row.ts'

const asked = { name: 'texts', short: true, seed: 1 }
const outcome: Outcome = {
  name: 'texts',
  title: 'texts',
  seconds: 2,
  results: [
    { name: 'a', value: Number.POSITIVE_INFINITY, unit: 's', target: '≤ 1 s', met: false, beside: {} },
    { name: 'b', value: 3, unit: 's', target: '≤ 9 s', met: true, beside: { never: Number.NaN } },
  ],
}

test('a row that was run is found again by another run of the same program, seed and form', async () => {
  const path = join(await folder(), 'kept', 'results.json')
  const kept = await KeptOutcomes.open({ path, source: 'abc' })
  expect(kept.find(asked)).toBeUndefined()
  await kept.keep(asked, outcome)
  const again = await KeptOutcomes.open({ path, source: 'abc' })
  expect(again.find(asked)?.results.map(({ value }) => value)).toEqual([Number.POSITIVE_INFINITY, 3])
  for (const other of [{ seed: 2 }, { short: false }, { rounds: 7 }, { name: 'clock' }]) {
    expect(again.find({ ...asked, ...other })).toBeUndefined()
  }
  expect((await KeptOutcomes.open({ path, source: 'abd' })).find(asked)).toBeUndefined()
})

test('a file that was cut short holds nothing, and is written anew', async () => {
  const path = join(await folder(), 'results.json')
  await writeFile(path, '{"abc sho')
  const kept = await KeptOutcomes.open({ path, source: 'abc' })
  expect(kept.find(asked)).toBeUndefined()
  await kept.keep(asked, outcome)
  expect((await KeptOutcomes.open({ path, source: 'abc' })).find(asked)?.seconds).toBe(2)
})

test('where nothing is known of the program, its state has one name', async () => {
  expect(await sourceOf(await folder())).toBe('no-commit')
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'focalpoint-scorecard-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
