import { expect, test } from 'vitest'
import { sha256 } from '#protocol'
import { temporaryStore } from './builders.ts'

test('persons and tokens are found, listed, changed and deleted', async () => {
  await using store = await temporaryStore()
  const person = { id: 'p1', name: 'A. Heron', roles: ['officer'], disabled: false, createdAt: 1 } as const
  const token = {
    hash: sha256('t'),
    person: 'p1',
    roles: ['officer'],
    label: 'desk',
    createdAt: 1,
    expiresAt: 9,
  } as const
  await store.write([...store.people.putOps(person), ...store.tokens.putOps(token)])
  await store.write([
    ...store.people.putOps({ ...person, disabled: true }),
    ...store.tokens.putOps({ ...token, revokedAt: 5 }),
  ])
  expect(store.people.find('p1')).toEqual({ ...person, disabled: true })
  expect(store.people.list()).toHaveLength(1)
  expect(store.tokens.find(token.hash)).toEqual({ ...token, revokedAt: 5 })
  expect(store.tokens.list()).toHaveLength(1)
  await store.write([...store.people.deleteOps('p1'), ...store.tokens.deleteOps(token.hash)])
  expect(store.people.find('p1')).toBeUndefined()
  expect(store.tokens.list()).toEqual([])
})
