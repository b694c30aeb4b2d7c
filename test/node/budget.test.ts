import { expect, test } from 'vitest'
import { limits } from '#protocol'
import { IssuerBudgets } from '../../node/budget.ts'

const start = 1_800_000_000

test('an issuer may burst, and is then over its budget until time has passed', () => {
  const budgets = new IssuerBudgets()
  expect(spend(budgets, 'QM', start)).toBe(limits.noticesPerIssuerBurst)
  expect(budgets.allows('QM', start)).toBe(false)
  expect(budgets.allows('QM', start + 1)).toBe(true)
  expect(spend(budgets, 'QM', start + 60)).toBe(limits.noticesPerIssuerPerMinute)
})

test('what one issuer spends another still has', () => {
  const budgets = new IssuerBudgets()
  spend(budgets, 'QM', start)
  expect(spend(budgets, 'QN', start)).toBe(limits.noticesPerIssuerBurst)
})

test('asking costs nothing, and a long silence gives no more than one burst', () => {
  const budgets = new IssuerBudgets()
  for (let time = 0; time < 10_000; time++) budgets.allows('QM', start)
  expect(spend(budgets, 'QM', start + 86_400)).toBe(limits.noticesPerIssuerBurst)
})

test('a clock that is set back gives nothing and takes nothing', () => {
  const budgets = new IssuerBudgets()
  spend(budgets, 'QM', start)
  expect(spend(budgets, 'QM', start - 3600)).toBe(0)
  expect(budgets.allows('QM', start - 3599)).toBe(true)
})

/** How many are allowed at this moment. */
function spend(budgets: IssuerBudgets, issuer: string, at: number): number {
  for (let count = 0; ; count++) {
    if (!budgets.allows(issuer, at)) return count
    budgets.charge(issuer, at)
  }
}
