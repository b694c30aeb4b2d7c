import { expect, test } from 'vitest'
import { sightingReportForm } from '../../../../node/desk/sighting/form.ts'
import { aboutIn, fieldOfError, reportOf } from '../../../../node/web/screening/report-fields.ts'

const consignment = {
  description: 'remote control belts',
  quantity: { value: 40, unit: 'H87' },
  parties: [{ name: 'Depot 4' }, { role: 'exporter', name: 'Works Ltd', country: 'QM' }],
  transport: { container: 'FICU0000010' },
}
const upper = (text: string) => text.toUpperCase()

test('the form is the report that the API takes, without what was left empty', () => {
  const form = new URLSearchParams({
    about: 'item:body-worn-shock-device',
    verdict: 'detained',
    observedAt: '2026-11-20',
    'place.unlocode': ' xd prt',
    direction: 'import',
    heldHours: '6',
    disposal: 'In a warehouse',
    'found.quantity.value': '40',
    'found.quantity.rec20': 'h87',
    'consignment.hs.code': '8543.70.90',
    'found.hs.code': '8543 70',
    'consignment.parties.0.role': 'consignee',
    'consignment.parties.0.country': 'xg',
    'consignment.transport.mode': '1',
    'names.to': 'named',
    'names.readers': 'QN',
    lang: 'ar',
    text: '',
  })
  form.append('names.readers', 'XD')
  const report = reportOf(form, consignment, upper)
  expect(report).toEqual({
    consignment: {
      ...consignment,
      hs: { code: '85437090' },
      parties: [
        { role: 'consignee', name: 'Depot 4', country: 'XG' },
        { role: 'exporter', name: 'Works Ltd', country: 'QM' },
      ],
      transport: { container: 'FICU0000010', mode: '1' },
    },
    about: { item: 'body-worn-shock-device' },
    verdict: 'detained',
    observedAt: '2026-11-20',
    place: { unlocode: 'XDPRT' },
    direction: 'import',
    heldHours: 6,
    disposal: 'In a warehouse',
    found: { hs: { code: '854370', edition: 'HS2022', ex: true } },
    names: { to: 'named', readers: ['QN', 'XD'] },
  })
  expect(sightingReportForm.safeParse(report).success).toBe(true)
})

test.each([
  ['/verdict', 'verdict'],
  ['/place', 'place.unlocode'],
  ['/place/customsOffice', 'place.customsOffice'],
  ['/found/hs', 'consignment.hs.code'],
  ['/found/hs/code', 'found.hs.code'],
  ['/consignment/hs/code', 'consignment.hs.code'],
  ['/found/quantity', 'found.quantity.value'],
  ['/found/chemicals/0/cas', 'found.chemicals'],
  ['/names', 'names.to'],
  ['/names/readers/0', 'names.readers'],
  ['/consignment/parties/1/country', 'consignment.parties.1.country'],
  ['/consignment/transport/mode', 'consignment.transport.mode'],
  ['/somewhere/else', 'text'],
])('what is wrong at %s is mended in the field %s', (pointer, name) => {
  expect(fieldOfError({ pointer, code: 'missing', detail: '' }).name).toBe(name)
})

test('what it is about is one notice or one item, whatever the form says', () => {
  expect(aboutIn('notice:abc_-1')).toEqual({ notice: 'abc_-1' })
  expect(aboutIn('item:stun-belt')).toEqual({ item: 'stun-belt' })
  expect(aboutIn('notice:../x')).toBeUndefined()
  expect(aboutIn('')).toBeUndefined()
})
