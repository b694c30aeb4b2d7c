import { Bed, p99Of } from '../../attack/bed.ts'
import { Child } from '../../attack/child.ts'
import type { Changes } from '../../attack/host.ts'
import type { StrangersCommands } from '../../attack/strangers.ts'
import type { ScoreRow } from '../row.ts'

const [victim, late] = ['QM', 'XE']
const sockets = 500
const patienceMs = 30_000
/** More would be ended for their number alone, before the gate is asked. */
const controlSockets = 100

export const row: ScoreRow = {
  name: 'strangers',
  title: `${sockets} connections of peers that no registry knows, half of them silent`,
  target: 'past the gate 0',
  limitSeconds: { full: 120, short: 60 },
  run: async ({ seed }) => {
    const defended = await besieged({ seed, changes: {}, sockets, isLateAwaited: true })
    const control = await besieged({
      seed,
      changes: { unsafeOpenGate: true },
      sockets: controlSockets,
      isLateAwaited: false,
    })
    return [
      {
        name: `${sockets} strangers: connections past the gate`,
        value: defended.open + defended.reached,
        unit: '',
        target: '0',
        met: defended.open + defended.reached === 0,
        rounds: sockets,
        beside: {
          [`gate open, ${controlSockets} strangers: connections`]: control.open,
          'of these answered by catch-up or cut there': control.reached,
          'silent sockets borne at once': defended.silent,
          'p99 of honest delivery meanwhile, ms': defended.p99,
          'a late member was in and ready after, s': defended.lateSeconds,
          'memory of the node, MiB': defended.rss,
        },
      },
    ]
  },
}

interface Siege {
  seed: number
  changes: Changes
  sockets: number
  /** Whether a late member is waited for. */
  isLateAwaited: boolean
}

async function besieged({ seed, changes, sockets, isLateAwaited }: Siege) {
  const hosted = [[victim], ['QN', 'XD'], [late]]
  await using bed = await Bed.open({ members: 6, seed, hosted, changes, isApart: true })
  const [ours, others, newcomer] = bed.hosts
  if (!ours || !others || !newcomer) throw new TypeError('There are three hosts.')
  const addresses = [...(await ours.ask('addresses')), ...(await others.ask('addresses'))]
  await Promise.all([ours.ask('connect', addresses), others.ask('connect', addresses)])
  await Promise.all([ours.ask('ready', patienceMs), others.ask('ready', patienceMs)])
  await using strangers = await Child.start<StrangersCommands>('strangers.ts', { members: 6, seed, sockets })
  const [target = ''] = await ours.ask('addresses')
  const knocking = strangers.ask('knock', target)
  const issuing = bed.issue([victim, 'QN', 'XD'], { count: 8, everyMs: 250 })
  // A late member signs nothing before it was answered. It knows of one address only, the besieged one, and nobody there knows of its own.
  const startedAt = performance.now()
  await newcomer.ask('connect', [target])
  const isIn = isLateAwaited && (await newcomer.ask('ready', patienceMs)).length > 0
  const lateSeconds = isIn ? (performance.now() - startedAt) / 1_000 : Number.POSITIVE_INFINITY
  const { open, reached } = await knocking
  const silent = await strangers.ask('silent')
  const p99 = p99Of(await bed.deliveries(await issuing, 10_000))
  return { open, reached, silent, p99, lateSeconds, rss: (await ours.ask('memory')).rss }
}
