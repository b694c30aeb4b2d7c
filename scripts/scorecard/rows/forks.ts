import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTrust, type Registry } from '#protocol'
import type { Logger } from '../../../node/core.ts'
import { writeNothingSigned } from '../../../node/last-signed.ts'
import { type FocalpointNode, openNode } from '../../../node/node.ts'
import { type Alliance, makeAlliance } from '../../alliance.ts'
import { quantile, waitFor } from '../../attack/bed.ts'
import { benchConfig, exampleOf, officer, releaser, silent } from '../../bench/bench-node.ts'
import { demonstrationMembers, demonstrationPlan } from '../../example-alliance.ts'
import { type Result, roundsOf, type ScoreRow } from '../row.ts'

const cloned = 'XF'
/** In one channel, so that each half has enough of them to let a restored node sign at once. */
const members = demonstrationMembers.map(member => ({ ...member, channels: ['torture'] }))
const halves = [
  ['QM', 'QN', cloned],
  ['XD', 'XE', cloned],
] as const
/** Notices that each of the two clones signs while the network is split. */
const signedInEachHalf = 3
const patienceMs = 20_000

export const row: ScoreRow = {
  name: 'forks',
  title: 'two nodes with one key on both sides of a cut network',
  target: 'a proof on every node; p95 ≤ 5 s after healing',
  rounds: { full: 100, short: 2 },
  limitSeconds: { full: 1_200, short: 60 },
  run: async options => {
    const rounds = roundsOf(row, options)
    const tally: Tally = { nodes: 0, proven: 0, provenWhileCut: 0, tookMs: [], lowest: 0 }
    let done = 0
    for (; done < rounds && !options.signal.aborted; done += 1) await oneRound(options.seed + done, tally)
    return resultsOf(tally, done)
  },
}

interface Tally {
  nodes: number
  proven: number
  provenWhileCut: number
  /** Nodes that have frozen the log before the first place that was signed twice. */
  lowest: number
  tookMs: number[]
}

function resultsOf({ nodes, proven, provenWhileCut, lowest, tookMs }: Tally, rounds: number): Result[] {
  const share = (100 * proven) / nodes
  const p95 = quantile(tookMs, 0.95) / 1_000
  return [
    {
      name: 'one key on both sides of a cut: nodes that hold the proof',
      value: share,
      unit: '%',
      target: '100 %',
      met: proven === nodes,
      rounds,
      beside: {
        'while still cut, nodes': provenWhileCut,
        'frozen before the first place signed twice, nodes': `${lowest} of ${nodes}`,
        hypercore: 'its fork test is skipped as flaky',
      },
    },
    {
      name: 'one key on both sides of a cut: proof after healing, p95',
      value: p95,
      unit: 's',
      target: '≤ 5 s',
      met: proven === nodes && p95 <= 5,
      rounds,
      beside: { 'slowest, s': Math.max(...tookMs) / 1_000 },
    },
  ]
}

async function oneRound(seed: number, tally: Tally): Promise<void> {
  const alliance = await makeAlliance({ ...demonstrationPlan, members, seed: `forks ${seed}` })
  const registry = await openTrust(alliance.trust)
  await using opened = new AsyncDisposableStack()
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'focalpoint-forks-')), path =>
    rm(path, { recursive: true, force: true }),
  )
  const sides = await Promise.all(
    halves.map((half, side) =>
      Promise.all(
        half.map(async member =>
          opened.use(
            await openWitness({ alliance, registry, member, dir: join(folder, `${side}-${member}`) }),
          ),
        ),
      ),
    ),
  )
  for (const side of sides) await connectAll(side)
  const clones = sides.flat().filter(({ member }) => member === cloned)
  for (const { node } of clones) {
    await waitFor(async () => (node.desk.network().signing.state === 'ready' ? true : undefined), {
      patienceMs,
    })
    for (let count = 0; count < signedInEachHalf; count += 1) await issue(node)
  }
  await Promise.all(sides.flat().map(witness => untilHeld(witness)))
  const all = sides.flat()
  tally.nodes += all.length
  tally.provenWhileCut += all.filter(({ provenAt }) => provenAt() !== undefined).length

  const healedAt = Date.now()
  await connectAll(all)
  await waitFor(async () => (all.every(({ provenAt }) => provenAt() !== undefined) ? true : undefined), {
    patienceMs,
  })
  const places = await waitFor(
    async () => {
      const frozen = await Promise.all(all.map(({ node }) => lowestDisputed(node)))
      return frozen.every(place => place === 1) ? frozen : undefined
    },
    { patienceMs: 5_000 },
  )
  for (const { provenAt } of all) {
    const at = provenAt()
    if (at === undefined) continue
    tally.proven += 1
    tally.tookMs.push(at - healedAt)
  }
  tally.lowest += (places ?? (await Promise.all(all.map(({ node }) => lowestDisputed(node))))).filter(
    place => place === 1,
  ).length
}

interface Witness extends AsyncDisposable {
  member: string
  node: FocalpointNode
  /** When its log first said so. */
  provenAt: () => number | undefined
}

interface Opening {
  alliance: Alliance
  registry: Registry
  member: string
  dir: string
}

async function openWitness({ alliance, registry, member, dir }: Opening): Promise<Witness> {
  const keys = alliance.memberKeys.find(each => each.member === member)
  if (keys === undefined) throw new TypeError(`There are no keys of ${member}.`)
  const config = benchConfig(member, dir)
  await writeNothingSigned(config.signing.lastSignedDir, ['torture', 'capital'])
  let at: number | undefined
  const log: Logger = {
    ...silent,
    error: (_, text) => {
      if (text === 'fork proven') at ??= Date.now()
    },
  }
  const node = await openNode({ config, keys, registry, log })
  return { member, node, provenAt: () => at, [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() }
}

async function connectAll(witnesses: readonly Witness[]): Promise<void> {
  const addresses = witnesses.flatMap(({ node }) => node.addresses())
  await Promise.all(
    witnesses.map(({ node }) =>
      node.connectTo(addresses.filter(address => !address.endsWith(`/p2p/${node.peerId}`))),
    ),
  )
}

async function issue({ desk }: FocalpointNode): Promise<void> {
  const { id } = await desk.drafts.create(exampleOf('denial'), officer)
  await desk.release(id, releaser, {})
}

async function untilHeld({ node }: Witness): Promise<void> {
  await waitFor(
    async () => {
      const held = await node.desk.notices.list({ issuer: cloned, limit: 10 }, { nominal: false })
      return held.length === signedInEachHalf ? true : undefined
    },
    { patienceMs },
  )
}

async function lowestDisputed({ desk }: FocalpointNode): Promise<number | undefined> {
  const held = await desk.notices.list({ issuer: cloned, limit: 10 }, { nominal: false })
  const disputed = held.flatMap(({ standing, seq }) => (standing === 'disputed' ? [seq] : []))
  return disputed.length === 0 ? undefined : Math.min(...disputed)
}
