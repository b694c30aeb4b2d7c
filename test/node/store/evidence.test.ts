import { expect, test } from 'vitest'
import { forkBetween, forkProofText, sha256 } from '#protocol'
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
  await store.write(store.evidence.deleteForkOps('torture', 'QM'))
  expect(store.evidence.forks()).toEqual([])
})

test('a stop holds for its key until it is lifted', async () => {
  await using store = await temporaryStore()
  await store.write(store.evidence.stopOps({ kid: 'k1', text: '{}', at: 1 }))
  expect(store.evidence.stopOf('k1')).toEqual({ kid: 'k1', text: '{}', at: 1 })
  expect(store.evidence.stopOf('k2')).toBeUndefined()
  await store.write(store.evidence.deleteStopOps('k1'))
  expect(store.evidence.stops()).toEqual([])
})
