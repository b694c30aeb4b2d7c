import { expect, test } from 'vitest'
import { type OpenDraft, openStore } from '../../../node/store/index.ts'
import { removeFolder, temporaryFolder, temporaryStore } from './builders.ts'

const draft: OpenDraft = {
  id: 'd1',
  draft: { type: 'denial', body: { text: 'spiked batons' }, parts: { body: { to: 'channel' } } },
  author: 'p1',
  editors: ['p1'],
  createdAt: 1,
  updatedAt: 1,
  version: 1,
}

test('a draft is found and listed until it is deleted, also after opening again', async () => {
  const dir = await temporaryFolder()
  {
    await using store = await openStore({ dir })
    await store.write(store.drafts.putOps(draft))
  }
  {
    await using store = await openStore({ dir })
    expect(store.drafts.find('d1')).toEqual(draft)
    expect(store.drafts.list()).toEqual([draft])
    await store.write(store.drafts.deleteOps('d1'))
    expect(store.drafts.find('d1')).toBeUndefined()
    expect(store.drafts.list()).toEqual([])
  }
  await removeFolder(dir)
})

test('once released a draft keeps no text, only who wrote it and what it became', async () => {
  await using store = await temporaryStore()
  await store.write(store.drafts.putOps(draft))
  await store.write(store.drafts.releasedOps('d1', { releasedAs: 'notice', at: 7, by: 'p2', version: 1 }))
  expect(store.drafts.find('d1')).toEqual({
    id: 'd1',
    author: 'p1',
    releasedAs: 'notice',
    at: 7,
    by: 'p2',
    isUnseen: true,
  })
})

test('of two releases at once only the first is written', async () => {
  await using store = await temporaryStore()
  await store.write(store.drafts.putOps(draft))
  const release = async (id: string) =>
    store.write(store.drafts.releasedOps('d1', { releasedAs: id, at: 7, version: 1 }))
  const [first, second] = await Promise.allSettled([release('one'), release('two')])
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'already-released' } })
  expect(store.drafts.find('d1')).toMatchObject({ releasedAs: 'one' })
})
