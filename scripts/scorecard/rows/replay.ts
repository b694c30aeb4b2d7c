import { noticeTypes, parseGossip, publicKeyOf, verifyEnvelope } from '#protocol'
import { seededRandom } from '../../crash/random.ts'
import { keys, net, registry } from '../../vectors/alliance.ts'
import { writtenAt } from '../../vectors/writing.ts'
import { logOf, shuffled } from '../history.ts'
import { Judge } from '../judge.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

const replays = 3
const pageSize = 100

export const row: ScoreRow = {
  name: 'replay',
  title: 'the whole history replayed three times',
  target: '0',
  /** Notices of the history. */
  rounds: { full: 6000, short: 300 },
  limitSeconds: { full: 300, short: 60 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  const random = seededRandom(options.seed)
  const count = Math.ceil(roundsOf(row, options) / 3)
  const logs = (['QM', 'QN', 'XE'] as const).map(issuer =>
    logOf({ issuer, key: keys[issuer].signing, count }),
  )
  const history = logs.flatMap(log => log.map(({ text }) => text))
  // Time goes on while it is replayed: else the issuers' budgets would do what "held already" is to do.
  let now = writtenAt
  await using judge = await Judge.open({
    member: 'XD',
    registry: () => registry,
    now: () => {
      now += 1
      return now
    },
    types: noticeTypes,
  })
  for (const log of logs) await judge.page(log.map(({ text }) => text))
  const before = judge.store.feed.lastCursor()
  let accepted = 0
  let admitted = 0
  for (let replay = 0; replay < replays; replay++) {
    for (const text of shuffled(history, random)) {
      options.signal.throwIfAborted()
      if ((await judge.gossip(text)).verdict === 'accept') accepted += 1
    }
    const texts = shuffled(history, random)
    for (let at = 0; at < texts.length; at += pageSize) {
      admitted += (await judge.page(texts.slice(at, at + pageSize))).admitted
    }
  }
  const events = judge.store.feed.lastCursor() - before
  const naive = await acceptedWithoutMemory(history)
  const figure = (name: string, unit: string, value: number, beside: Result['beside']): Result => ({
    name: `history of ${before} notices replayed ${replays} times by gossip and ${replays} by catch-up: ${name}`,
    value,
    unit,
    target: '0',
    met: value === 0 && before === history.length,
    beside,
    rounds: history.length * replays * 2,
  })
  return [
    figure('new events', 'events', events, { 'without "held already"': naive * replays * 2 }),
    figure('passed on or admitted again', 'notices', accepted + admitted, {
      'without "held already", passed on or admitted again': naive * replays * 2,
    }),
  ]
}

/** How many a gate would take that looks at form and signature alone. */
async function acceptedWithoutMemory(history: readonly string[]): Promise<number> {
  const taken = history.map(async text => {
    const { envelope } = parseGossip(text, { net, channel: 'torture' })
    await verifyEnvelope(envelope, await publicKeyOf(registry, envelope.kid))
  })
  return (await Promise.all(taken)).length
}
