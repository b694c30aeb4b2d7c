import { expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import { admit, newAdmission, newLog, removeFolder, temporaryFolder, temporaryStore } from './builders.ts'

test('cursors count on in the order of writing, also after opening again', async () => {
  const dir = await temporaryFolder()
  {
    await using store = await openStore({ dir })
    await admit(store, newLog(3))
    expect(store.feed.feedAfter(0, 10).map(entry => entry.cursor)).toEqual([1, 2, 3])
  }
  {
    await using store = await openStore({ dir })
    expect(store.feed.lastCursor()).toBe(3)
    const other = newAdmission({ issuer: 'QN' })
    await admit(store, [other])
    expect(store.feed.feedAfter(3, 10)).toEqual([
      { cursor: 4, kind: 'notice', id: other.envelope.id, at: other.receivedAt },
    ])
  }
  await removeFolder(dir)
})

test('the order of cursors is the order of asking, also when some are written alone', async () => {
  await using store = await temporaryStore()
  const log = newLog(9)
  await Promise.all(
    log.map((admission, at) => {
      const operations = store.notices.admissionOps(admission)
      return at % 3 === 0 ? store.writeAlone(operations) : store.write(operations)
    }),
  )
  expect(store.feed.feedAfter(0, 20).map(entry => entry.id)).toEqual(log.map(({ envelope }) => envelope.id))
})

test('a page of the feed ends at its limit and the next goes on from there', async () => {
  await using store = await temporaryStore()
  await admit(store, newLog(5))
  expect(store.feed.feedAfter(0, 2).map(entry => entry.cursor)).toEqual([1, 2])
  expect(store.feed.feedAfter(2, 2).map(entry => entry.cursor)).toEqual([3, 4])
  expect(store.feed.feedAfter(5, 2)).toEqual([])
})

test('a follower that waits is woken by the next entry and finds it', async () => {
  await using store = await temporaryStore()
  const changed = store.feed.changed(0, new AbortController().signal)
  const written = admit(store, newLog(1))
  await changed
  expect(store.feed.feedAfter(0, 10)).toHaveLength(1)
  await written
})

test('a follower that comes too late does not wait', async () => {
  await using store = await temporaryStore()
  await admit(store, newLog(1))
  await store.feed.changed(0, new AbortController().signal)
})

test('a follower of a feed that begins above a floor waits for the first entry, and finds it there', async () => {
  await using store = await temporaryStore({ feedFloor: 7 })
  let isWoken = false
  const changed = store.feed.changed(0, new AbortController().signal).then(() => {
    isWoken = true
  })
  await new Promise(setImmediate)
  expect([store.feed.lastCursor(), isWoken]).toEqual([7, false])
  await admit(store, newLog(1))
  await changed
  expect(store.feed.feedAfter(0, 10).map(entry => entry.cursor)).toEqual([8])
})

test('a follower whose signal is aborted waits no longer', async () => {
  await using store = await temporaryStore()
  const stop = new AbortController()
  const changed = store.feed.changed(0, stop.signal)
  stop.abort()
  await changed
  await store.feed.changed(0, stop.signal)
  expect(store.feed.lastCursor()).toBe(0)
})
