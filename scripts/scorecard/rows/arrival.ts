import { openBrowser, signIn } from '../../pages/browser.ts'
import { openDemonstration } from '../../pages/demonstration.ts'
import { issue } from '../../pages/issue.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

const mostMs = 2000

export const row: ScoreRow = {
  name: 'arrival',
  title: 'until an open page shows what another State released',
  target: `≤ ${mostMs} ms`,
  rounds: { full: 50, short: 5 },
  limitSeconds: { full: 300, short: 60 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  await using demonstration = await openDemonstration()
  await using browser = await openBrowser()
  const { page } = await signIn(browser, demonstration.node('QN'), 'officer')
  await page.goto('/notices')
  const rounds = roundsOf(row, options)
  const times: number[] = []
  while (times.length < rounds && !options.signal.aborted) {
    const id = await issue(demonstration.node('QM'))
    const releasedAt = performance.now()
    await page.locator(`#notices a[href="/notices/${id}"]`).waitFor()
    times.push(performance.now() - releasedAt)
  }
  const sorted = times.toSorted((one, other) => one - other)
  const slowest = sorted.at(-1) ?? Number.NaN
  return [
    {
      name: 'release answered → on the open page of another State, without a reload, slowest',
      value: slowest,
      unit: 'ms',
      target: row.target,
      met: slowest <= mostMs,
      beside: { 'median, ms': sorted[Math.floor(sorted.length / 2)] ?? Number.NaN },
      rounds: times.length,
    },
  ]
}
