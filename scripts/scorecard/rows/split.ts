import { Bed, waitFor } from '../../attack/bed.ts'
import { Line } from '../../attack/line.ts'
import type { ScoreRow } from '../row.ts'

const halves = [
  ['QM', 'QN', 'XD'],
  ['XE', 'XF', 'XH'],
] as const
const patienceMs = 60_000

export const row: ScoreRow = {
  name: 'split',
  title: 'six nodes in two halves that hear nothing of each other while both issue',
  target: 'identical stores after healing ≤ 15 s',
  limitSeconds: { full: 180, short: 60 },
  run: async ({ seed, short }) => {
    const notices = short ? 120 : 1_000
    const { seconds, isIdentical, apart } = await healed(seed, notices)
    return [
      {
        name: `split in halves, ${notices} notices each side: identical stores after`,
        value: seconds,
        unit: 's',
        target: '≤ 15 s',
        met: isIdentical && seconds <= 15,
        rounds: 2 * notices,
        beside: { 'different stores while it was cut': apart },
      },
    ]
  },
}

async function healed(seed: number, notices: number) {
  await using opened = new AsyncDisposableStack()
  const bed = opened.use(await Bed.open({ members: 6, seed, hosted: halves, isApart: true }))
  const [left, right] = bed.hosts
  if (!left || !right) throw new TypeError('There are two halves.')
  const lines: Line[] = []
  for (const [near, far] of [
    [left, right],
    [right, left],
  ] as const) {
    await near.ask('connect', await near.ask('addresses'))
    const across = await Promise.all((await far.ask('addresses')).map(address => Line.open(address)))
    for (const line of across) lines.push(opened.use(line))
    await near.ask(
      'connect',
      across.map(({ address }) => address),
    )
  }
  await bed.ready()

  for (const line of lines) line.cut()
  const each = Math.ceil(notices / 3)
  const issued = await bed.issue(bed.honest, { count: each, everyMs: 0 })
  await withinHalves(bed, issued.length / 2)
  const apart = new Set(await digests(bed)).size

  const healedAt = performance.now()
  for (const line of lines) line.heal()
  const isWhole = await waitFor(
    async () => ((await counts(bed)).every(count => count >= issued.length) ? true : undefined),
    { patienceMs },
  )
  const seconds = isWhole ? (performance.now() - healedAt) / 1_000 : Number.POSITIVE_INFINITY
  return { seconds, isIdentical: new Set(await digests(bed)).size === 1, apart }
}

/** Each half has spread its own, so that healing is all that is measured. */
async function withinHalves(bed: Bed, count: number): Promise<void> {
  await waitFor(async () => ((await counts(bed)).every(held => held >= count) ? true : undefined), {
    patienceMs,
  })
}

async function counts(bed: Bed): Promise<number[]> {
  return (await Promise.all(bed.hosts.map(host => host.ask('held')))).flatMap(held => Object.values(held))
}

async function digests(bed: Bed): Promise<string[]> {
  const all = await Promise.all(bed.hosts.map(host => host.ask('digests')))
  return all.flatMap(digests => Object.values(digests))
}
