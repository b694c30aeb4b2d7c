import { run } from '../../bench/power-cut.ts'
import { roundsOf, type ScoreRow, withRounds } from '../row.ts'

export const row: ScoreRow = {
  name: 'power-cut',
  title: 'power cut: what was not seen flushed is taken away',
  target: '0',
  rounds: { full: 500, short: 2 },
  limitSeconds: { full: 1500, short: 90 },
  async run(options) {
    const rounds = roundsOf(row, options)
    const results = await run({ seed: options.seed, rounds })
    return results.map(result => withRounds(result, rounds))
  },
}
