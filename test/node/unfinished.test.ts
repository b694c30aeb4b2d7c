import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import type { Answers } from '../../node/desk/drafting.ts'
import { draftingLimits } from '../../node/desk/drafting-limits.ts'
import { Drafts } from '../../node/drafts.ts'
import type { Person } from '../../node/people.ts'
import { openStore, type Store } from '../../node/store/index.ts'
import { unfinishedOf } from '../../node/unfinished.ts'
import { exampleDraft, officer } from '../network/participants.ts'
import { removeFolder, temporaryFolder } from './store/builders.ts'

const colleague: Person = { ...officer, id: 'colleague' }
const full = { '/body/groundsSummary': ['x'.repeat(draftingLimits.rowBytes - 100)] }
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

test('one person has so many open, and so much in them, also of many at once, and nobody else has less', async () => {
  const dir = await temporaryFolder()
  await using store = await openStore({ dir })
  const { unfinished } = desksOver(store)
  const begin = (person: Person, answers: Answers = half) =>
    unfinished.create({ type: 'denial', answers }, person)
  const most = draftingLimits.openMostPerPerson
  const begun = await Promise.allSettled(Array.from({ length: most + 5 }, () => begin(officer)))
  expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(most)
  expect(begun.at(-1)).toMatchObject({ reason: { code: 'quota-reached' } })
  const { id } = await begin(colleague)
  const [first] = unfinished.list()
  await unfinished.remove(first?.id ?? '')
  await begin(officer)

  const long = { ...full, '/body/nationalRef': ['x'.repeat(200)] }
  await expect(unfinished.replace(id, long, colleague, { version: 1 })).rejects.toMatchObject({
    code: 'body-too-large',
  })
  const filled = await Promise.allSettled(
    unfinished.list().map(each => unfinished.replace(each.id, full, officer, { version: 1 })),
  )
  const kept = Math.floor(draftingLimits.bytesMostPerPerson / draftingLimits.rowBytes)
  expect(filled.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(kept)
  expect(filled.at(-1)).toMatchObject({ reason: { code: 'quota-reached' } })
  const [fullest] = unfinished.list().filter(({ version }) => version === 2)
  await unfinished.replace(fullest?.id ?? '', half, officer, { version: 2 })
  await removeFolder(dir)
})
