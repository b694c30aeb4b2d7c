import { cp, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import { exampleDraft, officer, Participants } from '../../network/participants.ts'
import { backUp, restore, rewrite } from './backups.ts'

// Clocks of these nodes stand still: the day is over when the restore says so.
const before = Date.parse('2031-03-31T12:00:00Z') / 1000
const over = Date.parse('2031-04-01T00:00:01Z') / 1000

let alliance: Participants
let folder: string
let id: string

beforeAll(async () => {
  alliance = await Participants.make(1)
  const [{ node, issue }] = await alliance.openReady(['QM'], { now: () => before })
  id = (await issue(exampleDraft('denial'))).id
  await node.desk.drafts.create(draftUntil('2031-03-31'), officer)
  await node.desk.drafts.create(draftUntil('2031-04-01'), officer)
  const { id: person } = await node.people.add({ name: 'Officer', roles: ['officer'] })
  await node.people.createToken({ person, label: 'desk', days: 1 })
  await alliance.close('QM')
  folder = (await backUp(alliance, 'QM', { now: before })).folder
})
afterAll(() => alliance[Symbol.asyncDispose]())

test('people, tokens and drafts come back, but no draft whose day is over', async () => {
  const dataDir = join(alliance.folder, 'later')
  await restore(alliance, 'QM', { folder, dataDir, now: over })
  await using store = await openStore({ dir: join(dataDir, 'store') })
  expect(store.people.list()).toHaveLength(1)
  expect(store.tokens.list()).toMatchObject([{ label: 'desk' }])
  const days = store.drafts.list().map(held => ('draft' in held ? held.draft?.parts.body?.until : 'released'))
  expect(days).toEqual(expect.arrayContaining(['2031-04-01']))
  expect(days).not.toContain('2031-03-31')
})

test('records of erasures outlive a store that is damaged, and it is said that some may be lost', async () => {
  const dataDir = join(alliance.folder, 'damaged')
  await restore(alliance, 'QM', { folder, dataDir, now: before })
  const dir = join(dataDir, 'store')
  {
    await using store = await openStore({ dir })
    await store.write(store.erasure.eraseOps(id, ['body'], before))
  }
  await writeFile(join(dir, 'CURRENT'), 'MANIFEST-999999\n')
  const restored = await restore(alliance, 'QM', { folder, dataDir, replace: true, now: before })
  expect(restored).toMatchObject({ partsLeftOut: 1, erasuresAreIncomplete: true })
  expect(await readdir(join(restored.setAside ?? '', 'store'))).toContain('CURRENT')
  await using store = await openStore({ dir })
  expect(store.notices.find(id)).toMatchObject({ erased: ['body'] })
  expect(store.notices.find(id)?.parts.map(({ name }) => name)).toEqual(['nominal'])
})

test('a restore that broke off when the old store was aside and the new one not in its place forgets no erasure', async () => {
  const dataDir = join(alliance.folder, 'broken off')
  await restore(alliance, 'QM', { folder, dataDir, now: before })
  {
    await using store = await openStore({ dir: join(dataDir, 'store') })
    await store.write(store.erasure.eraseOps(id, ['body'], before))
  }
  await rename(join(dataDir, 'store'), join(dataDir, 'store.restoring'))
  expect(await restore(alliance, 'QM', { folder, dataDir, now: before })).toMatchObject({ partsLeftOut: 1 })
  expect(await readdir(dataDir)).toEqual(['store'])
})

test.each([
  ['of another member', '"member":"QN"', 'conflict'],
  ['of another version of the store', '"schema":"0"', 'store-version-differs'],
])('a backup %s is refused before anything is written', async (_, changed, code) => {
  const dataDir = join(alliance.folder, 'untouched')
  const other = await mkdtemp(join(alliance.folder, 'other-'))
  await cp(folder, other, { recursive: true })
  const name = changed.split(':')[0]
  const change = (text: string) => text.replace(new RegExp(`${name}: ?"\\w+"`), changed)
  await writeFile(join(other, 'manifest.json'), change(await readFile(join(other, 'manifest.json'), 'utf8')))
  await rewrite(other, change(await readFile(join(other, 'rows.ndjson'), 'utf8')))
  await expect(restore(alliance, 'QM', { folder: other, dataDir })).rejects.toMatchObject({ code })
  expect(await readdir(alliance.folder)).not.toContain('untouched')
})

function draftUntil(until: string) {
  return {
    ...exampleDraft('denial'),
    parts: { body: { to: 'channel', until }, nominal: { to: 'channel', until } },
  }
}
