import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Draft, noticeText } from '#protocol'
import { eraseDueParts } from '../../node/erase.ts'
import { LastSignedFiles } from '../../node/last-signed.ts'
import { openStore } from '../../node/store/index.ts'
import { exampleDraft } from '../network/participants.ts'
import { admit, filesWith, newAdmission, newLog, removeFolder, temporaryFolder } from './store/builders.ts'

const secret = 'Kestrel-Trading-of-Port-Osprey'
const until = '2030-06-30'
const lastDay = Date.parse('2030-06-30T23:59:59Z') / 1000
const dayAfter = lastDay + 1
const parts = { body: { value: { text: secret }, to: 'channel', until } } as const
const admission = newAdmission({ parts, words: secret })
const { envelope } = admission
const traces = [secret, ...admission.parts.map(part => part.text)]

test('a part is kept through its last day and gone on the next', async () => {
  const { options, dir } = await newNode()
  await admit(options.store, [admission])
  expect(await eraseDueParts({ ...options, now: () => lastDay })).toBe(0)
  expect(await filesWith(dir, traces)).not.toEqual([])
  expect(await eraseDueParts({ ...options, now: () => dayAfter })).toBe(1)
  expect(await filesWith(dir, traces)).toEqual([])
  expect(options.erased).toEqual([{ id: envelope.id, names: ['body'] }])
})

test('an erasure that a crash cut short is finished at the next turn, without a part left to erase', async () => {
  const { options, dir, reopen } = await newNode()
  await admit(options.store, [admission, ...newLog(50, { issuer: 'QN' })])
  const { erasure } = options.store
  await options.store.write([
    ...erasure.eraseOps(envelope.id, ['body'], dayAfter),
    ...erasure.unfinishedOps(),
  ])
  const store = await reopen()
  expect(await filesWith(dir, traces)).not.toEqual([])
  expect(await eraseDueParts({ ...options, store, now: () => dayAfter })).toBe(0)
  expect(await filesWith(dir, traces)).toEqual([])
  expect(store.erasure.isUnfinished()).toBe(false)
})

test('the record of what was signed last loses the part as well, also when the database does not hold that notice', async () => {
  const { options } = await newNode()
  await options.files.write('torture', { seq: 1, id: envelope.id, notice: noticeText(admission) })
  await eraseDueParts({ ...options, now: () => lastDay })
  expect((await options.files.read('torture'))?.notice).toBe(noticeText(admission))
  await eraseDueParts({ ...options, now: () => dayAfter })
  const record = { seq: 1, id: envelope.id, notice: noticeText({ envelope, parts: [] }) }
  expect(await options.files.read('torture')).toEqual(record)
})

test('a draft goes with the day of any of its parts, one without a day stays', async () => {
  const { options, dir } = await newNode()
  const { store } = options
  const dated = withRule({ to: 'channel', until })
  await store.write([
    ...store.drafts.putOps(storedDraft('dated', dated)),
    ...store.drafts.putOps(storedDraft('open', withRule({ to: 'channel' }))),
  ])
  await eraseDueParts({ ...options, now: () => lastDay })
  expect(store.drafts.list()).toHaveLength(2)
  await eraseDueParts({ ...options, now: () => dayAfter })
  expect(store.drafts.list().map(({ id }) => id)).toEqual(['open'])
  expect(await filesWith(dir, [`${secret} dated`])).toEqual([])
})

function withRule(rule: Draft['parts'][string]): Draft {
  return { ...exampleDraft('alert'), parts: { body: rule } }
}

function storedDraft(id: string, draft: Draft) {
  const body = { ...draft.body, text: { en: `${secret} ${id}` } }
  const times = { createdAt: lastDay, updatedAt: lastDay, version: 1 }
  return { id, draft: { ...draft, body }, author: 'officer', editors: ['officer'], ...times }
}

async function newNode() {
  const folder = await temporaryFolder()
  const dir = join(folder, 'store')
  const open = { store: await openStore({ dir }) }
  onTestFinished(async () => {
    await open.store[Symbol.asyncDispose]()
    await removeFolder(folder)
  })
  const erased: { id: string; names: readonly string[] }[] = []
  const options = {
    net: envelope.net,
    channels: () => ['torture'],
    store: open.store,
    files: new LastSignedFiles(join(folder, 'last-signed')),
    erased,
    onErased: (id: string, names: readonly string[]) => void erased.push({ id, names }),
    removeDueConsignments: async () => 0,
  }
  const reopen = async () => {
    await open.store[Symbol.asyncDispose]()
    open.store = await openStore({ dir })
    return open.store
  }
  return { options, dir, reopen }
}
