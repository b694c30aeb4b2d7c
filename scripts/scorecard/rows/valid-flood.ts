import { Bed, type Deliveries, p99Of, together } from '../../attack/bed.ts'
import { Child } from '../../attack/child.ts'
import type { FlooderCommands } from '../../attack/flooder.ts'
import type { Changes } from '../../attack/host.ts'
import type { ScoreRow } from '../row.ts'

const flooder = 'XH'
const forger = 'XF'
const hosted = [
  ['QM', 'QN'],
  ['XD', 'XE'],
]
const perMinute = 10_000
const forgedPerSecond = 200
const everyMs = 250
/** In which the flood uses up the burst that every issuer has; told apart from what lasts. */
const burstSeconds = 3
/** Until what was flooded is taken in, so that the next stretch is as quiet as the first. */
const settleMs = 3_000

export const row: ScoreRow = {
  name: 'valid-flood',
  title: `a member floods with ${perMinute} valid notices a minute, and another forges more in its name`,
  target: "change of the others' p99 ≤ 20 %",
  rounds: { full: 3, short: 1 },
  limitSeconds: { full: 400, short: 90 },
  run: async ({ seed, short, rounds = short ? 1 : 3 }) => {
    const seconds = short ? 2 : 8
    const defended = await flooded({ seed, seconds, rounds, changes: {} })
    const control = await flooded({ seed, seconds, rounds: 1, changes: { unsafeNoBudgets: true } })
    return [
      {
        name: "valid flood: change of the others' p99",
        value: defended.change,
        unit: '%',
        target: '≤ 20 %',
        met: defended.change <= 20,
        rounds,
        beside: {
          'p99 without, ms': defended.quiet,
          'p99 with, ms': defended.loud,
          'p99 in its first 3 s, within its burst, ms': defended.first,
          'sent, notices/min': defended.perMinute,
          'processor time of a node without, ms/s': defended.quietCpu,
          'processor time of a node with, ms/s': defended.loudCpu,
          'without budgets, %': control.change,
          'processor time of a node without budgets, ms/s': control.loudCpu,
          'without budgets sent, notices/min': control.perMinute,
        },
      },
    ]
  },
}

interface Flood {
  seed: number
  seconds: number
  rounds: number
  changes: Changes
}

/** Quiet and loud stretches by turns, in one run. */
async function flooded({ seed, seconds, rounds, changes }: Flood) {
  const place = { members: 6, seed }
  await using bed = await Bed.open({ ...place, hosted, changes })
  await using flood = await Child.start<FlooderCommands>('flooder.ts', {
    ...place,
    member: flooder,
    kind: 'own log',
  })
  await using forgery = await Child.start<FlooderCommands>('flooder.ts', {
    ...place,
    member: forger,
    victim: flooder,
    kind: 'forgeries',
  })
  for (const child of [flood, forgery]) await child.ask('connect', await bed.addresses())
  await stretch(bed, 1)
  const [quiet, first, loud]: [Stretch[], Stretch[], Stretch[]] = [[], [], []]
  let perSecond = 0
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(await stretch(bed, seconds))
    await flood.ask('start', perMinute / 60)
    await forgery.ask('start', forgedPerSecond)
    first.push(await stretch(bed, burstSeconds))
    loud.push(await stretch(bed, seconds))
    perSecond = (await flood.ask('stop')).perSecond
    await forgery.ask('stop')
    if (round < rounds - 1) await new Promise(resolve => setTimeout(resolve, settleMs))
  }
  const [before, during] = [p99Of(together(quiet)), p99Of(together(loud))]
  return {
    quiet: before,
    loud: during,
    first: p99Of(together(first)),
    change: (during / before - 1) * 100,
    perMinute: perSecond * 60,
    quietCpu: mean(quiet.map(({ cpu }) => cpu)),
    loudCpu: mean(loud.map(({ cpu }) => cpu)),
  }
}

interface Stretch extends Deliveries {
  /** Milliseconds of processor time that one node took in a second. */
  cpu: number
}

async function stretch(bed: Bed, seconds: number): Promise<Stretch> {
  const before = await cpuOf(bed)
  const startedAt = performance.now()
  const issued = await bed.issue(bed.honest, { count: (seconds * 1_000) / everyMs, everyMs })
  const cpu = (await cpuOf(bed)) - before
  const took = (performance.now() - startedAt) / 1_000
  return { ...(await bed.deliveries(issued, 10_000)), cpu: cpu / took / bed.honest.length }
}

async function cpuOf(bed: Bed): Promise<number> {
  const all = await Promise.all(bed.hosts.map(host => host.ask('cpu')))
  return all.reduce((sum, each) => sum + each, 0)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
