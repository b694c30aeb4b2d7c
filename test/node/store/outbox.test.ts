import { expect, test } from 'vitest'
import { temporaryStore } from './builders.ts'

test('the outbox gives what waits in log order and forgets what is sent and read', async () => {
  await using store = await temporaryStore()
  const row = (seq: number) =>
    ({ id: `n${seq}`, channel: 'torture', seq, state: 'waiting', since: 1 }) as const
  const readers = ['XF']
  await store.write([10, 9, 2].flatMap(seq => store.outbox.putOps({ ...row(seq), readers })))
  expect(store.outbox.waiting().map(({ seq }) => seq)).toEqual([2, 9, 10])
  await store.write(store.outbox.putOps({ ...row(9), state: 'sent', readers }))
  await store.write(store.outbox.putOps({ ...row(2), state: 'sent', readers: [] }))
  expect(store.outbox.waiting().map(({ seq }) => seq)).toEqual([9, 10])
  expect(store.outbox.find('n2')).toMatchObject({ state: 'sent' })
  await store.write(store.outbox.deleteOps(row(10)))
  expect(store.outbox.find('n10')).toBeUndefined()
  expect(store.outbox.waiting().map(({ seq }) => seq)).toEqual([9])
})
