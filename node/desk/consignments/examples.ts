import { goodsList, sha256, sighting } from '#protocol'

// Everything in these is invented.

const consignment = {
  reference: 'MRN 26QM00000000000001, item 1',
  description: 'electrical apparatus, hand-held',
  hs: { code: '8543.70', edition: 'HS2022' },
  quantity: { value: 250, unit: 'H87' },
  value: { amount: '205000.00', currency: 'XTS' },
  parties: [
    { role: 'exporter', name: 'Marlovia Bogus Metals Co', country: 'XM' },
    { role: 'consignee', name: 'Rostavel Invented Hardware Imports', country: 'XR' },
  ],
  origin: 'XM',
  destination: 'XR',
  route: ['XMPRT', 'XHHAR', 'XRPRT'],
  endUse: 'resale',
}

const kindOfMatch = {
  kind: 'notice',
  notice: sha256('an example of a match'),
  type: sighting.name,
  score: 73,
  lane: 'amber',
  exercise: false,
} as const

const match = {
  ...kindOfMatch,
  issuer: 'QN',
  summary: 'Suspected, export at XVPRT: portable electric discharge weapons',
  reasons: [
    {
      code: 'near-name',
      field: '/parties/1/name',
      met: '/nominal/consignee/name',
      nearness: 0.97,
      words:
        '"Rostavel Invented Hardware" is 97 % the consignee "Rostavel Invented Hardwar": "hardware" for "hardwar".',
      values: {
        name: 'Rostavel Invented Hardware',
        percent: '97',
        role: 'consignee',
        known: 'Rostavel Invented Hardwar',
        how: '"hardware" for "hardwar"',
      },
    },
  ],
}

const kept = {
  id: '0hmi2nbkiaz-10b7f6f82dcc451d1e',
  consignment,
  lane: 'amber',
  exercise: false,
  keptAt: '2026-11-22T10:00:00.000Z',
  screenedAt: '2026-11-22T10:00:00.000Z',
  keptUntil: '2026-12-22',
} as const

const columnMap = {
  separator: ';',
  decimal: ',',
  charset: 'windows-1252',
  columns: { reference: 'MRN', description: 'Warenbezeichnung', 'hs.code': 'Warennummer' },
  parties: [{ role: 'consignee', name: 'Empfänger', country: 'Land' }],
  constants: { dispatch: 'QM', 'hs.edition': 'HS2022' },
} as const

export const customsExamples = {
  consignment,
  screened: {
    results: [
      { line: 1, reference: consignment.reference, lane: 'amber', exercise: false, matches: [match] },
    ],
    rule: 'screening/1',
    goodsList: { id: goodsList.id, version: goodsList.version },
    through: 1204,
    counts: { lines: 1, wrong: 0, green: 0, amber: 1, red: 0, exercises: { green: 0, amber: 0, red: 0 } },
  },
  screenedInPart: {
    results: [
      { line: 1, errors: [{ pointer: '', code: 'type', detail: 'This must be an object with fields.' }] },
    ],
    problem: {
      code: 'body-malformed',
      detail:
        'The rest of this was left, for 1,000 of the first 1,000 lines could not be read. The first of them: This must be an object with fields. Correct the file, or how its columns are told, and send it again.',
    },
  },
  kept: { ...kept, matches: [kindOfMatch] },
  keptAndRead: { ...kept, matches: [match] },
  columnMap: {
    ...columnMap,
    parties: columnMap.parties.map(party => ({ ...party })),
  },
  savedMap: {
    name: 'atlas',
    map: columnMap,
    version: 1,
    by: '0b1e7a52-9b3c-4d55-8f1d-2c7e6a9d4e10',
    at: '2026-11-22T09:30:00.000Z',
  },
  report: {
    consignment: { ...consignment, description: 'garment accessories, metal', hs: { code: '6217.10' } },
    about: { item: goodsList.items.find(({ casNumbers }) => casNumbers.length === 0)?.id ?? '' },
    verdict: 'detained',
    place: { unlocode: 'QMPRT' },
    direction: 'transit',
    heldHours: 30,
    disposal: 'In a customs warehouse until the examination is over.',
    names: { to: 'channel' },
  },
} as const
