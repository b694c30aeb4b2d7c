import fc from 'fast-check'
import { noticeTypes } from '#protocol'
import { changes, mutate } from '../../fuzz/mutate.ts'
import { writtenAt } from '../../vectors/writing.ts'
import { Judge, type Said } from '../judge.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'
import { branch, dishonest, logs, registries } from '../verdict-cases.ts'

const tenYears = 10 * 365 * 86_400
/** After so many cases the nodes begin anew: else they would hold all that is good, and say so of everything. */
const casesPerLife = 4000

export const row: ScoreRow = {
  name: 'verdicts',
  title: 'REJECT verdicts that differ between nodes',
  target: '0',
  rounds: { full: 100_000, short: 4000 },
  limitSeconds: { full: 600, short: 60 },
  run,
}

interface Differing {
  /** One honest node rejects what another passes on, and so would be punished for; or bytes alone did not decide. */
  value: number
  /** The first of them, for people. */
  example: string
  /** The same if these findings were a REJECT. */
  unknownKey: number
  voided: number
  rejected: number
  accepted: number
  unexpected: number
}

async function run(options: RowOptions): Promise<Result[]> {
  const count = roundsOf(row, options)
  const seen: Differing = {
    value: 0,
    example: '',
    unknownKey: 0,
    voided: 0,
    rejected: 0,
    accepted: 0,
    unexpected: 0,
  }
  for (let done = 0; done < count; done += casesPerLife) {
    options.signal.throwIfAborted()
    await oneLife(textsFor(Math.min(casesPerLife, count - done), options.seed + done), seen)
  }
  return [
    {
      name: 'cases in which one node rejects what another passes on, or bytes alone did not decide',
      value: seen.value,
      unit: `of ${count}`,
      target: '0',
      met: seen.value === 0 && seen.unexpected === 0 && seen.rejected > 0 && seen.accepted > 0,
      beside: {
        nodes: 6,
        'cases that some node rejected': seen.rejected,
        'cases that some node passed on': seen.accepted,
        'if an unknown key were a REJECT': seen.unknownKey,
        'if a void notice were a REJECT': seen.voided,
        'exceptions in the gate that nobody had thought of': seen.unexpected,
        ...(seen.example !== '' && { 'the first': seen.example }),
      },
      rounds: count,
    },
  ]
}

/** Honest notices, dishonest ones, and either of them changed. */
function textsFor(count: number, seed: number): string[] {
  const texts = [...logs.flatMap(log => log.map(({ text }) => text)), ...dishonest, ...dishonest]
  const chosen = fc.tuple(fc.nat(texts.length - 1), fc.option(changes, { freq: 2 }))
  return fc
    .sample(chosen, { numRuns: count, seed })
    .map(([at, all]) => (all === null ? (texts[at] ?? '') : mutate(texts[at] ?? '', all)))
}

async function oneLife(texts: readonly string[], seen: Differing): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const nodes = await unlikeNodes()
  for (const node of nodes) opened.use(node)
  for (const text of texts) tell(await Promise.all(nodes.map(node => node.gossip(text))), text, seen)
  seen.unexpected += nodes.reduce((sum, { unexpected }) => sum + unexpected, 0)
}

function tell(said: readonly Said[], text: string, seen: Differing): void {
  const isRejected = said.some(({ verdict }) => verdict === 'reject')
  const isAccepted = said.some(({ verdict }) => verdict === 'accept')
  const isAny = (code: string) => said.some(each => each.code === code)
  seen.rejected += Number(isRejected)
  seen.accepted += Number(isAccepted)
  seen.unknownKey += Number(isAccepted && isAny('key-unknown'))
  seen.voided += Number(isAccepted && isAny('notice-void'))
  // A signature can only be judged by who knows the key and does not hold the notice: the others ignore it, unread.
  const byBytes = said.some(({ verdict, code }) => verdict === 'reject' && code !== 'signature-invalid')
  const isByAll = said.every(({ verdict }) => verdict === 'reject')
  if ((isRejected && isAccepted) || (byBytes && !isByAll)) {
    seen.value += 1
    seen.example ||= `${said.map(({ verdict, code }) => code ?? verdict).join(', ')}: ${text.slice(0, 2000)}`
  }
}

/** Six nodes that have as little in common as honest nodes can: registry, clock, head, load, types, parts, a frozen log. */
async function unlikeNodes(): Promise<Judge[]> {
  const [founded, second, newest] = registries
  if (founded === undefined || second === undefined || newest === undefined) throw new TypeError('Too few.')
  const nodes = [
    await Judge.open({ member: 'XD', registry: () => founded, now: clockFrom(0), types: noticeTypes }),
    await Judge.open({ member: 'XD', registry: () => second, now: clockFrom(tenYears), types: noticeTypes }),
    await Judge.open({ member: 'QN', registry: () => founded, now: clockFrom(-tenYears), types: [] }),
    await Judge.open({ member: 'XD', registry: () => newest, now: clockFrom(0), types: noticeTypes }),
    // Its clock stands still, so that its budgets fill no more.
    await Judge.open({ member: 'XD', registry: () => newest, now: () => writtenAt, types: [] }),
    await Judge.open({ member: 'XE', registry: () => second, now: clockFrom(86_400), types: noticeTypes }),
  ]
  const heights = [0, 60, 30, 60, 0, 15]
  for (const [at, node] of nodes.entries()) {
    for (const log of logs) await node.page(log.slice(0, heights[at]).map(({ text }) => text))
  }
  // Two branches of one log: it is frozen from place 10.
  await nodes[5]?.page(branch.map(({ text }) => text))
  return nodes
}

/** Time goes on with every look, so that budgets fill again. */
function clockFrom(offset: number): () => number {
  let now = writtenAt + offset
  return () => {
    now += 1
    return now
  }
}
