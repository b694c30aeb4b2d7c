import { expect, it } from 'vitest'
import { Allowance } from '../../../node/network/allowance.ts'

/** So slow that nothing comes back while a test runs. */
const perSecond = 1e-6

it('gives so many at once and no more, to each by itself', () => {
  const allowance = new Allowance({ burst: 2, perSecond })
  expect([1, 2, 3].map(() => allowance.take('QM'))).toEqual([true, true, false])
  expect(allowance.take('QN')).toBe(true)
})

it('gives again as time goes by', async () => {
  const allowance = new Allowance({ burst: 1, perSecond: 1_000 })
  expect(allowance.take('QM')).toBe(true)
  await expect.poll(() => allowance.take('QM')).toBe(true)
})

it('says how long a debt lasts', () => {
  const allowance = new Allowance({ burst: 1, perSecond: 0.5 })
  expect(allowance.overdraw('QM')).toBe(0)
  expect(allowance.overdraw('QM', 2)).toBeGreaterThan(3_500)
  expect(allowance.take('QM')).toBe(false)
})
