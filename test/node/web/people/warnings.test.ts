import { expect, test } from 'vitest'
import type { Person, Role } from '../../../../node/people.ts'
import { isLastAdmin, warningsFor } from '../../../../node/web/people/warnings.ts'

function person(id: string, roles: readonly Role[], o: Partial<Person> = {}): Person {
  return { id, name: id, roles, disabled: false, createdAt: 0, ...o }
}

test('an office with one administrator, without a releaser, or with both in one is told so', () => {
  const alone = person('a', ['admin'])
  expect(warningsFor([alone])).toEqual(['people.warn-one-admin', 'people.warn-no-releaser'])
  const both = person('b', ['officer', 'releaser'])
  expect(warningsFor([alone, person('c', ['admin']), both])).toEqual(['people.warn-both'])
})

test('whoever is disabled does not count as another administrator', () => {
  const admin = person('a', ['admin'])
  expect(isLastAdmin(admin, [admin, person('b', ['admin'], { disabled: true })])).toBe(true)
  expect(isLastAdmin(admin, [admin, person('b', ['admin'])])).toBe(false)
  expect(isLastAdmin(person('c', ['officer']), [admin])).toBe(false)
})
