import { run } from '../../bench/restore.ts'
import { restoredThings } from '../../crash/restore.ts'
import { roundsOf, type ScoreRow, withRounds } from '../row.ts'

export const row: ScoreRow = {
  name: 'restore',
  title: 'old memories put back: places signed twice',
  target: '0',
  /** Over all that can be put back. */
  rounds: { full: 200, short: 4 },
  limitSeconds: { full: 900, short: 60 },
  async run(options) {
    const rounds = Math.ceil(roundsOf(row, options) / restoredThings.length)
    const results = await run({ seed: options.seed, rounds })
    return results.map(result => withRounds(result, rounds))
  },
}
