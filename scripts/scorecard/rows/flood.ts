import { Bed, p99Of, waitFor } from '../../attack/bed.ts'
import { Child } from '../../attack/child.ts'
import type { FlooderCommands, FloodKind } from '../../attack/flooder.ts'
import type { Changes } from '../../attack/host.ts'
import type { Result, ScoreRow } from '../row.ts'

const flooder = 'XH'
const victim = 'QM'
const others = ['QN', 'XD', 'XE']
const perSecond = 5_000
const cutOff = 'A peer that sends what every honest node refuses was cut off'
/** A node that has not cut it off until then never does. */
const neverMs = { full: 4_000, short: 2_000 }
/** What is later than this after the last was issued counts as not come. */
const patienceMs = { full: 10_000, short: 4_000 }

export const row: ScoreRow = {
  name: 'flood',
  title: `a member floods with ${perSecond} invalid notices a second`,
  target: 'isolated in ≤ 1 s; honest p99 ≤ 250 ms; memory ≤ 400 MB',
  limitSeconds: { full: 240, short: 120 },
  run: async ({ seed, short }) => {
    const seconds = short ? 2 : 15
    const kinds: FloodKind[] = short ? ['broken signatures'] : ['broken signatures', 'garbage']
    const form = short ? 'short' : 'full'
    const kind = 'broken signatures'
    const defaults = await flooded({ seed, seconds: short ? 1 : 3, form, kind, changes: undefended })
    const results: Result[] = []
    for (const kind of kinds) {
      const { isolatedMs, p99, rssMb, reached, returned } = await flooded({
        seed,
        seconds,
        form,
        kind,
        changes: {},
      })
      const name = `invalid flood (${kind})`
      results.push(
        {
          name: `${name}: isolated by all in`,
          value: isolatedMs / 1_000,
          unit: 's',
          target: '≤ 1 s',
          met: isolatedMs <= 1_000,
          rounds: 1,
          beside: {
            'gossipsub defaults': Number.isFinite(defaults.isolatedMs)
              ? defaults.isolatedMs / 1_000
              : 'never',
            'reached, messages/s': reached,
            'let in again when it comes back': returned,
          },
        },
        {
          name: `${name}: p99 of honest delivery`,
          value: p99,
          unit: 'ms',
          target: '≤ 250 ms',
          met: p99 <= 250,
          beside: { 'gossipsub defaults, ms': defaults.p99, 'without a flood, ms': defaults.quietP99 },
        },
        {
          name: `${name}: memory of a node`,
          value: rssMb,
          unit: 'MB',
          target: '≤ 400 MB',
          met: rssMb <= 400,
          beside: { 'gossipsub defaults, MB': defaults.rssMb, 'there reached, messages/s': defaults.reached },
        },
      )
    }
    return results
  },
}

const undefended: Changes = { unsafeNoScores: true }

interface Flood {
  seed: number
  seconds: number
  form: 'full' | 'short'
  kind: FloodKind
  changes: Changes
}

async function flooded({ seed, seconds, form, kind, changes }: Flood) {
  const members = 6
  await using bed = await Bed.open({ members, seed, hosted: [[victim], others], changes })
  const quiet = await bed.deliveries(await traffic(bed, 2), 10_000)
  await using attack = await Child.start<FlooderCommands>('flooder.ts', {
    members,
    seed,
    member: flooder,
    kind,
  })
  await attack.ask('connect', await bed.addresses())
  await bed.hostOf(victim).ask('watchMemory')
  const startedAt = await attack.ask('start', perSecond)
  const underWay = traffic(bed, seconds)
  const isolatedAt = await waitFor(
    async () => {
      const lines = await Promise.all(bed.hosts.map(host => host.ask('said')))
      const cuts = lines.map(said => said[cutOff])
      const isAll = cuts.reduce((sum, cut) => sum + (cut?.count ?? 0), 0) === bed.honest.length
      if (!isAll || (await attack.ask('listening')) > 0) return undefined
      return Math.max(...cuts.map(cut => cut?.lastAt ?? 0))
    },
    { patienceMs: neverMs[form] },
  )
  const issued = await underWay
  const { perSecond: reached } = await attack.ask('stop')
  const delivered = await bed.deliveries(issued, patienceMs[form])
  const { rss } = await bed.hostOf(victim).ask('memory')
  return {
    isolatedMs: isolatedAt === undefined ? Number.POSITIVE_INFINITY : isolatedAt - startedAt,
    p99: p99Of(delivered),
    quietP99: p99Of(quiet),
    rssMb: (rss * 2 ** 20) / 1e6,
    reached,
    returned: Number.isFinite(isolatedAt ?? Number.NaN) ? await attack.ask('comeAgain') : 'was never out',
  }
}

function traffic(bed: Bed, seconds: number) {
  const everyMs = 400
  return bed.issue(bed.honest, { count: Math.round((seconds * 1_000) / everyMs), everyMs })
}
