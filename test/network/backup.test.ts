import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Draft, parseNotice } from '#protocol'
import { verifyBackup } from '../../node/backup/verify.ts'
import type { NoticeView } from '../../node/desk/desk.ts'
import { openNode } from '../../node/node.ts'
import { silent } from '../../scripts/bench/bench-node.ts'
import { eventually } from '../eventually.ts'
import { backUp, installed, restore } from '../node/backup/backups.ts'
import { foundIn, partBytes } from './bytes.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'

test('a node restored from a backup that was made while it issued signs the right next place, and no place twice', async () => {
  await using alliance = await Participants.make(3)
  const [issuer, ...others] = await alliance.openReady(['QM', 'QN', 'XD'])
  await issuer.issue()
  const issuing = issueMany(issuer, 8)
  const { folder, manifest } = await backUp(alliance, 'QM', { rows: issuer.node.desk.backup() })
  await issuing
  await issuer.issue()
  expect(await verifyBackup(folder)).toMatchObject({ notices: manifest.counts.notice })
  const ids = await idsOf(issuer)
  const found = await foundBy(issuer)
  expect(found).toHaveLength(ids.length)
  const feed = issuer.node.desk.feed.after(0, 1000)
  for (const other of others) await expectHeld(other, ids)

  await alliance.close('QM')
  await rm(issuer.dataDir, { recursive: true })
  expect(await restore(alliance, 'QM', { folder })).toMatchObject({ partsLeftOut: 0, setAside: undefined })
  const [restored] = await alliance.open(['QM'], { isNew: false, isAlone: true })
  if (restored === undefined) throw new TypeError('no node')
  const held = restored.node.desk.feed.last()
  expect(held).toBeGreaterThan(0)
  expect(restored.node.desk.feed.after(0, 1000)).toEqual(feed.slice(0, held))
  expect(await foundBy(restored)).toEqual(found.filter(({ cursor }) => cursor <= held))
  expect(restored.node.desk.network().signing.state).toBe('recovering')
  await expect(restored.issue()).rejects.toMatchObject({ code: 'recovering' })

  await restored.node.connectTo(others.flatMap(({ node }) => node.addresses()))
  await expectHeld(restored, ids)
  const next = await issueWhenItMay(restored)
  expect(next.seq).toBe(ids.length + 1)
  for (const other of others) await expectHeld(other, [...ids, next.id])
  expect(forksSeenBy([restored, ...others])).toEqual([])
})

test('a part that was erased after the backup stays erased when the backup is put back, also before its last day', async () => {
  await using alliance = await Participants.make(1)
  const clock = { now: Date.parse('2031-03-31T12:00:00Z') / 1000 }
  const over = Date.parse('2031-04-01T00:00:01Z') / 1000
  const before = clock.now
  const [node] = await alliance.openReady(['QM'], { now: () => clock.now })
  const { id } = await node.issue(dueDraft('2031-03-31'))
  const text = node.node.desk.notices.text(id, { nominal: true }) ?? ''
  const traces = parseNotice(text, { net: alliance.registry.net }).parts.flatMap(partBytes)
  const holdsIt = async (folder: string) => (await foundIn(folder, traces)).length > 0
  await alliance.close('QM')
  const { folder, manifest } = await backUp(alliance, 'QM', { now: before })
  expect(manifest.destroyAfter).toBe('2031-03-31')

  // The control: put back in time, it is there again.
  const dataDir = join(alliance.folder, 'in time')
  expect(await restore(alliance, 'QM', { folder, dataDir, now: before })).toMatchObject({ partsLeftOut: 0 })
  expect(await holdsIt(dataDir)).toBe(true)

  clock.now = over
  const [later] = await alliance.open(['QM'], { isNew: false, now: () => clock.now })
  expect(await later?.node.eraseDue()).toBe(1)
  await alliance.close('QM')
  const replaced = await restore(alliance, 'QM', { folder, replace: true, now: before })
  expect(replaced).toMatchObject({ partsLeftOut: 1, setAside: expect.any(String) })
  expect(await holdsIt(alliance.dataDirOf('QM'))).toBe(false)
  const late = join(alliance.folder, 'too late')
  expect(await restore(alliance, 'QM', { folder, dataDir: late, now: over })).toMatchObject({
    partsLeftOut: 1,
  })
  expect(await holdsIt(late)).toBe(false)

  const [restored] = await alliance.open(['QM'], { isNew: false, now: () => before })
  const view = await restored?.node.desk.notices.find(id, { nominal: true })
  expect(view?.parts).toMatchObject([{ name: 'body', held: false, erased: true }])
})

test('the one notice since the backup that nobody else holds comes back from the record of what was signed last', async () => {
  await using alliance = await Participants.make(1)
  const [node] = await alliance.openReady(['QM'])
  await node.issue()
  await alliance.close('QM')
  const { folder } = await backUp(alliance, 'QM')
  const [again] = await alliance.openReady(['QM'], { isNew: false })
  const { id } = await again.issue()
  await alliance.close('QM')
  await restore(alliance, 'QM', { folder, replace: true })
  const [restored] = await alliance.openReady(['QM'], { isNew: false })
  expect((await restored.notices()).at(-1)).toMatchObject({ id, seq: 2 })
  expect(await restored.issue()).toMatchObject({ seq: 3 })
})

test('two nodes from one backup: the second signs nothing while the first does, and there is no fork', async () => {
  await using alliance = await Participants.make(3)
  const [issuer, ...others] = await alliance.openReady(['QM', 'QN', 'XD'])
  await issuer.issue()
  await alliance.close('QM')
  const { folder } = await backUp(alliance, 'QM')
  await restore(alliance, 'QM', { folder, replace: true })
  const cloneDir = join(alliance.folder, 'clone of QM')
  await restore(alliance, 'QM', { folder, dataDir: cloneDir })
  const [first] = await alliance.openReady(['QM'], { isNew: false })
  if (first === undefined) throw new TypeError('no node')
  const config = await installed(alliance, 'QM', cloneDir)
  await using clone = await openNode({
    config: { ...config, network: { ...config.network, beaconSeconds: 1, catchUpSeconds: 1 } },
    keys: alliance.keysOf('QM'),
    registry: alliance.registry,
    log: silent,
  })
  await clone.connectTo(others.flatMap(({ node }) => node.addresses()))
  for (let count = 0; count < 2; count++) {
    const { id } = await first.issue()
    await eventually(() => expect(clone.desk.notices.text(id, { nominal: false })).toBeDefined())
    expect(clone.desk.network().signing.state).toBe('recovering')
  }
  for (const other of others) await expectHeld(other, await idsOf(first))
  expect(forksSeenBy([first, ...others])).toEqual([])
})

async function issueMany({ issue }: Participant, count: number): Promise<void> {
  for (let at = 0; at < count; at++) await issue()
}

async function idsOf({ notices }: Participant): Promise<string[]> {
  return (await notices()).map(({ id }) => id)
}

/** What search finds of the example by an index and by its words, newest first. */
async function foundBy({ node }: Participant): Promise<{ id: string; cursor: number }[]> {
  const all = { limit: 100 }
  const may = { nominal: false }
  const found = await node.desk.notices.list({ ...all, hs: '8543', q: 'exporter' }, may)
  return found.map(({ id, cursor }) => ({ id, cursor }))
}

async function expectHeld(participant: Participant, ids: readonly string[]): Promise<void> {
  await eventually(async () => expect(await idsOf(participant)).toEqual(ids))
}

function issueWhenItMay({ issue }: Participant): Promise<NoticeView> {
  return eventually(() => issue())
}

function forksSeenBy(participants: readonly Participant[]): object[] {
  return participants.flatMap(({ lines }) => lines.filter(({ text }) => text === 'fork proven'))
}

function dueDraft(until: string): Draft {
  const draft = structuredClone(exampleDraft('denial'))
  delete draft.nominal
  return { ...draft, parts: { body: { to: 'channel', until } } }
}
