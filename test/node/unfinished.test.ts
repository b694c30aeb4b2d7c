import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { Drafts } from '../../node/drafts.ts'
import type { Person } from '../../node/people.ts'
import { openStore, type Store } from '../../node/store/index.ts'
import { unfinishedOf } from '../../node/unfinished.ts'
import { exampleDraft, officer } from '../network/participants.ts'
import { removeFolder, temporaryFolder } from './store/builders.ts'

const colleague: Person = { ...officer, id: 'colleague' }
const half = { '/body/nationalRef': ['QM-LIC-1'], '/body/decisionDate': ['yesterday'] }

function desksOver(store: Store) {
  const now = () => 1_790_000_000
  const channels = () => ['torture', 'capital']
  const drafts = new Drafts({ member: 'QM', channels, store, types: noticeTypes, now })
  return { drafts, unfinished: unfinishedOf({ store, drafts, now }) }
}

test('what is half written survives a restart as it was typed, and the second of two changes is told', async () => {
  const dir = await temporaryFolder()
  let id: string
  {
    await using store = await openStore({ dir })
    const { unfinished } = desksOver(store)
    id = (await unfinished.create({ type: 'denial', answers: half }, officer)).id
    const both = await Promise.allSettled([
      unfinished.replace(id, { ...half, '/body/tlp': ['TLP:RED'] }, officer, { version: 1 }),
      unfinished.replace(id, {}, colleague, { version: 1 }),
    ])
    expect(both).toMatchObject([{ value: { version: 2 } }, { reason: { code: 'draft-changed' } }])
  }
  await using store = await openStore({ dir })
  const { unfinished } = desksOver(store)
  expect(unfinished.list()).toMatchObject([
    { id, version: 2, answers: { ...half, '/body/tlp': ['TLP:RED'] } },
  ])
  await unfinished.remove(id)
  expect(unfinished.find(id)).toBeUndefined()
  await removeFolder(dir)
})

test('finished, it is a draft under the same id, and none who wrote at it may release it', async () => {
  const dir = await temporaryFolder()
  await using store = await openStore({ dir })
  const { drafts, unfinished } = desksOver(store)
  const { id } = await unfinished.create({ type: 'denial', answers: half }, officer)
  await expect(unfinished.finish(id, { type: 'denial' }, colleague, { version: 1 })).rejects.toMatchObject({
    code: 'draft-invalid',
  })
  expect(unfinished.find(id)).toBeDefined()
  const draft = exampleDraft('denial')
  await unfinished.finish(id, draft, colleague, { version: 1 })
  expect(drafts.find(id)).toMatchObject({ draft, author: 'officer', editors: ['officer', 'colleague'] })
  expect(unfinished.list()).toEqual([])

  await unfinished.create({ type: 'denial', answers: half, of: id }, colleague)
  const again = unfinished.create({ type: 'denial', answers: half, of: id }, officer)
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  expect((await unfinished.finish(id, draft, colleague, { version: 1 })).version).toBe(2)
  await removeFolder(dir)
})
