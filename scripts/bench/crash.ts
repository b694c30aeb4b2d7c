import type { CrashReport } from '../crash/pair.ts'
import { findObserver, type Observer } from '../crash/power.ts'
import { crashRounds, forgetfulRounds } from '../crash/rounds.ts'
import type { BenchOptions, Row } from './rows.ts'

/** Rounds of the control run, each of which dies between promise and answer. */
const controlRounds = 5

/** `kill -9` at moments that the seed chooses, while one node issues and another receives. */
export async function run({ seed, rounds = 100 }: BenchOptions): Promise<Row[]> {
  const report = await crashRounds({ rounds, seed, cut: 'process' })
  const moments = ['between promise and answer'] as const
  const control = Math.min(controlRounds, rounds)
  const careless = await crashRounds({
    rounds: control,
    seed,
    cut: 'process',
    moments,
    unsafeNoKey: true,
  })
  return rowsOf('kill -9', report, {
    doubled: { [`asked again without a key, ${control} rounds, doubled`]: careless.doubled },
    ...(await besideForgetful(findObserver(), { seed, rounds: control })),
  })
}

/** What a crash does to logs where neither flush nor guard stands in its way. */
export async function besideForgetful(
  observer: Observer | undefined,
  { seed, rounds }: Required<BenchOptions>,
): Promise<Beside> {
  if (observer === undefined) {
    const unseen = { 'without flush and guard': 'not measured: neither strace nor gcc is there' }
    return { forked: unseen, differing: unseen }
  }
  const { forked, differing } = await forgetfulRounds({ rounds, seed, cut: { power: observer } })
  const what = `power cut without flush and guard, ${rounds} rounds`
  return {
    forked: { [`${what}, signed twice`]: forked },
    differing: { [`${what}, differing`]: differing },
  }
}

type Beside = Partial<Record<'lost' | 'doubled' | 'forked' | 'differing', Row['beside']>>

/** A row for each thing that must not happen. */
export function rowsOf(name: string, report: CrashReport, beside: Beside): Row[] {
  const { rounds, acknowledged } = report
  const seen = {
    rounds,
    'acknowledged by the issuer': acknowledged.issued,
    'by the receiver': acknowledged.received,
  }
  const row = (what: keyof Beside, words: string, unit: string): Row => ({
    name: `${name}: ${words}`,
    value: report[what],
    unit,
    target: '0',
    met: report[what] === 0,
    beside: { ...seen, ...beside[what] },
  })
  return [
    row('lost', 'acknowledged notices lost', 'notices'),
    row('doubled', 'drafts or feed lines that became two', 'notices'),
    row('forked', 'places signed twice', 'places'),
    row('differing', 'places at which the logs differ in the end', 'places'),
  ]
}
