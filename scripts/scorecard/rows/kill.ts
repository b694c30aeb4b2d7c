import { run } from '../../bench/crash.ts'
import { roundsOf, type ScoreRow, withRounds } from '../row.ts'

export const row: ScoreRow = {
  name: 'kill',
  title: 'kill -9 while one node issues and another receives',
  target: '0',
  rounds: { full: 1000, short: 3 },
  limitSeconds: { full: 1500, short: 90 },
  async run(options) {
    const rounds = roundsOf(row, options)
    const results = await run({ seed: options.seed, rounds })
    return results.map(result => withRounds(result, rounds))
  },
}
