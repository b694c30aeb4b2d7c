import { expect, test } from 'vitest'
import { cutFollowing } from '../../../scripts/bench/event-cuts.ts'

test('a client that is cut off 40 times, in the middle of events and over a restart, misses none and gets none again', async () => {
  const outcome = await cutFollowing({ resumes: 40, seed: 4, restarts: 1 })
  expect(outcome).toMatchObject({ gaps: 0, doubled: 0, misplaced: 0, resumes: 40 })
  expect(outcome.byPage).toBeGreaterThan(0)
  expect(outcome.cutWithin).toBeGreaterThan(0)
  expect(outcome.events).toBeGreaterThan(10)
})

test('without a cursor events are missed: the test above could fail', async () => {
  const { gaps } = await cutFollowing({ resumes: 10, seed: 4, restarts: 0, unsafeNoCursor: true })
  expect(gaps).toBeGreaterThan(0)
})
