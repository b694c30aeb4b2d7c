import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { FeedEntry } from '../../../node/admission.ts'
import { type Look, openScreening } from '../../../node/screening/index.ts'
import { knownNotice, storyDrafts } from './known.ts'

const stories = storyDrafts()
const first = stories.get('DN-01') ?? fail()
const depot = [{ name: 'Ministry of Imaginary Prisons, Supply Depot 4' }]
const asked = { description: 'parts', parties: depot }

function fail(): never {
  throw new Error('The story is gone.')
}

/** A feed that grows, and what there is to know of its notices. */
function ledger() {
  const entries: FeedEntry[] = []
  const looks = new Map<string, Look>()
  let waiting: (() => void)[] = []
  return {
    feed: {
      after: (cursor: number, limit: number) => entries.slice(cursor, cursor + limit),
      last: () => entries.length,
      changed: (after: number, signal: AbortSignal) =>
        new Promise<void>(resolve => {
          if (entries.length > after) return resolve()
          waiting.push(resolve)
          signal.addEventListener('abort', () => resolve())
        }),
    },
    look: async (id: string) => looks.get(id) ?? { refs: [] },
    tell(id: string, look: Look, kind: FeedEntry['kind'] = 'notice') {
      looks.set(id, look)
      entries.push({ cursor: entries.length + 1, kind, id, at: 0 })
      for (const resolve of waiting.splice(0)) resolve()
      waiting = []
    },
    know: (id: string, look: Look) => void looks.set(id, look),
  }
}

function opened(from: ReturnType<typeof ledger>, options: { onError?: (error: unknown) => void } = {}) {
  return openScreening({
    feed: from.feed,
    look: from.look,
    isInForce: () => true,
    isJoined: () => true,
    now: () => Date.parse('2026-11-26') / 1000,
    onError: () => {},
    ...options,
  })
}

/** Screens until it has read so far. */
async function lanesThrough(screener: ReturnType<typeof opened>, through: number): Promise<string[]> {
  for (;;) {
    const answer = await screener.screen([asked])
    await setImmediate()
    if (answer.through >= through) return answer.results.map(({ lane }) => lane)
  }
}

test('whoever asks at once is answered when all that was there has been read', async () => {
  const from = ledger()
  for (const { id, draft } of stories.values()) from.tell(id, knownNotice(id, draft))
  await using screener = opened(from)
  const { results, through, rule, goodsList } = await screener.screen([asked])
  expect([results[0]?.lane, through, rule]).toEqual(['amber', stories.size, 'screening/1'])
  expect(goodsList.version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('what is admitted, withdrawn, and back in force again is met accordingly', async () => {
  const from = ledger()
  await using screener = opened(from)
  expect(await lanesThrough(screener, 0)).toEqual(['green'])
  from.tell(first.id, knownNotice(first.id, first.draft))
  expect(await lanesThrough(screener, 1)).toEqual(['amber'])
  from.know(first.id, { refs: [] })
  from.tell('the withdrawal', { refs: [first.id] })
  expect(await lanesThrough(screener, 2)).toEqual(['green'])
  from.know(first.id, knownNotice(first.id, first.draft))
  from.tell('the withdrawal', { refs: [first.id] }, 'voided')
  expect(await lanesThrough(screener, 3)).toEqual(['amber'])
  from.tell(first.id, { refs: [] }, 'erased')
  expect(await lanesThrough(screener, 4)).toEqual(['green'])
})

test('a notice is met alone, as if there were no others', async () => {
  const from = ledger()
  for (const { id, draft } of stories.values()) from.tell(id, knownNotice(id, draft))
  await using screener = opened(from)
  const other = stories.get('PA-01') ?? fail()
  const { results } = await screener.screenAgainst([asked, { description: 'handcuffs' }], [first.id])
  expect(results.map(({ lane }) => lane)).toEqual(['amber', 'green'])
  expect((await screener.screenAgainst([asked], [other.id])).results[0]?.matches).toEqual([])
  const listed = await screener.screenAgainst([asked, { description: 'handcuffs' }], [])
  expect(listed.results.map(({ lane }) => lane)).toEqual(['green', 'amber'])
})

test('a notice that cannot be read now is read again', async () => {
  const from = ledger()
  const errors: unknown[] = []
  let isBroken = true
  await using screener = openScreening({
    feed: from.feed,
    look: id => (isBroken ? Promise.reject(new Error('busy')) : from.look(id)),
    isInForce: () => true,
    isJoined: () => true,
    now: () => Date.parse('2026-11-26') / 1000,
    onError: error => {
      errors.push(error)
      isBroken = false
    },
  })
  from.tell(first.id, knownNotice(first.id, first.draft))
  expect(await lanesThrough(screener, 1)).toEqual(['amber'])
  expect(errors).toHaveLength(1)
})

test('names meet across scripts', async () => {
  await using screener = opened(ledger())
  expect(screener.namesMeet('شركة الوهم للتجارة', 'Al Wahm Trading')).toBe(true)
  expect(screener.namesMeet('Karvel Trading', 'Marvel Trading')).toBe(false)
})
