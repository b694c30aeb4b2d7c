import { expect, test } from 'vitest'
import { outcomeOf, registryCases } from '../../../scripts/scorecard/rows/registry-cases/index.ts'

test('no two cases have one name', () => {
  const names = registryCases.map(({ name }) => name)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test.each(registryCases)('$from: $name is $expected', async each => {
  expect(await outcomeOf(each)).toBe(each.expected)
})
