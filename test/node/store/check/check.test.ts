import { expect, test } from 'vitest'
import { checkMark, checkRows } from '../../../../node/store/check/check.ts'
import type { HighWater } from '../../../../node/store/check/high-water.ts'
import { Database } from '../../../../node/store/rows.ts'
import { admit, newLog, removeFolder, temporaryFolder, temporaryStore } from '../builders.ts'

const log = newLog(12)
const [first, second] = log

/** What is found wrong after these rows were written beside the store's back; undefined takes a row away. */
async function wrongAfter(rows: Record<string, string | undefined>): Promise<number> {
  const dir = await temporaryFolder()
  {
    await using store = await temporaryStore({ dir })
    await admit(store, log)
  }
  const database = await Database.open(dir)
  await database.batch(new Map(Object.entries(rows)), { sync: false })
  const wrong = await checkRows(database)
  await database.close()
  await removeFolder(dir)
  return wrong.length
}

test('a sound store has nothing wrong', async () => {
  expect(await wrongAfter({})).toBe(0)
})

test('a hole in a log or in the feed, a wrong head, a notice not known by its id are found', async () => {
  for (const key of [
    'log!torture!QM!0000000000000007',
    'log!torture!QM!0000000000000012',
    'head!torture!QM',
    'feed!0000000000000009',
    `notice!${first?.envelope.id}`,
  ])
    expect([key, await wrongAfter({ [key]: undefined })]).not.toEqual([key, 0])
})

test('a text that is not what its id says, or does not follow the one before, is found', async () => {
  const key = 'log!torture!QM!0000000000000002'
  expect(await wrongAfter({ [key]: `${second?.envelope.id} ${first?.envelope.jws}` })).toBeGreaterThan(0)
  expect(await wrongAfter({ [key]: `${first?.envelope.id} ${first?.envelope.jws}` })).toBeGreaterThan(0)
})

test('the mark tells of batches and heads that are gone, and says nothing against what came later', async () => {
  const dir = await temporaryFolder()
  {
    await using store = await temporaryStore({ dir })
    await admit(store, log)
  }
  const database = await Database.open(dir)
  const head = { torture: { QM: [12, log.at(-1)?.envelope.id ?? ''] as [number, string] } }
  const mark: HighWater = { batch: database.batches, heads: head, feed: 12, tables: {}, files: {} }
  expect(await checkMark(database, undefined)).toEqual([])
  expect(await checkMark(database, mark)).toEqual([])
  const more = { torture: { QM: [13, 'id'] as [number, string] } }
  expect(await checkMark(database, { ...mark, batch: mark.batch - 1, heads: more })).toEqual([])
  expect((await checkMark(database, { ...mark, heads: more })).length).toBe(1)
  expect((await checkMark(database, { ...mark, batch: mark.batch + 1 })).length).toBe(1)
  await database.close()
  await removeFolder(dir)
})
