import type { MessageKey } from '../words/messages.ts'
import { countryField, nameField, partyRows, roleField } from './consignment-fields.ts'

/** What the fields of the form for one consignment are called. */
export const fieldLabels: { readonly [name: string]: MessageKey } = {
  description: 'screening.one.description',
  reference: 'screening.one.reference',
  'hs.code': 'screening.one.code',
  'hs.edition': 'screening.one.edition',
  'quantity.value': 'screening.one.quantity',
  'quantity.unit': 'screening.one.unit',
  'value.amount': 'screening.one.value',
  'value.currency': 'screening.one.currency',
  origin: 'screening.one.origin',
  destination: 'screening.one.destination',
  route: 'screening.one.route',
  'transport.mode': 'screening.one.mode',
  'transport.container': 'screening.one.container',
  'transport.vehicle': 'screening.one.vehicle',
  'transport.flight': 'screening.one.flight',
  'transport.imo': 'screening.one.imo',
  endUse: 'screening.one.use',
  ...Object.fromEntries(
    partyRows.flatMap((_, row): [string, MessageKey][] => [
      [nameField(row), 'screening.one.name'],
      [roleField(row), 'screening.one.role'],
      [countryField(row), 'screening.one.country'],
    ]),
  ),
}
