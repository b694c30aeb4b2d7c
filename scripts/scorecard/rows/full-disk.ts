import { fullDiskRounds } from '../../crash/full-disk.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

const soonSeconds = 10

export const row: ScoreRow = {
  name: 'full-disk',
  title: 'the disk is full, and then has space again',
  target: 'acknowledged lost 0; writing again in ≤ 10 s',
  rounds: { full: 10, short: 1 },
  limitSeconds: { full: 600, short: 90 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  const report = await fullDiskRounds({ rounds: roundsOf(row, options) })
  const { rounds, means, acknowledged, acknowledgedLost, secondsToWriteAgain, doubled, refusals, raw } =
    report
  const how =
    means === 'tmpfs'
      ? 'a small disk that is filled'
      : 'a limit on the size of files (nothing may be mounted)'
  return [
    {
      name: 'disk full: acknowledged notices lost',
      value: acknowledgedLost,
      unit: 'notices',
      target: '0',
      met: acknowledgedLost === 0 && doubled === 0,
      beside: {
        'made full by': how,
        'of acknowledged': acknowledged,
        'drafts that became two notices': doubled,
        'refused with': Object.entries(refusals)
          .map(([code, count]) => `${code} × ${count}`)
          .join(', '),
        'LevelDB alone, lost': raw.acknowledgedLost,
      },
      rounds,
    },
    {
      name: 'disk full: until it writes again',
      value: secondsToWriteAgain,
      unit: 's',
      target: `≤ ${soonSeconds} s`,
      met: secondsToWriteAgain <= soonSeconds,
      beside: {
        'LevelDB alone': raw.wroteAgain
          ? `${raw.secondsToWriteAgain.toFixed(2)} s, and what it had promised before is gone`
          : 'never until it is reopened',
      },
      rounds,
    },
  ]
}
