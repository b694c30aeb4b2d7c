import { findObserver } from '../crash/power.ts'
import { crashRounds, powerCutsApart } from '../crash/rounds.ts'
import { besideForgetful, rowsOf } from './crash.ts'
import type { BenchOptions, Row } from './rows.ts'

/** Rounds of the control run. */
const controlRounds = 5

/** The same with the power: what an observer outside the program did not see flushed is taken away. */
export async function run({ seed, rounds = 100 }: BenchOptions): Promise<Row[]> {
  const observer = findObserver()
  if (observer === undefined) return [notObserved]
  const cut = { power: observer }
  const report = await crashRounds({ rounds, seed, cut })
  const control = Math.min(controlRounds, rounds)
  const unsynced = await powerCutsApart({ rounds: control, seed, cut, unsafeNoSync: true })
  return rowsOf('power cut', report, {
    lost: {
      'seen by': observer,
      'unflushed bytes that the cuts took': report.cutBytes,
      [`sync: false, ${control} rounds, lost`]: unsynced.lost,
      'of acknowledged': unsynced.acknowledged,
    },
    ...(await besideForgetful(observer, { seed, rounds: control })),
  })
}

const notObserved: Row = {
  name: 'power cut: acknowledged notices lost',
  value: Number.NaN,
  unit: 'notices',
  target: '0',
  met: false,
  beside: { 'not measured': 'neither strace nor gcc is there' },
}
