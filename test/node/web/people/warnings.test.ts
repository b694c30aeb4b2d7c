import { expect, test } from 'vitest'
import type { Person, Role } from '../../../../node/people.ts'
import { warningsFor } from '../../../../node/web/people/warnings.ts'

function person(id: string, roles: readonly Role[]): Person {
  return { id, name: id, roles, disabled: false, createdAt: 0 }
}

test('an office with one administrator, without a releaser, or with both in one is told so', () => {
  const alone = person('a', ['admin'])
  expect(warningsFor([alone])).toEqual(['people.warn-one-admin', 'people.warn-no-releaser'])
  const both = person('b', ['officer', 'releaser'])
  expect(warningsFor([alone, person('c', ['admin']), both])).toEqual(['people.warn-both'])
})
