import { expect, test } from 'vitest'
import { limits, sha256 } from '#protocol'
import { openStore } from '../../../node/store/index.ts'
import {
  admit,
  newAdmission,
  newLog,
  newNotice,
  noKeys,
  removeFolder,
  temporaryFolder,
  temporaryStore,
} from './builders.ts'

const bodyAndNominal = {
  body: { value: { text: 'spiked batons' }, to: 'channel' },
  nominal: { value: { buyer: 'Kestrel Trading' }, to: 'named' },
} as const

test('an admitted notice is found by id and by place, with its parts in name order', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({ parts: bodyAndNominal, flags: ['clock-ahead'] })
  await admit(store, [admission])
  const { id } = admission.envelope
  const kept = store.notices.find(id)
  expect(kept?.envelope).toEqual(admission.envelope)
  expect(kept?.parts).toEqual(admission.parts)
  expect(kept).toMatchObject({
    erased: [],
    road: 'gossip',
    from: 'QM',
    flags: ['clock-ahead'],
    isVoid: false,
    cursor: 1,
  })
  expect(store.notices.has(id)).toBe(true)
  expect(store.notices.idAt('torture', 'QM', 1)).toBe(id)
})

test('what is not held is undefined, not an error', async () => {
  await using store = await temporaryStore()
  const id = sha256('nothing')
  expect(store.notices.find(id)).toBeUndefined()
  expect(store.notices.has(id)).toBe(false)
  expect(store.notices.idAt('torture', 'QM', 1)).toBeUndefined()
  expect(store.notices.head('torture', 'QM')).toBeUndefined()
  expect(store.notices.logEntries('torture', 'QM', 1, 10)).toEqual([])
})

test('heads follow the disk and are read again at opening', async () => {
  const dir = await temporaryFolder()
  const log = newLog(12)
  const other = newAdmission({ issuer: 'XF', channel: 'capital' })
  const expected = {
    torture: { QM: [12, log.at(-1)?.envelope.id] },
    capital: { XF: [1, other.envelope.id] },
  }
  {
    await using store = await openStore({ dir })
    const written = admit(store, [...log, other])
    expect(store.notices.heads()).toEqual({})
    await written
    expect(store.notices.heads()).toEqual(expected)
  }
  {
    await using store = await openStore({ dir })
    expect(store.notices.heads()).toEqual(expected)
    expect(store.notices.head('torture', 'QM')).toEqual({ seq: 12, id: log.at(-1)?.envelope.id })
    expect((await store.counts()).notices).toBe(13)
    expect((await store.counts()).bytes).toBeGreaterThan(5_000)
  }
  await removeFolder(dir)
})

test('a log is served in the order of its places, also past the tenth, with all parts and whom they are for', async () => {
  await using store = await temporaryStore()
  const log = newLog(25, { parts: bodyAndNominal })
  await admit(store, [...log, ...newLog(3, { issuer: 'QN' })])
  const entries = store.notices.logEntries('torture', 'QM', 8, 10)
  expect(entries.map(entry => entry.id)).toEqual(log.slice(7, 17).map(({ envelope }) => envelope.id))
  expect(entries[0]?.jws).toBe(log[7]?.envelope.jws)
  expect(entries[0]?.parts).toEqual([
    { name: 'body', to: 'channel', text: log[7]?.parts[0]?.text },
    { name: 'nominal', to: 'named', text: log[7]?.parts[1]?.text },
  ])
  expect(store.notices.logEntries('torture', 'QM', 20, 100)).toHaveLength(6)
  expect(store.notices.logIds('torture', 'QM', 9, 11)).toEqual(
    log.slice(8, 11).map(({ envelope }) => envelope.id),
  )
})

test('a notice admitted twice is kept once and told once', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission()
  await admit(store, [admission, admission])
  await admit(store, [admission])
  expect(store.feed.feedAfter(0, 10)).toHaveLength(1)
})

test('a missing channel part is asked for until it comes; a named one is not', async () => {
  await using store = await temporaryStore()
  const without = newAdmission({ parts: bodyAndNominal, withheld: ['body', 'nominal'] })
  const { id } = without.envelope
  await admit(store, [without])
  expect(store.notices.missingParts()).toEqual([id])

  const { envelope, parts } = newNotice({ parts: bodyAndNominal })
  const keys = { ...noKeys, country: ['XE'] }
  const later = {
    envelope,
    parts,
    flags: ['body-form'] as const,
    keys,
    words: 'spiked batons',
    receivedAt: 5,
  }
  await store.write(store.notices.partsOps(later))
  expect(store.notices.missingParts()).toEqual([])
  expect(store.notices.find(id)?.parts).toEqual(parts)
  expect(store.notices.find(id)?.flags).toEqual(['body-form'])
  expect(await store.search.list({ country: 'XE', limit: 5 })).toHaveLength(1)
  expect(store.feed.feedAfter(1, 10)).toEqual([{ cursor: 2, kind: 'parts', id, at: 5 }])

  await store.write(store.notices.partsOps(later))
  expect(store.feed.lastCursor()).toBe(2)
})

test('a named part is asked for as well where the gate says that it may be for us', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({
    parts: bodyAndNominal,
    withheld: ['nominal'],
    wanted: ['body', 'nominal'],
  })
  await admit(store, [admission])
  expect(store.notices.missingParts()).toEqual([admission.envelope.id])
  await store.write(store.erasure.eraseOps(admission.envelope.id, ['nominal'], 9))
  expect(store.notices.missingParts()).toEqual([])
})

test('a notice tells who refers to it, once for each relation, also when the answer comes first', async () => {
  await using store = await temporaryStore()
  const target = newAdmission()
  const { id } = target.envelope
  const first = newAdmission({
    issuer: 'QN',
    refs: [
      { id, rel: 'follows' },
      { id, rel: 'about' },
    ],
  })
  const second = newAdmission({ issuer: 'XF', refs: [{ id, rel: 'a-later-relation' }] })
  await admit(store, [first, second, target])
  expect(store.notices.refsTo(id)).toEqual([
    { id: first.envelope.id, rel: 'follows' },
    { id: first.envelope.id, rel: 'about' },
    { id: second.envelope.id, rel: 'a-later-relation' },
  ])
  expect(store.notices.refsTo(first.envelope.id)).toEqual([])
})

test('a void notice is kept as evidence and takes no place, no head and no line in a list', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission({
    isVoid: true,
    key: 'stolen',
    refs: [{ id: sha256('target'), rel: 'withdraws' }],
  })
  const { id, kid } = admission.envelope
  await admit(store, [admission])
  expect(store.notices.find(id)).toMatchObject({ isVoid: true, envelope: { id } })
  expect(store.notices.voidIds(kid)).toEqual([id])
  expect(store.notices.heads()).toEqual({})
  expect(store.notices.idAt('torture', 'QM', 1)).toBeUndefined()
  expect(store.notices.refsTo(sha256('target'))).toEqual([])
  expect(await store.search.list({ limit: 10 })).toEqual([])
  expect(store.feed.feedAfter(0, 10)).toMatchObject([{ kind: 'voided', id }])
})

test('what is kept is known by its envelope: in its log, void beyond its head, and never what would come next', async () => {
  await using store = await temporaryStore()
  const [first, second, third] = newLog(3)
  const stolen = newAdmission({ isVoid: true, key: 'stolen', issuer: 'QN' })
  if (first === undefined || second === undefined || third === undefined) throw new Error('a log of three')
  await admit(store, [first, second, stolen])
  const asked = [first, second, stolen, third].map(({ envelope }) => store.notices.isKept(envelope))
  expect(asked).toEqual([true, true, true, false])
})

test('of one key no more void notices are kept than the limit, of another key still', async () => {
  await using store = await temporaryStore()
  await admit(store, newLog(limits.voidNoticesPerKey + 6, { isVoid: true, key: 'stolen' }))
  await admit(store, newLog(1, { isVoid: true, key: 'another', issuer: 'QN' }))
  expect(store.notices.voidIds(sha256('stolen'))).toHaveLength(limits.voidNoticesPerKey)
  expect(store.notices.voidIds(sha256('another'))).toHaveLength(1)
  expect(store.feed.lastCursor()).toBe(limits.voidNoticesPerKey + 1)
})

test('notices voided later leave their log, and its head falls to the last good place', async () => {
  await using store = await temporaryStore()
  const [first, ...rest] = newLog(4, {
    refs: [{ id: sha256('target'), rel: 'about' }],
    keys: { ...noKeys, country: ['XE'] },
  })
  if (first === undefined) throw new Error('a log of four has a first notice')
  await admit(store, [first, ...rest])
  await store.write(rest.flatMap(({ envelope }) => store.notices.voidOps(envelope.id, 7)))
  expect(store.notices.heads()).toEqual({ torture: { QM: [1, first.envelope.id] } })
  expect(store.notices.logEntries('torture', 'QM', 1, 10)).toHaveLength(1)
  expect(store.notices.refsTo(sha256('target'))).toHaveLength(1)
  expect((await store.search.list({ country: 'XE', limit: 9 })).map(kept => kept.envelope.id)).toEqual([
    first.envelope.id,
  ])
  for (const { envelope, parts } of rest)
    expect(store.notices.find(envelope.id)).toMatchObject({ isVoid: true, parts })
  expect(store.feed.feedAfter(4, 10).map(entry => entry.kind)).toEqual(['voided', 'voided', 'voided'])

  const successor = newAdmission({ seq: 2, prev: first.envelope.id, key: 'new', type: 'alert' })
  await admit(store, [successor])
  expect(store.notices.idAt('torture', 'QM', 2)).toBe(successor.envelope.id)
})
