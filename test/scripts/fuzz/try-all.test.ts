import { expect, test } from 'vitest'
import { savedCrashers } from '../../../scripts/fuzz/crashers.ts'
import { parserTargets, type Target } from '../../../scripts/fuzz/targets.ts'
import { nothingTried, tryAll, tryOne } from '../../../scripts/fuzz/try-all.ts'

const { signal } = new AbortController()
const careless: Target = {
  name: 'careless',
  good: ['{"a":[1]}'],
  share: 1,
  judge: text => JSON.parse(text).a.length,
}

test('what crashed once does so no more', async () => {
  const saved = await savedCrashers()
  expect(saved.length).toBeGreaterThan(0)
  const tried = nothingTried()
  for (const { target: name, text } of saved) {
    const target = parserTargets.find(each => each.name === name)
    if (target) await tryOne(target, text, tried)
  }
  expect(tried.crashers).toEqual([])
})

test('nothing but our own errors comes out of the doors, and a careless door is found out', async () => {
  const tried = await tryAll(parserTargets, { inputs: 3000, seed: 7, signal })
  expect(tried.crashers).toEqual([])
  expect(tried.inputs).toBeGreaterThan(2900)
  expect(tried.accepted).toBeGreaterThan(0)
  expect(tried.codes.size).toBeGreaterThan(15)
  const found = await tryAll([careless], { inputs: 300, seed: 7, signal })
  expect(found.crashes).toBeGreaterThan(50)
  expect(found.accepted).toBeGreaterThan(0)
})

test('the same seed gives the same texts', async () => {
  const once = await tryAll([careless], { inputs: 100, seed: 3, signal })
  const again = await tryAll([careless], { inputs: 100, seed: 3, signal })
  expect(again.crashers).toEqual(once.crashers)
  expect(again.accepted).toBe(once.accepted)
})
