import { expect, test } from 'vitest'
import { answerOf, csvOf, send } from '../../api/customs/answered.ts'
import { openTestApi } from '../../api/open-test-api.ts'

const map = {
  separator: ';',
  decimal: ',',
  charset: 'windows-1252',
  listSeparator: '/',
  columns: {
    reference: 'Nr',
    description: 'Warenbezeichnung',
    'hs.code': 'Warennummer',
    'quantity.value': 'Menge',
    'quantity.unit': 'Einheit',
    'value.amount': 'Wert',
    route: 'Weg',
  },
  parties: [
    { role: 'consignee', name: 'Empf\u00e4nger', country: 'Land', id: { scheme: 'eori', column: 'EORI' } },
    { role: 'exporter', name: 'Versender' },
  ],
  constants: { dispatch: 'QM', 'value.currency': 'XTS', 'hs.edition': 'HS2022' },
}
const header = 'Nr;Warenbezeichnung;Warennummer;Menge;Einheit;Wert;Weg;Empf\u00e4nger;Land;EORI;Versender'

test('the export of a national system is read by a saved map, in its encoding and with its signs', async () => {
  await using of = await openTestApi()
  const saved = await of.ask('/v1/column-maps/atlas', { as: 'customs', method: 'PUT', json: map })
  expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"1"'])
  const file = csvOf(
    header,
    '1;B\u00fcgel;8543 70 90;1.234,5;kgm;12.000,00;QMPRT/XHHAR;Rostavel GmbH;xr;XR1;Bogus AG',
    '2;B\u00fcgel;;;KGM;;;;;;Bogus AG',
    '3;B\u00fcgel;85;zwei;KGM;;;;;;Bogus AG',
  )
  const seen: unknown[] = []
  const { screen } = of.desk.screening
  of.desk.screening.screen = (asked, how) => {
    seen.push(...asked)
    return screen(asked, how)
  }
  const { results } = await answerOf(
    send(of, 'text/csv', Uint8Array.from(Buffer.from(file, 'latin1')), '?map=atlas'),
  )
  expect(seen).toEqual([
    {
      reference: '1',
      description: 'B\u00fcgel',
      hs: { code: '85437090', edition: 'HS2022' },
      quantity: { value: 1234.5, unit: 'KGM' },
      value: { amount: '12000.00', currency: 'XTS' },
      route: ['QMPRT', 'XHHAR'],
      dispatch: 'QM',
      parties: [
        { role: 'consignee', name: 'Rostavel GmbH', country: 'XR', ids: [{ scheme: 'eori', value: 'XR1' }] },
        { role: 'exporter', name: 'Bogus AG' },
      ],
    },
    {
      reference: '2',
      description: 'B\u00fcgel',
      dispatch: 'QM',
      parties: [{ role: 'exporter', name: 'Bogus AG' }],
    },
  ])
  expect(results[2]?.errors?.map(({ detail }) => detail.split(':')[0])).toEqual([
    'Column "Warennummer"',
    'Column "Menge"',
  ])
})

test('a map may come along with the file, and one that does not fit is told column by column', async () => {
  await using of = await openTestApi()
  of.desk.screener.known.push({ words: 'baton' })
  const along = { 'column-map': encodeURIComponent(JSON.stringify({ columns: { description: 'Ware' } })) }
  const { results } = await answerOf(send(of, 'text/csv', 'Ware,x\nbaton,1', '', along))
  expect(results).toMatchObject([{ line: 2, lane: 'red' }])

  const wrong = [
    [{ 'column-map': encodeURIComponent(JSON.stringify(map)) }, 'Nr;Ware\n1;x', '/columns/description'],
    [{ 'column-map': '%7B' }, 'a\nb', '/column-map'],
    [
      { 'column-map': encodeURIComponent('{"columns":{},"charset":"utf-16"}') },
      'a\nb',
      '/column-map/charset',
    ],
    [{}, 'Ware;Menge\nbaton;1', '/columns/description'],
  ] as const
  for (const [headers, file, pointer] of wrong) {
    const problem = (await (await send(of, 'text/csv', file, '', headers)).json()) as { errors: object[] }
    expect(problem).toMatchObject({ status: 422, code: 'request-malformed' })
    expect(problem.errors).toContainEqual(expect.objectContaining({ pointer }))
  }
  expect((await send(of, 'text/csv', 'a\nb', '?map=none')).status).toBe(404)
})

test('the encoding may be named with the content type, and one that nobody reads is refused', async () => {
  await using of = await openTestApi()
  of.desk.screener.known.push({ words: 'Bügel' })
  const bytes = Uint8Array.from(Buffer.from('description\nBügel', 'latin1'))
  const { results } = await answerOf(send(of, 'text/csv; charset=ISO-8859-1', bytes))
  expect(results).toMatchObject([{ line: 2, lane: 'red' }])
  expect((await send(of, 'text/csv; charset=klingon', bytes)).status).toBe(415)
})
