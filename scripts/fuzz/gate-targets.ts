import { FocalpointError } from '#protocol'
import type { Judge } from '../scorecard/judge.ts'
import { logs } from '../scorecard/verdict-cases.ts'
import { goodTexts } from './good-texts.ts'
import type { Target } from './targets.ts'

/** The same doors as a node has them: whatever comes in, the gate answers, and never in a way that it did not expect. */
export function gateTargets(judge: Judge): Target[] {
  const good = [...logs.flatMap(log => log.map(({ text }) => text)), ...goodTexts.notices]
  return [
    { name: 'gate: gossip', good, share: 60, judge: text => expected(judge, () => judge.gossip(text)) },
    {
      name: 'gate: page of catch-up',
      good,
      share: 30,
      judge: text => expected(judge, () => judge.page([text, good[0] ?? ''])),
    },
    {
      name: 'gate: evidence by gossip',
      good: [...goodTexts.forks, ...goodTexts.stops],
      share: 10,
      judge: text => expected(judge, () => judge.gate.evidence.judge(text, { from: 'XD' })),
    },
  ]
}

/** The gate tells of what it did not expect instead of throwing it: here it is thrown. */
async function expected(judge: Judge, ask: () => Promise<unknown>): Promise<void> {
  const before = judge.unexpected
  const said = await ask()
  if (judge.unexpected > before) throw new TypeError(judge.lastUnexpected)
  if (isRefused(said)) throw new FocalpointError('text-not-canonical', 'It was refused.', { what: 'refused' })
}

function isRefused(said: unknown): boolean {
  if (said === 'reject' || said === 'ignore') return true
  if (typeof said !== 'object' || said === null) return false
  return 'verdict' in said ? said.verdict !== 'accept' : 'admitted' in said && said.admitted === 0
}
