import { limits, noticeTypes } from '#protocol'
import { pick, seededRandom } from '../../crash/random.ts'
import { keys, registry } from '../../vectors/alliance.ts'
import { type Written, writtenAt } from '../../vectors/writing.ts'
import { logOf } from '../history.ts'
import { Judge } from '../judge.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

const day = 86_400
/** Each node and each issuer goes by one of these. */
const clocks = [-day, 0, day]
const issuers = ['QM', 'QN', 'XE'] as const
/** One in so many is lost on the way and comes by catch-up, after its successors. */
const lostOneIn = 5

export const row: ScoreRow = {
  name: 'clock',
  title: 'clocks a day fast or slow, of issuers and of receivers',
  target: '0; 0',
  /** Notices, over all issuers. */
  rounds: { full: 3000, short: 300 },
  limitSeconds: { full: 300, short: 60 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  const random = seededRandom(options.seed)
  const count = Math.ceil(roundsOf(row, options) / issuers.length)
  // Each issuer's clock is set right or wrong again and again: its notices may claim to be older than those before.
  const logs = issuers.map(issuer =>
    logOf({
      issuer,
      key: keys[issuer].signing,
      count,
      iat: seq => writtenAt + 2 * seq + pick(random, [0, day, -day]),
    }),
  )
  const seen = { wrongRejects: 0, lost: 0, wrongWithRule: 0 }
  for (const offset of clocks) {
    const { lost, wrongRejects, wrongWithRule } = await received(offset, logs, random)
    seen.lost += lost
    seen.wrongRejects += wrongRejects
    seen.wrongWithRule += wrongWithRule
  }
  const rounds = issuers.length * count * clocks.length
  return [
    {
      name: 'clocks ± 1 day: notices lost',
      value: seen.lost,
      unit: 'notices',
      target: '0',
      met: seen.lost === 0,
      beside: { 'with a rule that refuses by the claimed time': seen.wrongWithRule },
      rounds,
    },
    {
      name: 'clocks ± 1 day: honest notices rejected',
      value: seen.wrongRejects,
      unit: 'notices',
      target: '0',
      met: seen.wrongRejects === 0,
      beside: { 'with a rule that refuses by the claimed time': seen.wrongWithRule },
      rounds,
    },
  ]
}

/** What a node with a clock that is wrong by so many seconds makes of the logs, gossip first and catch-up for the rest. */
async function received(offset: number, logs: readonly (readonly Written[])[], random: () => number) {
  let trueTime = writtenAt
  await using judge = await Judge.open({
    member: 'XD',
    registry: () => registry,
    now: () => trueTime + offset,
    types: noticeTypes,
  })
  let wrongRejects = 0
  let wrongWithRule = 0
  const places = Math.max(...logs.map(({ length }) => length))
  for (let at = 0; at < places; at++) {
    trueTime += 2
    for (const log of logs) {
      const notice = log[at]
      if (notice === undefined) continue
      const ahead = Number(notice.payload.iat) - (trueTime + offset)
      if (Math.abs(ahead) > limits.clockToleranceSeconds) wrongWithRule += 1
      if (random() < 1 / lostOneIn) continue
      if ((await judge.gossip(notice.text)).verdict === 'reject') wrongRejects += 1
    }
  }
  for (const log of logs) await judge.page(log.map(({ text }) => text))
  const held = logs.flat().filter(({ id }) => judge.store.notices.find(id) !== undefined).length
  return { lost: logs.flat().length - held, wrongRejects, wrongWithRule }
}
