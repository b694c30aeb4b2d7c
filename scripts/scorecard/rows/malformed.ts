import { compactVerify, importJWK } from 'jose'
import { noticeTypes } from '#protocol'
import { saveCrasher, savedCrashers } from '../../fuzz/crashers.ts'
import { extremes } from '../../fuzz/extremes.ts'
import { gateTargets } from '../../fuzz/gate-targets.ts'
import { goodTexts } from '../../fuzz/good-texts.ts'
import { parserTargets, type Target } from '../../fuzz/targets.ts'
import { nothingTried, type Tried, tryAll, tryOne } from '../../fuzz/try-all.ts'
import { keys, registry } from '../../vectors/alliance.ts'
import { writtenAt } from '../../vectors/writing.ts'
import { Judge } from '../judge.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

/** Of the inputs, this share goes through the whole gate of a node and not through one parser alone. */
const throughGate = 0.04
/** Inputs of the control. */
const naiveInputs = 5000
const longestStallMs = 100

export const row: ScoreRow = {
  name: 'malformed',
  title: 'malformed inputs: crashes, event-loop stall',
  target: '≥ 1,000,000, 0; ≤ 100 ms',
  rounds: { full: 1_000_000, short: 30_000 },
  limitSeconds: { full: 900, short: 90 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  const { seed, signal } = options
  const count = roundsOf(row, options)
  const uncaught: unknown[] = []
  const onUncaught = (error: unknown) => void uncaught.push(error)
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, onUncaught)

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
  const targets = [...parserTargets, ...gateTargets(judge)]
  const replayed = await replaySaved(targets)
  const parsed = await tryAll(parserTargets, { inputs: Math.ceil(count * (1 - throughGate)), seed, signal })
  const gated = await tryAll(gateTargets(judge), { inputs: Math.ceil(count * throughGate), seed, signal })
  await new Promise(setImmediate)

  const all = [replayed, parsed, gated]
  for (const crasher of [...parsed.crashers, ...gated.crashers]) await saveCrasher(crasher)
  const inputs = sum(all, each => each.inputs)
  const crashes = sum(all, each => each.crashes) + uncaught.length
  const [slowest = replayed] = [...all].sort((a, b) => b.stallMs - a.stallMs)
  const naive = await tryAll([naiveTarget], { inputs: Math.min(count, naiveInputs), seed, signal })
  return [
    {
      name: 'malformed inputs: anything thrown that is none of our errors, or nobody caught',
      value: crashes,
      unit: `of ${inputs}`,
      target: options.short ? '0' : '0 of ≥ 1,000,000',
      met: crashes === 0 && (options.short || inputs >= 1_000_000),
      beside: {
        'doors tried': targets.length,
        'through the whole gate': gated.inputs,
        'crashers of before and the largest of their kind': replayed.inputs,
        'taken as good': sum(all, each => each.accepted),
        'our own errors seen, kinds': new Set(all.flatMap(each => [...each.codes])).size,
        [`JSON.parse and jose alone, of ${naive.inputs}`]: naive.crashes,
        ...Object.fromEntries(
          all
            .flatMap(each => each.crashers)
            .slice(0, 5)
            .map(({ target, what }) => [`crashed: ${target}`, what.slice(0, 200)]),
        ),
      },
      rounds: inputs,
    },
    {
      name: 'malformed inputs: longest that one of them kept the event loop',
      value: slowest.stallMs,
      unit: 'ms',
      target: `≤ ${longestStallMs} ms`,
      met: slowest.stallMs <= longestStallMs,
      beside: { 'it was': slowest.stalledBy || 'none that could be measured' },
      rounds: inputs,
    },
  ]
}

/** What was found before is tried first, and what is as large as it may be, each at its own door. */
async function replaySaved(targets: readonly Target[]): Promise<Tried> {
  const tried = nothingTried()
  for (const { target: name, text } of [...(await savedCrashers()), ...extremes()]) {
    const target = targets.find(each => each.name === name)
    if (target === undefined)
      throw new TypeError(`A saved crasher names the door "${name}", which is not there.`)
    let quickest = Number.POSITIVE_INFINITY
    for (let time = 0; time < 3; time++) quickest = Math.min(quickest, await tryOne(target, text, tried))
    if (quickest <= tried.stallMs) continue
    tried.stallMs = quickest
    tried.stalledBy = `${name}, ${text.length} characters`
  }
  return tried
}

const naiveKey = await importJWK({ crv: 'Ed25519', kty: 'OKP', x: keys.QM.signing.x }, 'Ed25519')

/** What one would write first: take the text apart, read the parts, and leave the rest to a library. */
const naiveTarget: Target = {
  name: 'JSON.parse and jose alone',
  good: goodTexts.notices,
  share: 1,
  judge: async text => {
    const [jws = '', ...parts] = text.split('~')
    const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
    for (const part of parts.slice(0, -1)) {
      const [, name] = JSON.parse(Buffer.from(part, 'base64url').toString())
      if (payload.parts[name].to !== 'channel') throw new TypeError('Not for the channel.')
    }
    await compactVerify(jws, naiveKey, { algorithms: ['Ed25519'] })
  },
}

function sum(all: readonly Tried[], count: (each: Tried) => number): number {
  return all.reduce((total, each) => total + count(each), 0)
}
