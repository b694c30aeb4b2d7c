import { expect, test } from 'vitest'
import { type Audit, openAudit } from '../../node/audit.ts'
import type { Store } from '../../node/store/index.ts'
import { put, remove } from '../../node/store/operation.ts'
import { temporaryStore } from './store/builders.ts'

const start = 1_800_000_000
const year = 366 * 86_400
const noted = ['signed-in', 'draft-made', 'draft-released', 'signed-out'] as const

interface Trail extends AsyncDisposable {
  store: Store
  audit: Audit
  clock: { now: number }
}

async function openTrail({ acts = 0 } = {}): Promise<Trail> {
  const store = await temporaryStore()
  const clock = { now: start }
  const onError = (error: unknown) => {
    throw error
  }
  const audit = openAudit({ rows: store.audit, now: () => clock.now, onError })
  for (let at = 0; at < acts; at++) {
    clock.now = start + at
    await audit.note({
      act: noted[at % noted.length] ?? 'signed-in',
      person: at % 2 === 0 ? 'heron' : 'stork',
    })
  }
  return { store, audit, clock, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}

test('a trail in which something is noted, or its oldest removed, while it is checked is whole', async () => {
  await using trail = await openTrail({ acts: 3 })
  for (let round = 0; round < 100; round += 1) {
    const [found] = await Promise.all([
      trail.audit.check(),
      trail.audit.note({ act: 'signed-in', person: 'heron' }),
      trail.store.audit.removeBefore(round % 10 === 9 ? start + year : 0),
    ])
    expect(found).toMatchObject({ isWhole: true })
  }
})

function keyOf(number: number): string {
  return `audit!${String(number).padStart(16, '0')}`
}

test('acts are listed newest first, page by page, of one person or one kind', async () => {
  await using trail = await openTrail({ acts: 9 })
  const page = await trail.audit.list({ limit: 4 })
  expect(page.map(({ number }) => number)).toEqual([9, 8, 7, 6])
  expect(page[0]).toEqual({ number: 9, at: start + 8, act: 'signed-in', person: 'heron' })
  const next = await trail.audit.list({ limit: 9, before: 6 })
  expect(next.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1])
  expect((await trail.audit.list({ limit: 2, person: 'stork' })).map(({ number }) => number)).toEqual([8, 6])
  expect((await trail.audit.list({ limit: 9, act: 'draft-released' })).map(({ number }) => number)).toEqual([
    7, 3,
  ])
})

test('acts at once are one chain, and it is whole', async () => {
  await using trail = await openTrail()
  await Promise.all(Array.from({ length: 40 }, () => trail.audit.note({ act: 'draft-made' })))
  expect(await trail.audit.check()).toMatchObject({ isWhole: true, entries: 40, last: { number: 40 } })
})

test.each([
  [
    'the first row is removed',
    (store: Store) => store.write([remove(keyOf(1))]),
    { number: 1, what: 'removed' },
  ],
  ['a row is removed', (store: Store) => store.write([remove(keyOf(4))]), { number: 4, what: 'removed' }],
  [
    'the last row is removed',
    (store: Store) => store.write([remove(keyOf(6))]),
    { number: 6, what: 'removed' },
  ],
  ['a row is changed', (store: Store) => change(store, 3), { number: 3, what: 'changed' }],
  ['the last row is changed', (store: Store) => change(store, 6), { number: 6, what: 'changed' }],
] as const)('it shows that %s', async (_what, tamper, found) => {
  await using trail = await openTrail({ acts: 6 })
  expect(await trail.audit.check()).toMatchObject({ isWhole: true, entries: 6 })
  await tamper(trail.store)
  expect(await trail.audit.check()).toEqual({ isWhole: false, ...found })
})

test('what is older than two years goes from the front, and the chain goes on', async () => {
  await using trail = await openTrail({ acts: 6 })
  trail.clock.now = start + 2 * year + 3
  await trail.audit.forget()
  await trail.audit.note({ act: 'signed-in' })
  expect((await trail.audit.list({ limit: 9 })).map(({ number }) => number)).toEqual([7, 6, 5, 4])
  expect(await trail.audit.check()).toMatchObject({ isWhole: true, entries: 4, last: { number: 7 } })
  await trail.store.write([remove(keyOf(4))])
  expect(await trail.audit.check()).toEqual({ isWhole: false, number: 4, what: 'removed' })
  trail.clock.now = start + 5 * year
  await trail.audit.forget()
  await trail.audit.note({ act: 'signed-in' })
  expect(await trail.audit.check()).toMatchObject({ isWhole: true, entries: 1, last: { number: 8 } })
})

test('a mark that is behind its rows makes none of them written twice', async () => {
  await using trail = await openTrail({ acts: 6 })
  const before = trail.store.audit
  await trail.store.write([remove('auditmark!last')])
  await trail.audit.note({ act: 'signed-in' })
  expect(await before.check()).toMatchObject({ isWhole: true, entries: 7 })
})

test('whatever is noted within is noted of who acts, by which door and token', async () => {
  await using trail = await openTrail()
  await trail.audit.as({ person: 'heron', from: 'api', token: 'desk' }, async () => {
    await trail.store.writeAlone([])
    await trail.audit.note({ act: 'token-made', about: 'token', whose: 'stork' })
  })
  await trail.audit.note({ act: 'person-added', about: 'heron' })
  expect(await trail.audit.list({ limit: 2 })).toEqual([
    { number: 2, at: start, act: 'person-added', about: 'heron' },
    {
      number: 1,
      at: start,
      act: 'token-made',
      about: 'token',
      whose: 'stork',
      person: 'heron',
      from: 'api',
      token: 'desk',
    },
  ])
  expect(await trail.audit.list({ limit: 2, person: 'stork' })).toMatchObject([{ number: 1 }])
})

/** Another person, and all else as it was. */
async function change(store: Store, number: number): Promise<void> {
  for await (const page of store.snapshot()) {
    const row = page.find(([key]) => key === keyOf(number))
    if (row) await store.write([put(row[0], row[1].replace(/"person":"\w+"/, '"person":"magpie"'))])
  }
}
