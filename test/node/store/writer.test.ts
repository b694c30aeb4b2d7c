import { expect, test } from 'vitest'
import { FocalpointError } from '#protocol'
import { put, type View } from '../../../node/store/operation.ts'
import { Writer } from '../../../node/store/writer.ts'
import { admit, newLog, removeFolder, temporaryStore } from './builders.ts'

/** A writer whose disk is a list of batches; `release` lets the batch under way finish. */
function recorded({ groupCommitMs = 1, fail = false } = {}) {
  const batches: string[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  const writer = new Writer({
    groupCommitMs,
    sync: true,
    cursor: 0,
    get: () => undefined,
    async batch(rows) {
      const gate = Promise.withResolvers<void>()
      gates.push(gate)
      await gate.promise
      if (fail) throw new Error('ENOSPC')
      batches.push([...rows.keys()])
    },
    committed: () => {},
    checkRoom: () => {},
    failed: () => new FocalpointError('disk-full', 'full', { path: 'nowhere' }),
  })
  const release = () => gates.shift()?.resolve()
  return { writer, batches, release, underWay: () => gates.length }
}

test('writes asked for together go to the disk in one batch', async () => {
  const { writer, batches, release, underWay } = recorded()
  const written = Promise.all(['a', 'b', 'c'].map(key => writer.write([put(key, '')])))
  await expect.poll(underWay).toBe(1)
  release()
  await written
  expect(batches).toEqual([['a', 'b', 'c']])
})

test('no more than 256 notices share a batch, and a full one does not wait', async () => {
  const { writer, batches, release, underWay } = recorded({ groupCommitMs: 60_000 })
  const keys = Array.from({ length: 256 }, (_, at) => `${at}`)
  const written = Promise.all(keys.map(key => writer.write([put(key, '')])))
  expect(underWay()).toBe(1)
  release()
  await written
  expect(batches.map(batch => batch.length)).toEqual([256])
})

test('a write that stands alone comes after those before it and shares its batch with nobody', async () => {
  const { writer, batches, release, underWay } = recorded({ groupCommitMs: 60_000 })
  const written = [writer.write([put('a', '')]), writer.write([put('own', '')], { isAlone: true })]
  for (let batch = 0; batch < 2; batch++) {
    await expect.poll(underWay).toBe(1)
    release()
  }
  await Promise.all(written)
  const after = writer.write([put('b', '')], { isAlone: true })
  await expect.poll(underWay).toBe(1)
  release()
  await after
  expect(batches).toEqual([['a'], ['own'], ['b']])
})

test('a write is not acknowledged before its batch is on disk', async () => {
  const { writer, release, underWay } = recorded()
  let isDone = false
  const written = writer.write([put('a', '')]).then(() => {
    isDone = true
  })
  await expect.poll(underWay).toBe(1)
  expect(isDone).toBe(false)
  release()
  await written
  expect(isDone).toBe(true)
})

test('later rows see earlier ones that are not on disk yet', async () => {
  const { writer, release, underWay } = recorded()
  const first = writer.write([put('count', '1')])
  const seen: (string | undefined)[] = []
  const second = writer.write([
    put('mine', 'x'),
    {
      type: 'late',
      rows(view) {
        seen.push(view.get('count'), view.get('mine'), view.get('none'))
        return [put('count', '2')]
      },
    },
  ])
  expect(seen).toEqual(['1', 'x', undefined])
  await expect.poll(underWay).toBe(1)
  release()
  await Promise.all([first, second])
})

test('a late operation that throws writes nothing and stops nobody else', async () => {
  await using store = await temporaryStore()
  const drafts = store.drafts.releasedOps('none', { releasedAs: 'notice', at: 1, version: 1 })
  const refused = (async () => store.write([put('meta!x', 'x'), ...drafts]))()
  const written = admit(store, newLog(2))
  await expect(refused).rejects.toMatchObject({ code: 'not-found' })
  await written
  expect(store.notices.head('torture', 'QM')?.seq).toBe(2)
  expect(store.isWritable).toBe(true)
})

test('after a failed write all that waits fails, and so does every later write', async () => {
  const { writer, release, underWay } = recorded({ fail: true })
  const alone = writer.write([put('a', '')], { isAlone: true })
  const waiting = writer.write([put('b', '')])
  await expect.poll(underWay).toBe(1)
  release()
  await expect(alone).rejects.toMatchObject({ code: 'disk-full' })
  await expect(waiting).rejects.toMatchObject({ code: 'disk-full' })
  await expect(writer.write([put('c', '')])).rejects.toMatchObject({ code: 'disk-full' })
  writer.resume(7)
  const cursors: number[] = []
  const late = {
    type: 'late' as const,
    rows: (view: View) => [put('d', String(cursors.push(view.nextCursor())))],
  }
  const resumed = writer.write([late], { isAlone: true })
  await expect.poll(underWay).toBe(1)
  release()
  await expect(resumed).rejects.toMatchObject({ code: 'disk-full' })
  expect(cursors).toEqual([8])
})

test('a write that is refused takes no cursor', async () => {
  await using store = await temporaryStore({ freeSpaceBytes: Number.MAX_SAFE_INTEGER })
  await expect(admit(store, newLog(1))).rejects.toMatchObject({ code: 'disk-full' })
  expect(store.isWritable).toBe(false)
  await store.write([{ type: 'late', rows: view => [put('meta!cursor', String(view.nextCursor()))] }])
  expect(store.feed.lastCursor()).toBe(0)
  await using again = await temporaryStore()
  await admit(again, newLog(2))
  expect(again.feed.lastCursor()).toBe(2)
})

test('when the folder is gone writes fail by name, and what was there before can still be read', async () => {
  await using store = await temporaryStore()
  const log = newLog(4)
  await admit(store, log.slice(0, 1))
  await removeFolder(store.dir)
  const large = 'x'.repeat(1024 * 1024)
  const writes = (async () => {
    for (let at = 0; at < 64; at++) await store.write([put(`meta!${at}`, large)])
  })()
  await expect(writes).rejects.toMatchObject({ code: 'store-failed', details: { path: store.dir } })
  expect(store.isWritable).toBe(false)
  expect(store.notices.head('torture', 'QM')?.seq).toBe(1)
})
