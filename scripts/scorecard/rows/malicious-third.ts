import { Bed, type Deliveries, p99Of } from '../../attack/bed.ts'
import { Child } from '../../attack/child.ts'
import type { Changes } from '../../attack/host.ts'
import type { LiarsCommands, Manner } from '../../attack/liars.ts'
import { membersUpTo } from '../../example-alliance.ts'
import type { ScoreRow } from '../row.ts'

const members = 18
const manners: readonly Manner[] = ['drop', 'delay', 'strip', 'stale', 'drop', 'stale']
const lateMs = 5_000
const everyMs = 2_000
const patienceMs = 20_000

export const row: ScoreRow = {
  name: 'malicious-third',
  title: 'a third of 18 members drops, delays, strips or holds back what others say',
  target: 'honest delivery 100 %; p99 ≤ 3 s',
  limitSeconds: { full: 240, short: 120 },
  run: async ({ seed, short }) => {
    const count = short ? 2 : 12
    const defended = await delivered({ seed, count, patienceMs, changes: {} })
    const control = await delivered({ seed, count: 2, patienceMs: 5_000, changes: unconnected })
    const share = (defended.tookMs.length / defended.due) * 100
    const p99 = p99Of(defended)
    return [
      {
        name: 'a third malicious: honest delivery',
        value: share,
        unit: '%',
        target: '100 %',
        met: share === 100,
        rounds: defended.due,
        beside: { 'one neighbour, no catch-up, %': (control.tookMs.length / control.due) * 100 },
      },
      {
        name: 'a third malicious: p99 of honest delivery',
        value: p99 / 1_000,
        unit: 's',
        target: '≤ 3 s',
        met: p99 <= 3_000,
        rounds: defended.due,
        beside: { 'longest, s': Math.max(...defended.tookMs) / 1_000 },
      },
    ]
  },
}

/** Nobody is heard but through one neighbour, and nobody is asked. */
const unconnected: Changes = { degree: 1, beaconSeconds: 3_600, catchUpSeconds: 3_600 }

interface Run {
  seed: number
  count: number
  patienceMs: number
  changes: Changes
}

async function delivered({ seed, count, patienceMs, changes }: Run): Promise<Deliveries> {
  const ids = membersUpTo(members).map(({ id }) => id)
  const honest = ids.filter((_, at) => at % 3 !== 2)
  const liars = ids.filter((_, at) => at % 3 === 2)
  const half = honest.length / 2
  const hosted = [honest.slice(0, half), honest.slice(half)]
  await using bed = await Bed.open({ members, seed, hosted, changes, isApart: true })
  await using bad = await Child.start<LiarsCommands>('liars.ts', {
    members,
    seed,
    liars: liars.map((member, at) => ({ member, manner: manners[at] ?? 'drop' })),
    lateMs,
  })
  const addresses = [...(await bed.addresses()), ...(await bad.ask('addresses'))]
  await Promise.all([bed.connect(addresses), bad.ask('connect', addresses)])
  const ready = await bed.ready(patienceMs)
  return await bed.deliveries(await bed.issue(ready, { count, everyMs }), patienceMs)
}
