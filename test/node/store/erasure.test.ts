import { expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import {
  admit,
  filesWith,
  newAdmission,
  newLog,
  newNotice,
  noKeys,
  removeFolder,
  temporaryFolder,
  temporaryStore,
} from './builders.ts'

const secret = 'Kestrel-Trading-of-Port-Osprey'
const reference = 'QM-2026-0042-to-be-forgotten'
const words = 'unmistakable osprey words'
const parts = {
  body: { value: { text: 'spiked batons' }, to: 'channel', until: '2030-06-30' },
  nominal: { value: { buyer: secret }, to: 'named', until: '2030-06-30' },
} as const
const found = { keys: { ...noKeys, reference: [reference], hs: ['930400'] }, words }

test('parts are due on the day after their last, in one row for a notice', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ ...found, parts })
  await admit(store, [admission, ...newLog(3, { issuer: 'QN' })])
  const { id } = admission.envelope
  expect(await store.erasure.dueParts('2030-06-30')).toEqual([])
  expect(await store.erasure.dueParts('2030-07-01')).toEqual([{ id, names: ['body', 'nominal'] }])
  await store.write(store.erasure.eraseOps(id, ['nominal'], 9))
  expect(await store.erasure.dueParts('2030-07-01')).toEqual([{ id, names: ['body'] }])
})

test('an erased part is gone from the notice, the log and every search, and the rest still stands', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ ...found, parts })
  const { envelope } = admission
  await admit(store, [admission])
  await store.write(store.erasure.eraseOps(envelope.id, ['body'], 9))
  expect(store.notices.find(envelope.id)).toMatchObject({
    envelope,
    erased: ['body'],
    parts: [{ name: 'nominal' }],
  })
  expect(store.notices.logEntries('torture', 'QM', 1, 1)[0]?.parts.map(part => part.name)).toEqual([
    'nominal',
  ])
  expect(store.erasure.isErased(envelope.id, 'body')).toBe(true)
  expect(store.erasure.isErased(envelope.id, 'nominal')).toBe(false)
  expect(await store.search.list({ reference, limit: 5 })).toEqual([])
  expect(await store.search.list({ hs: '9304', limit: 5 })).toEqual([])
  expect(await store.search.list({ q: 'osprey', limit: 5 })).toEqual([])
  expect(await store.search.list({ issuer: 'QM', limit: 5 })).toHaveLength(1)
  expect(store.feed.feedAfter(1, 5)).toEqual([{ cursor: 2, kind: 'erased', id: envelope.id, at: 9 }])
  expect(await store.erasure.records()).toEqual([{ id: envelope.id, name: 'body', at: 9 }])
})

test('erasing only the nominal part leaves what the body is found by', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ ...found, parts })
  await admit(store, [admission])
  await store.write(store.erasure.eraseOps(admission.envelope.id, ['nominal'], 9))
  expect(await store.search.list({ reference, q: 'osprey', limit: 5 })).toHaveLength(1)
})

test('nothing brings an erased part back: not parts that come later, not the notice itself', async () => {
  await using store = await temporaryStore()
  const late = newNotice({ issuer: 'QN', parts })
  const withheld = newAdmission({ issuer: 'QN', parts, withheld: ['body', 'nominal'] })
  const restored = newAdmission({ ...found, parts })
  await store.write(store.erasure.eraseOps(restored.envelope.id, ['body', 'nominal'], 9))
  await admit(store, [withheld, restored])
  await store.write(store.erasure.eraseOps(late.envelope.id, ['body'], 9))
  await store.write(store.notices.partsOps({ ...late, ...found, flags: [], receivedAt: 10 }))

  expect(store.notices.find(restored.envelope.id)).toMatchObject({ parts: [], erased: ['body', 'nominal'] })
  expect(store.notices.find(late.envelope.id)).toMatchObject({
    parts: [{ name: 'nominal' }],
    erased: ['body'],
  })
  expect(store.notices.missingParts()).toEqual([])
  expect(await store.search.list({ reference, limit: 5 })).toEqual([])
  expect((await store.erasure.dueParts('2031-01-01')).map(due => due.names)).toEqual([['nominal']])
})

test('an erasure asked for before its notice or part is on disk still reaches both', async () => {
  await using store = await temporaryStore()
  const first = newAdmission({ ...found, parts })
  const { envelope, parts: later } = newNotice({ issuer: 'QN', parts })
  await admit(store, [newAdmission({ issuer: 'QN', parts, withheld: ['body', 'nominal'] })])
  await Promise.all([
    admit(store, [first]),
    store.write(store.erasure.eraseOps(first.envelope.id, ['body'], 9)),
    store.write(store.notices.partsOps({ envelope, parts: later, ...found, flags: [], receivedAt: 10 })),
    store.write(store.erasure.eraseOps(envelope.id, ['body'], 9)),
  ])
  expect(store.notices.find(first.envelope.id)).toMatchObject({ erased: ['body'] })
  expect(store.notices.find(envelope.id)).toMatchObject({ erased: ['body'] })
  expect(await store.search.list({ reference, limit: 5 })).toEqual([])
  expect(await store.search.list({ q: 'osprey', limit: 5 })).toEqual([])
})

test('a part that had passed its day before it came is recorded as erased, and counts as held', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ parts, withheld: ['body', 'nominal'], erased: ['body'] })
  await admit(store, [admission])
  expect(store.notices.missingParts()).toEqual([])
  expect(store.erasure.isErased(admission.envelope.id, 'body')).toBe(true)
})

test('a missing part is no longer asked for once its day has passed', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ parts, withheld: ['body', 'nominal'] })
  const { id } = admission.envelope
  await admit(store, [admission])
  expect(store.notices.missingParts()).toEqual([id])
  expect(await store.erasure.dueParts('2030-07-01')).toEqual([{ id, names: ['body'] }])
  await store.write(store.erasure.eraseOps(id, ['body'], 9))
  expect(store.notices.missingParts()).toEqual([])
})

test('a void notice loses its parts on their day as well', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ parts, isVoid: true })
  const { id } = admission.envelope
  await admit(store, [admission])
  expect(await store.erasure.dueParts('2030-07-01')).toEqual([{ id, names: ['body', 'nominal'] }])
  await store.write(store.erasure.eraseOps(id, ['body', 'nominal'], 9))
  expect(store.notices.find(id)).toMatchObject({ isVoid: true, parts: [], erased: ['body', 'nominal'] })
})

/** Everything of the notice that must vanish, as it stands on disk. */
function tracesOf({ parts: held }: { parts: readonly { text: string }[] }): string[] {
  return [...held.map(part => part.text), secret, reference, words]
}

test.each([
  { name: 'in the write-ahead log alone', before: 0, after: 0, compacts: false },
  { name: 'in a table below others', before: 300, after: 300, compacts: true },
  { name: 'in the log, above tables', before: 300, after: 0, compacts: false },
])('after compacting no file holds what was erased: $name', async ({ before, after, compacts }) => {
  const dir = await temporaryFolder()
  const target = newAdmission({ ...found, parts })
  const traces = tracesOf(target)
  {
    await using store = await openStore({ dir })
    const filler = newLog(before + after, { issuer: 'QN', ...found, words: 'other', keys: noKeys })
    await admit(store, filler.slice(0, before))
    if (compacts) await store.compact()
    await admit(store, [target])
    if (compacts) await store.compact()
    await admit(store, filler.slice(before))
    expect(await filesWith(dir, traces)).not.toEqual([])

    await store.write(store.erasure.eraseOps(target.envelope.id, ['body', 'nominal'], 9))
    expect(await filesWith(dir, traces)).not.toEqual([])
    await store.compact()
    expect(await filesWith(dir, traces)).toEqual([])
    expect(await filesWith(dir, [target.envelope.id])).not.toEqual([])
    expect(store.notices.find(target.envelope.id)?.envelope).toEqual(target.envelope)
  }
  {
    await using store = await openStore({ dir })
    expect(await filesWith(dir, traces)).toEqual([])
    expect(store.notices.find(target.envelope.id)?.erased).toEqual(['body', 'nominal'])
    expect(store.notices.heads().torture?.QM?.[0]).toBe(1)
  }
  await removeFolder(dir)
})
