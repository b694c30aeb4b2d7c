import { expect, test } from 'vitest'
import { openRepeats } from '../../node/repeats.ts'
import { temporaryStore } from './store/builders.ts'

const once = { person: 'p1', key: 'k', digest: 'of the request' }

test('what was made is kept for a day and then forgotten', async () => {
  await using store = await temporaryStore()
  let at = 1_800_000_000
  const repeats = openRepeats({ store, now: () => at })
  await repeats.keep(once, 'n1')
  at += 86_399
  await repeats.forget()
  expect(repeats.find(once)).toBe('n1')
  at += 2
  await repeats.forget()
  expect(repeats.find(once)).toBeUndefined()
})

test('what is asked twice at once is made once, and again after it failed', async () => {
  await using store = await temporaryStore()
  const repeats = openRepeats({ store, now: () => 1_800_000_000 })
  const failing = repeats.make(once, () => Promise.reject(new Error('not now')))
  await expect(failing).rejects.toThrow('not now')
  let count = 0
  const make = async () => {
    count += 1
    await repeats.keep(once, `n${count}`)
    return `n${count}`
  }
  expect(await Promise.all([repeats.make(once, make), repeats.make(once, make)])).toEqual(['n1', 'n1'])
  expect(await repeats.make(once, make)).toBe('n1')
})

test('what was kept together with what was made stays as it is', async () => {
  await using store = await temporaryStore()
  const repeats = openRepeats({ store, now: () => 1_800_000_000 })
  await store.write(store.idempotency.putOps(once, { id: 'n1', at: 1 }))
  await repeats.keep(once, 'another')
  expect(repeats.find(once)).toBe('n1')
})
