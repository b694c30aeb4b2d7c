import { expect, test } from 'vitest'
import { revealed } from '../../../../node/web/components/revealed.ts'

test('what turns text round or is not seen is shown by its code', () => {
  expect(revealed('a\u202eb\u200bc\u0007')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩')
  expect(revealed('حزام – belt')).toBe('حزام – belt')
})
