import { expect, test } from 'vitest'
import { reasonCodes } from '../../../../node/consignment.ts'
import { reason } from '../../../../node/screening/reasons.ts'
import { reasonWords } from '../../../../node/web/screening/reasons.ts'
import { visitOf } from '../visits.ts'

const values = {
  ...{ name: 'Depot', percent: '93', role: 'end-user', known: 'Depott', how: '"depot" for "depott"' },
  ...{ scheme: 'lei', value: '1', country: 'XG', other: 'XH', kind: 'imo', number: '9', found: 'belt' },
  ...{ product: 'Stun belt', destination: 'XG', goods: 'Ordinary police baton', item: 'body-worn-shock-device' },
  ...{ code: '8543 70', codes: '8543 70', term: 'stun belt', excludes: '', cas: '1-2-3' },
}

test.each(reasonCodes)('%s is said in English as the screening says it, and in Arabic', code => {
  const made = reason(code, { field: '/x', met: '/y', nearness: 0.93, values })
  const visit = (language: 'en' | 'ar') => visitOf({ language, address: '/', now: 0 })
  const english = reasonWords(made, visit('en'))
  const told = (text: string) => text.toLowerCase().replace(/[\u2068\u2069"“”,:. -]/g, '')
  if (!['same-item', 'same-name', 'declaration', 'sent-before'].includes(code))
    expect(told(english)).toBe(told(made.words))
  expect(reasonWords(made, visit('ar'))).toMatch(/[\u0621-\u064A]/)
})
