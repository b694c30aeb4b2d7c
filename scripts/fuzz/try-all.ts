import fc from 'fast-check'
import { isError } from '#protocol'
import { changes, mutate } from './mutate.ts'
import type { Target } from './targets.ts'

/** A text that made something throw that is none of our errors. */
export interface Crasher {
  target: string
  text: string
  /** What was thrown. */
  what: string
}

export interface Tried {
  inputs: number
  /** How many texts were taken as good in the end: the mutations stay near to them. */
  accepted: number
  /** One of each thing that was thrown. */
  crashers: Crasher[]
  crashes: number
  /** Codes of our own errors that were thrown. */
  codes: Set<string>
  /** The longest that one input kept the event loop, in the quickest of some tries: the others were the machine's. */
  stallMs: number
  stalledBy: string
}

interface Slow {
  target: Target
  text: string
  tookMs: number
}

const batch = 1000
/** How many of the slowest inputs are tried again. */
const slowest = 12
const retries = 3

/** Gives mutations of its good texts to each target. The same seed gives the same texts. */
export async function tryAll(
  targets: readonly Target[],
  { inputs, seed, signal }: { inputs: number; seed: number; signal: AbortSignal },
): Promise<Tried> {
  const tried = nothingTried()
  const slow: Slow[] = []
  const shares = targets.reduce((sum, { share }) => sum + share, 0)
  for (const [at, target] of targets.entries()) {
    const count = Math.max(1, Math.round((inputs * target.share) / shares))
    for (let done = 0; done < count; done += batch) {
      signal.throwIfAborted()
      const texts = textsFor(target, { count: Math.min(batch, count - done), seed: seed + at * 7919 + done })
      for (const text of texts) keepSlow(slow, { target, text, tookMs: await tryOne(target, text, tried) })
      await new Promise(setImmediate)
    }
  }
  await retrySlow(slow, tried)
  return tried
}

export function nothingTried(): Tried {
  return {
    inputs: 0,
    accepted: 0,
    crashers: [],
    crashes: 0,
    codes: new Set(),
    stallMs: 0,
    stalledBy: '',
  }
}

function textsFor({ good }: Target, { count, seed }: { count: number; seed: number }): string[] {
  const arbitrary = fc.tuple(fc.nat(good.length - 1), changes)
  const chosen = fc.sample(arbitrary, { numRuns: count, seed })
  return chosen.map(([at, all]) => mutate(good[at] ?? '', all))
}

/** How long it kept the event loop; what is awaited in there does not count. */
export async function tryOne(target: Target, text: string, tried: Tried): Promise<number> {
  tried.inputs += 1
  const started = performance.now()
  let tookMs: number | undefined
  try {
    const judged = target.judge(text)
    tookMs = performance.now() - started
    if (judged instanceof Promise) await judged
    tried.accepted += 1
  } catch (error) {
    tookMs ??= performance.now() - started
    if (isError(error)) tried.codes.add(error.code)
    else keepCrasher(tried, { target: target.name, text, what: String(error) })
  }
  return tookMs
}

function keepCrasher(tried: Tried, crasher: Crasher): void {
  tried.crashes += 1
  const isKnown = tried.crashers.some(
    ({ target, what }) => target === crasher.target && what === crasher.what,
  )
  if (!isKnown) tried.crashers.push(crasher)
}

function keepSlow(slow: Slow[], of: Slow): void {
  if (slow.length === slowest && of.tookMs <= (slow.at(-1)?.tookMs ?? 0)) return
  slow.push(of)
  slow.sort((a, b) => b.tookMs - a.tookMs)
  slow.length = Math.min(slow.length, slowest)
}

async function retrySlow(slow: readonly Slow[], tried: Tried): Promise<void> {
  for (const { target, text, tookMs } of slow) {
    let quickest = tookMs
    for (let retry = 0; retry < retries; retry++) {
      quickest = Math.min(quickest, await tryOne(target, text, nothingTried()))
    }
    if (quickest <= tried.stallMs) continue
    tried.stallMs = quickest
    tried.stalledBy = `${target.name}, ${text.length} characters`
  }
}
