import { expect, test } from 'vitest'
import { forkBetween, forkProofText, sha256 } from '#protocol'
import type { StoredStop } from '../../../node/store/index.ts'
import { newNotice, temporaryStore } from './builders.ts'

function forkAt(seq: number) {
  const a = newNotice({ seq, prev: sha256('before') }).envelope
  const b = newNotice({ seq, prev: sha256('before'), type: 'alert' }).envelope
  const proof = forkBetween(a, b)
  if (proof === undefined) throw new Error('two notices at one place prove a fork')
  return { ...proof, text: forkProofText(proof), at: seq }
}

test('of the forks of one log the lowest is kept, whatever the order and however close', async () => {
  await using store = await temporaryStore()
  await Promise.all([5, 3, 4].map(seq => store.write(store.evidence.forkOps(forkAt(seq)))))
  expect(store.evidence.forkOf('torture', 'QM')).toMatchObject({ seq: 3, text: forkAt(3).text })
  expect(store.evidence.forks()).toHaveLength(1)
  expect(store.evidence.forkOf('torture', 'QN')).toBeUndefined()
  expect(store.feed.feedAfter(0, 9).map(entry => entry.kind)).toEqual(['forked', 'forked'])
})

test('a fork that the registry has settled is kept as history, and makes room for the next', async () => {
  await using store = await temporaryStore()
  await store.write(store.evidence.forkOps(forkAt(3)))
  await store.write(store.evidence.settleForkOps('torture', 'QM', 9))
  expect(store.evidence.forkOf('torture', 'QM')).toMatchObject({ seq: 3, settledAt: 9 })
  await store.write(store.evidence.forkOps(forkAt(5)))
  expect(store.evidence.forkOf('torture', 'QM')).not.toHaveProperty('settledAt')
  expect(store.evidence.forkOf('torture', 'QM')).toMatchObject({ seq: 5 })
})

test('a stop holds for its key in its channel until it is lifted', async () => {
  await using store = await temporaryStore()
  const stop: StoredStop = {
    member: 'QM',
    kid: 'k1',
    channel: 'torture',
    head: { seq: 0, id: null },
    reason: 'lost',
    by: 'recovery',
    text: '{}',
    at: 1,
  }
  await store.write(store.evidence.stopOps(stop))
  expect(store.evidence.stopOf('k1', 'torture')).toEqual(stop)
  expect(store.evidence.stopOf('k1', 'capital')).toBeUndefined()
  expect(store.evidence.stopOf('k2', 'torture')).toBeUndefined()
  await store.write(store.evidence.deleteStopOps('k1', 'torture'))
  expect(store.evidence.stops()).toEqual([])
})
