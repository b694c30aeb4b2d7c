import { expect, test } from 'vitest'
import { temporaryStore } from './builders.ts'

const once = { person: 'p1', key: 'key!with!marks', digest: 'of the request' }

test('an idempotency key leads to what came of it, for its person alone', async () => {
  await using store = await temporaryStore()
  await store.write(store.idempotency.putOps(once, { id: 'n1', at: 100 }))
  expect(store.idempotency.find(once)).toBe('n1')
  expect(store.idempotency.find({ ...once, person: 'p2' })).toBeUndefined()
  expect(store.idempotency.find({ ...once, key: 'key' })).toBeUndefined()
})

test('a key that asks for something else is a mistake', async () => {
  await using store = await temporaryStore()
  await store.write(store.idempotency.putOps(once, { id: 'n1', at: 100 }))
  expect(() => store.idempotency.find({ ...once, digest: 'of another' })).toThrow(
    expect.objectContaining({ code: 'idempotency-key-reused' }),
  )
})

test('what is old is forgotten, and nothing else', async () => {
  await using store = await temporaryStore()
  const later = { ...once, key: 'later' }
  await store.write(store.idempotency.putOps(once, { id: 'n1', at: 100 }))
  await store.write(store.idempotency.putOps(later, { id: 'n2', at: 200 }))
  await store.write(await store.idempotency.forgetOps(200))
  expect(store.idempotency.find(once)).toBeUndefined()
  expect(store.idempotency.find(later)).toBe('n2')
})
