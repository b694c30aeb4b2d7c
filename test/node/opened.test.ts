import { expect, test } from 'vitest'
import { type OpenedNotices, openOpened } from '../../node/opened.ts'
import type { Store } from '../../node/store/index.ts'
import { newLog, temporaryStore } from './store/builders.ts'

const start = 1_800_000_000

function openIn(store: Store): Promise<OpenedNotices> {
  return openOpened({
    rows: store.opened,
    feed: {
      after: (cursor, limit) => store.feed.feedAfter(cursor, limit),
      last: () => store.feed.lastCursor(),
    },
    ownIds: ({ torture = 0 }) => ({
      torture: store.notices.logIds('torture', 'QM', torture + 1, torture + 1000),
    }),
    now: () => start,
  })
}

async function admit(
  store: Store,
  issuer: string,
  { from = 1, to }: { from?: number; to: number },
): Promise<string[]> {
  const log = newLog(to, { issuer }).slice(from - 1)
  await store.write(log.flatMap(each => store.notices.admissionOps(each)))
  return log.map(({ envelope }) => envelope.id)
}

test('what comes is new to the office until the first of it opens it; its own notices never are', async () => {
  await using store = await temporaryStore()
  const opened = await openIn(store)
  const [one = '', two = '', three = ''] = await admit(store, 'QN', { to: 3 })
  const [own = ''] = await admit(store, 'QM', { to: 1 })
  expect(opened.unopened({ limit: 2 })).toMatchObject({ total: 3, notices: [{ id: three }, { id: two }] })
  expect(await Promise.all(['heron', 'stork'].map(person => opened.mark(two, person)))).toEqual([true, false])
  expect(opened.by(two)).toEqual({ person: 'heron', at: start })
  expect(opened.by(one)).toBeUndefined()
  expect(await opened.mark(own, 'heron')).toBe(false)
  expect(opened.unopened({ limit: 9 }).notices.map(({ id }) => id)).toEqual([three, one])

  const again = await openIn(store)
  expect(again.unopened({ limit: 9 })).toEqual(opened.unopened({ limit: 9 }))
  expect(await again.mark(two, 'stork')).toBe(false)
  const [fourth] = await admit(store, 'QN', { from: 4, to: 4 })
  expect(again.unopened({ limit: 1 }).notices).toMatchObject([{ id: fourth }])
})

test('what was there before anybody noted it counts as opened', async () => {
  await using store = await temporaryStore()
  await admit(store, 'QN', { to: 3 })
  const opened = await openIn(store)
  expect(opened.unopened({ limit: 9 })).toEqual({ total: 0, notices: [] })
  const [fourth] = await admit(store, 'QN', { from: 4, to: 4 })
  expect((await openIn(store)).unopened({ limit: 9 }).notices).toMatchObject([{ id: fourth }])
})

test('a hundred thousand notices are told of at once', async () => {
  const last = 100_000
  const opened = await openOpened({
    rows: { find: () => undefined, mark: async () => true, ids: async () => [], from: async () => 0 },
    feed: {
      last: () => last,
      after: (cursor, limit) =>
        Array.from({ length: Math.min(limit, last - cursor) }, (_, at) => {
          const next = cursor + at + 1
          return { cursor: next, kind: 'notice', id: `notice ${next}`, at: start }
        }),
    },
    ownIds: () => ({}),
    now: () => start,
  })
  await opened.mark('notice 100000', 'heron')
  expect(opened.unopened({ limit: 1 })).toEqual({
    total: 99_999,
    notices: [{ id: 'notice 99999', cursor: 99_999 }],
  })
})
