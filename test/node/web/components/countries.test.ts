import { expect, test } from 'vitest'
import { countryCode } from '../../../../node/web/components/countries.ts'
import { formatsFor } from '../../../../node/web/formats.ts'
import type { Visit } from '../../../../node/web/visit.ts'

const names: Record<string, Record<string, string>> = { QM: { en: 'Quillmark', ar: 'كويلمارك' } }
const visit = { language: 'ar', formats: formatsFor('ar', code => names[code]) } as Visit

test.each([
  ['qm', 'QM'],
  [' كويلمارك ', 'QM'],
  ['XG', 'XG'],
  ['Nowhere', 'Nowhere'],
  ['', ''],
])('"%s" is %s', (text, code) => {
  expect(countryCode(text, visit, ['QM'])).toBe(code)
})
