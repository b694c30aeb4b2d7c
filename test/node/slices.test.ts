import { expect, test } from 'vitest'
import { placeInSlices } from '../../node/slices.ts'

const texts = Array.from({ length: 200 }, (_, at) => String(at))

test('a page is placed in its order, after the page before, without what was refused', async () => {
  const before = Promise.withResolvers<void>()
  const seen: string[] = []
  const placing = placeInSlices(texts, {
    judge: async text => (Number(text) % 2 === 0 ? text : undefined),
    place: text => {
      seen.push(text)
      return text
    },
    turn: before.promise,
  })
  await new Promise(resolve => setImmediate(resolve))
  expect(seen).toEqual([])
  before.resolve()
  const even = texts.filter(text => Number(text) % 2 === 0)
  expect(await placing).toEqual(even)
  expect(seen).toEqual(even)
})

test('other work comes between the slices', async () => {
  let placed = 0
  const between: number[] = []
  const timer = setInterval(() => between.push(placed), 0)
  const placing = placeInSlices(texts, {
    judge: async text => text,
    place: text => {
      const until = performance.now() + 0.5
      while (performance.now() < until);
      placed += 1
      return text
    },
    turn: Promise.resolve(),
  })
  await placing
  clearInterval(timer)
  expect(between.filter(count => count > 0 && count < texts.length)).not.toEqual([])
})

test('an empty page is placed at once', async () => {
  const nothing = {
    judge: async (text: string) => text,
    place: (text: string) => text,
    turn: Promise.resolve(),
  }
  expect(await placeInSlices([], nothing)).toEqual([])
})
