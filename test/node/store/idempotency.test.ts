import { expect, test } from 'vitest'
import { sha256 } from '#protocol'
import { temporaryStore } from './builders.ts'

test('an idempotency key leads to what came of it', async () => {
  await using store = await temporaryStore()
  const release = { draftId: 'd1', noticeId: 'n1', digest: sha256('request') }
  await store.write(store.idempotency.putOps('p1 key!with!marks', release))
  expect(store.idempotency.findIdempotent('p1 key!with!marks')).toEqual(release)
  expect(store.idempotency.findIdempotent('p1 key')).toBeUndefined()
})
