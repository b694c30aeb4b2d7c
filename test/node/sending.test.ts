import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import type { KeptNotice } from '../../node/admission.ts'
import { Drafts } from '../../node/drafts.ts'
import type { Issuer } from '../../node/issue.ts'
import { Release } from '../../node/release.ts'
import { Sendings } from '../../node/sending.ts'
import { openStore, type Store } from '../../node/store/index.ts'
import { silent } from '../../scripts/bench/bench-node.ts'
import { exampleDraft, officer, releaser } from '../network/participants.ts'
import { newAdmission, removeFolder, temporaryFolder } from './store/builders.ts'

const draft = exampleDraft('denial')

test('what is released twice waits once, is sent when its time comes, and is one notice', async () => {
  await using desk = await openSendings()
  const { drafts, sendings, clock, issued } = desk
  const { id } = await drafts.create(draft, officer)
  await Promise.all([1, 2, 3].map(() => sendings.begin(id, releaser, { version: 1 })))
  expect(sendings.list()).toMatchObject([{ draft: id, by: releaser.id, state: 'counting' }])
  await sendings.run()
  expect(issued).toEqual([])
  clock.now += 30
  await Promise.all([sendings.run(), sendings.run()])
  expect(issued).toHaveLength(1)
  expect(sendings.list()).toEqual([])
  expect(drafts.releasedAs(id)).toBe(issued[0])
  await expect(sendings.stop(id, officer)).rejects.toMatchObject({ code: 'not-found' })
})

test('stopped, it is not sent, and waits for release as before', async () => {
  await using desk = await openSendings()
  const { drafts, sendings, clock, issued } = desk
  const { id } = await drafts.create(draft, officer)
  await sendings.begin(id, releaser, { version: 1 })
  await sendings.stop(id, officer)
  clock.now += 60
  await sendings.run()
  expect(issued).toEqual([])
  expect(drafts.find(id)).toMatchObject({ version: 1 })
})

test('stopped in the moment in which its time comes, it is either stopped or sent, never both', async () => {
  await using desk = await openSendings()
  const { drafts, sendings, clock, issued } = desk
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => (await drafts.create(draft, officer)).id),
  )
  for (const id of ids) await sendings.begin(id, releaser, { version: 1 })
  clock.now += 30
  const [, ...stopped] = await Promise.all([
    sendings.run(),
    ...ids.map(async (id, at) => {
      for (let turn = 0; turn < at; turn += 1) await setImmediate()
      return sendings.stop(id, officer).then(
        () => id,
        () => undefined,
      )
    }),
  ])
  await sendings.run()
  const sent = ids.filter(id => drafts.releasedAs(id) !== undefined)
  expect(sent.length).toBe(issued.length)
  expect([...sent, ...stopped.filter(id => id !== undefined)].sort()).toEqual(ids.sort())
})

test('who wrote it cannot begin; a change in the pause keeps it from being sent, and says why', async () => {
  await using desk = await openSendings()
  const { drafts, sendings, clock, issued } = desk
  const { id } = await drafts.create(draft, officer)
  await expect(sendings.begin(id, officer, { version: 1 })).rejects.toMatchObject({ code: 'four-eyes' })
  await sendings.begin(id, releaser, { version: 1 })
  await drafts.replace(id, draft, officer, {})
  clock.now += 30
  await sendings.run()
  expect(issued).toEqual([])
  expect(sendings.find(id)).toMatchObject({ state: 'failed', failed: { code: 'draft-changed' } })
  await sendings.begin(id, releaser, { version: 2 })
  clock.now += 30
  await sendings.run()
  expect(issued).toHaveLength(1)
})

test('sent back in the pause, it is not sent', async () => {
  await using desk = await openSendings()
  const { drafts, release, sendings, clock, issued } = desk
  const { id } = await drafts.create(draft, officer)
  await sendings.begin(id, releaser, { version: 1 })
  await release.sendBack(id, 'The reference is wrong.', releaser, {})
  expect(sendings.list()).toEqual([])
  clock.now += 60
  await sendings.run()
  expect(issued).toEqual([])
  const begun = sendings.begin(id, releaser, { version: 1 })
  await expect(begun).rejects.toMatchObject({ code: 'draft-returned' })
})

test('a node that was started again sends nothing by itself', async () => {
  await using desk = await openSendings()
  const { drafts, sendings, clock, issued, again } = desk
  const { id } = await drafts.create(draft, officer)
  await sendings.begin(id, releaser, { version: 1 })
  clock.now += 60
  const restarted = again()
  await restarted.run()
  expect(issued).toEqual([])
  expect(restarted.find(id)).toMatchObject({ state: 'interrupted' })
  await restarted.begin(id, releaser, { version: 1 })
  clock.now += 30
  await restarted.run()
  expect(issued).toHaveLength(1)
})

async function openSendings() {
  const dir = await temporaryFolder()
  const store = await openStore({ dir })
  const clock = { now: 1_790_000_000 }
  const now = () => clock.now
  const channels = () => ['torture', 'capital']
  const drafts = new Drafts({ member: 'QM', channels, store, types: noticeTypes, now })
  const issued: string[] = []
  const release = new Release({ drafts, issuer: standInIssuer(store, issued), store, now })
  const people = { find: () => releaser }
  const onSent = async () => {}
  const again = () => new Sendings({ store, release, people, pauseSeconds: 30, now, log: silent, onSent })
  return {
    drafts,
    release,
    sendings: again(),
    again,
    clock,
    issued,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await removeFolder(dir)
    },
  }
}

/** Signs nothing; writes what belongs to the notice in one batch. */
function standInIssuer(store: Store, issued: string[]): Issuer {
  const issue: Issuer['issue'] = async (_draft, _channel, extraOf = () => []) => {
    const admission = newAdmission({ seq: issued.length + 1 })
    const { id } = admission.envelope
    await store.write(extraOf(id))
    issued.push(id)
    return { envelope: admission.envelope, parts: admission.parts } as unknown as KeptNotice
  }
  return { issue } as Issuer
}
