import { flipRounds } from '../../crash/flip.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

/** Rounds of the control run, without the checks; it ends early where the damage keeps the store from opening. */
const controlRounds = { full: 12, short: 2 }

export const row: ScoreRow = {
  name: 'flip',
  title: 'a random byte flipped in a random file of the store',
  target: '0; 0; 0',
  rounds: { full: 500, short: 6 },
  limitSeconds: { full: 1200, short: 90 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  const { seed, short } = options
  const rounds = roundsOf(row, options)
  const report = await flipRounds({ rounds, seed, beside: true })
  const control = short ? controlRounds.short : controlRounds.full
  const unchecked = await flipRounds({ rounds: control, seed, unsafeNoCheck: true })
  const { detected, harmless, killed } = report
  const seen = { 'found, rounds': detected, 'harmless, rounds': harmless, 'after a kill, rounds': killed }
  const { gone, wrong, refused, ended } = report.raw
  const raw = {
    wrongServed: { 'LevelDB alone, rows wrong': wrong },
    silentLoss: { 'LevelDB alone, rows gone in silence': gone },
    notRecovered: { 'LevelDB alone, does not open or ends the process, rounds': refused + ended },
  }
  const figure = (
    what: 'wrongServed' | 'silentLoss' | 'notRecovered',
    words: string,
    unit: string,
  ): Result => ({
    name: `a byte flipped in the store: ${words}`,
    value: report[what],
    unit,
    target: '0',
    met: report[what] === 0,
    beside: { ...seen, [`without the checks, ${control} rounds`]: unchecked[what], ...raw[what] },
    rounds,
  })
  return [
    figure('wrongServed', 'wrong bytes served', 'notices'),
    figure('silentLoss', 'lost in silence', 'rows'),
    figure('notRecovered', 'not recovered', 'rounds'),
  ]
}
