import { expect, test } from 'vitest'
import { canonical } from '../../../protocol/canonical.ts'
import { limits } from '../../../protocol/limits.ts'
import { parseMembers } from '../../../protocol/registry/index.ts'
import { outcomeOf } from '../builders.ts'
import { found } from './builders.ts'

const { registry } = await found()

test('a document of too many values is refused before they are parsed', () => {
  const commas = canonical(registry.members).split(',').length - 1
  const withMore = (count: number) => canonical({ ...registry.members, more: Array(count).fill(1) })
  expect(outcomeOf(() => parseMembers(withMore(limits.documentCommas - commas)).version)).toBe(1)
  expect(outcomeOf(() => parseMembers(withMore(limits.documentCommas - commas + 1)))).toBe(
    'document-malformed',
  )
})
