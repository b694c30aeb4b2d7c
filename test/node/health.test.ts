import { expect, test } from 'vitest'
import { clockDifferenceOf, healthOf } from '../../node/health.ts'
import type { Store } from '../../node/store/index.ts'
import { peer } from './peer-view.ts'

const running = { store: { isWritable: true } as Store, upSeconds: 1 }

test('one peer with a wrong clock does not make ours wrong', () => {
  const clocks = (...differences: (number | undefined)[]) =>
    differences.map(clockDifferenceSeconds => peer({ clockDifferenceSeconds }))
  expect(clockDifferenceOf(clocks(0, 86_400, 1))).toBe(1)
  expect(clockDifferenceOf(clocks(undefined))).toBeUndefined()
  expect(readyWith({ peers: clocks(0, 86_400, 1) })).toEqual([])
  expect(readyWith({ peers: clocks(601, 700, 1) })).toEqual(['clock'])
  expect(readyWith({ peers: clocks(-601) })).toEqual(['clock'])
})

test('a node is not ready when its store cannot be written to, or when all peers stay away for two minutes', () => {
  const away = [peer({ connected: false })]
  expect(readyWith({ store: { isWritable: false } as Store, peers: [] })).toEqual(['store'])
  expect(readyWith({ peers: away, upSeconds: 119 })).toEqual([])
  expect(readyWith({ peers: away, upSeconds: 120 })).toEqual(['peers'])
  expect(readyWith({ peers: [...away, peer({})], upSeconds: 120 })).toEqual([])
  expect(readyWith({ peers: [], upSeconds: 120 })).toEqual([])
})

test('a store that was set aside is told of, and the node is ready all the same', () => {
  const setAside = [{ folder: 'store-damaged-1', state: 'emptied', at: 5 } as const]
  const { ready, checks } = healthOf({ ...running, peers: [], setAside })
  expect([ready, checks[0]?.detail]).toEqual([true, expect.stringContaining('store-damaged-1')])
})

/** Names of the checks that fail; none of them means ready. */
function readyWith(changed: Partial<Parameters<typeof healthOf>[0]>): string[] {
  const { ready, checks } = healthOf({ ...running, peers: [], ...changed })
  const failing = checks.filter(({ ok }) => !ok).map(({ name }) => name)
  expect(ready).toBe(failing.length === 0)
  return failing
}
