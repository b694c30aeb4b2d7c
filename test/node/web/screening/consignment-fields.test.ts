import { expect, test } from 'vitest'
import { fieldsOf, readFields } from '../../../../node/web/screening/consignment-fields.ts'

const asCode = (text: string) => (text === 'Quillmark' ? 'QM' : text.toUpperCase())
const read = (fields: Record<string, string>) => readFields(new URLSearchParams(fields), asCode)

test('what is filled in is a consignment; rows without a name are no parties', () => {
  const consignment = {
    description: 'remote control belts',
    hs: { code: '854370' },
    parties: [{ role: 'end-user', name: 'Grimlow Placeholder Prison', country: 'QM' }],
    route: ['XMPRT', 'XHHAR'],
  }
  expect(
    read({
      description: ' remote control belts ',
      'hs.code': '8543.70',
      'parties.0.role': 'exporter',
      'parties.0.name': '',
      'parties.1.role': 'end-user',
      'parties.1.name': 'Grimlow Placeholder Prison',
      'parties.1.country': 'Quillmark',
      route: 'XMPRT XHHAR',
    }),
  ).toEqual({ consignment })
})

test('what is wrong is told of the row and the field in which it stands', () => {
  const wrong = read({
    description: '',
    'hs.code': '85',
    'parties.2.name': 'Somebody',
    'parties.2.country': 'Nowhere',
    'value.amount': '1,234',
    'value.currency': 'XTS',
  })
  expect('faults' in wrong && wrong.faults.map(({ name }) => name).toSorted()).toEqual([
    'description',
    'hs.code',
    'parties.2.country',
    'value.amount',
  ])
})

test('a consignment put into the form again is read as the same', () => {
  const consignment = {
    reference: 'L2',
    description: 'belts',
    quantity: { value: 40, unit: 'H87' },
    parties: [{ role: 'consignee', name: 'Depot 4', country: 'XG' }],
    transport: { container: 'FICU0000010' },
  }
  expect(readFields(fieldsOf(consignment), asCode)).toEqual({ consignment })
})
