import { setTimeout as delay } from 'node:timers/promises'
import { type CrashReport, issuer, Pair, type PairOptions, receiver } from './pair.ts'
import type { Observer } from './power.ts'
import { pick, seededRandom } from './random.ts'

// QM issues, QN receives, each in a process of its own. A round kills one of them or both at a moment that the seed
// chooses, looks into the store that is left before anybody could mend it from a peer, and starts it again. At the end
// the two logs must be one.

export interface CrashOptions extends PairOptions {
  rounds: number
  seed: number
  /** When the kills come; drawn from all moments unless given. */
  moments?: readonly [Moment, ...Moment[]]
}

const longestRunMs = 300
/** Long enough to reach into the opening of store and network. */
const longestStartMs = 1200
/** When a kill comes: twice as often in the middle of work. */
const allMoments = ['starting', 'between promise and answer', 'working', 'working'] as const
type Moment = (typeof allMoments)[number]

/** Pairs that are tried at the same time: a pair alone leaves a core idle. */
const lanes = 2

/** The rounds shared out over pairs of folders, each of which lives through all of its rounds, so that damage adds up. */
export async function crashRounds(options: CrashOptions): Promise<CrashReport> {
  const pairs = Math.min(lanes, options.rounds)
  const shares = Array.from({ length: pairs }, (_, lane) => ({
    ...options,
    seed: options.seed + lane,
    rounds: Math.floor((options.rounds + lane) / pairs),
  }))
  const reports = await Promise.all(shares.map(roundsOfOnePair))
  return reports.reduce((sum, report) => ({
    rounds: sum.rounds + report.rounds,
    acknowledged: {
      issued: sum.acknowledged.issued + report.acknowledged.issued,
      received: sum.acknowledged.received + report.acknowledged.received,
    },
    lost: sum.lost + report.lost,
    doubled: sum.doubled + report.doubled,
    forked: sum.forked + report.forked,
    cutBytes: sum.cutBytes + report.cutBytes,
    differing: sum.differing + report.differing,
    setAside: sum.setAside + report.setAside,
  }))
}

async function roundsOfOnePair(options: CrashOptions): Promise<CrashReport> {
  const random = seededRandom(options.seed)
  await using pair = await Pair.open(options)
  for (let round = 0; round < options.rounds; round++) {
    const moment = pick<Moment>(random, options.moments ?? allMoments)
    const victims = pick(random, [[issuer], [receiver], [issuer, receiver]])
    if (moment === 'starting') await pair.start()
    else await pair.startAndWork()
    await delay(random() * (moment === 'starting' ? longestStartMs : longestRunMs))
    if (moment === 'between promise and answer') await pair.dieUnanswered()
    else await pair.kill(victims)
  }
  return await pair.finish(options.rounds)
}

/** Each round in a pair of its own, whose power is cut once: what is lost may not be mended from a peer. */
export async function powerCutsApart(options: CrashOptions): Promise<{ acknowledged: number; lost: number }> {
  const random = seededRandom(options.seed)
  const sum = { acknowledged: 0, lost: 0 }
  for (let round = 0; round < options.rounds; round++) {
    await using pair = await Pair.open(options)
    await pair.startAndWork()
    await delay(random() * longestRunMs)
    await pair.kill([issuer, receiver])
    sum.acknowledged += pair.acknowledged.issued + pair.acknowledged.received
    sum.lost += pair.lost
  }
  return sum
}

/**
 * Each round in a pair of its own, whose issuer loses what it had not flushed and goes on as if nothing had happened:
 * the control run for what a crash must never do. Logs that differ are not waited for to become one.
 */
export async function forgetfulRounds(
  options: CrashOptions & { cut: { power: Observer } },
): Promise<{ forked: number; differing: number }> {
  const random = seededRandom(options.seed)
  const sum = { forked: 0, differing: 0 }
  for (let round = 0; round < options.rounds; round++) {
    await using pair = await Pair.open({ ...options, unsafeNoSync: true, unsafeNoGuard: true })
    await pair.startAndWork()
    await delay(random() * longestRunMs)
    await pair.kill([issuer])
    await pair.startAlone()
    await pair.stop()
    sum.forked += pair.forked
    sum.differing += await pair.differing()
  }
  return sum
}
