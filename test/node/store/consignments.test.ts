import { expect, test } from 'vitest'
import { Tally } from '../../../node/backup/tally.ts'
import { tables } from '../../../node/store/keys.ts'
import { RestoredRows } from '../../../node/store/restored-rows.ts'
import { temporaryStore } from './builders.ts'

const kept = {
  id: 'c1',
  person: 'ana',
  consignment: { description: 'hoses' },
  keptAt: 0,
  keptUntil: '2031-03-31',
  screenedAt: 0,
  lane: 'green',
  exercise: false,
  matches: [],
} as const
const key = tables.consignment.key('ana', 'c1')
const value = JSON.stringify(kept)
const restoredOn = (day: string) =>
  new RestoredRows({
    isErased: () => false,
    findingsOf: () => {
      throw new TypeError('nothing is asked of notices here')
    },
    entryAt: () => undefined,
    now: Date.parse(day) / 1000,
  }).rowsOf(key, value)

test('a backup that holds a kept consignment must be destroyed by its last day', () => {
  const tally = new Tally()
  tally.see(tables.until.key('2031-06-30', 'n', 'body'), '')
  tally.see(key, value)
  expect(tally.destroyAfter).toBe('2031-03-31')
})

test('a consignment is not restored once its day is over', () => {
  expect(restoredOn('2031-03-31T23:59:59Z')).toEqual([{ type: 'put', key, value }])
  expect(restoredOn('2031-04-01T00:00:00Z')).toEqual([])
})

test('what is kept, and its place in the feed, is in the snapshot of a backup', async () => {
  await using store = await temporaryStore()
  await store.write([
    ...store.consignments.putOps(kept),
    ...store.consignments.rescreenedOps({ through: 7, by: 'rule' }),
  ])
  const keys: string[] = []
  for await (const page of store.snapshot()) keys.push(...page.map(([each]) => each))
  expect(keys).toEqual([key, tables.meta.key('rescreened')])
})

test('of a consignment that was thrown away meanwhile nothing is written, and nobody is told', async () => {
  await using store = await temporaryStore()
  const change = () => ({ kept: { ...kept, lane: 'red' as const }, isTold: true })
  await store.write(store.consignments.changeOps(kept, 1, change))
  expect([store.consignments.find('ana', 'c1'), store.feed.lastCursor()]).toEqual([undefined, 0])
  await store.write([...store.consignments.putOps(kept), ...store.consignments.changeOps(kept, 1, change)])
  expect(store.consignments.find('ana', 'c1')?.lane).toBe('red')
  expect(store.feed.feedAfter(0, 9)).toEqual([{ cursor: 1, kind: 'matched', id: 'c1', at: 1 }])
})
