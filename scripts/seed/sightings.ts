import { declaredAs, described, draft, party } from './build.ts'
import { sighting } from './sighting-draft.ts'
import { idOf, type SeedStory } from './story.ts'

const heavyAccessories = () =>
  sighting({
    ref: 'QM-2026-2001',
    file: 'TF-QM-2026-01',
    verdict: 'suspected',
    observed: ['2026-02-18', '2026-02-18'],
    place: { unlocode: 'QMPRT' },
    direction: 'transhipment',
    from: 'XM',
    to: 'XR',
    goods: described(
      'bar-fetters-weighted-leg-restraints',
      {
        hs: '732690',
        description: 'Suspected leg irons: 4.3 kg a set is too heavy for garment accessories.',
        quantity: [500, 'SET'],
      },
      {
        declared: declaredAs('garment accessories, metal', '621710', '19900.00'),
        technical: [{ measureName: 'Net weight of the consignment', value: '2150', unit: 'kg' }],
      },
    ),
    confidence: 60,
    preparedBy: 'customs-officer',
    text: { en: 'The weight of "garment accessories" does not fit their description.' },
  })

const reroutedStunPistols = (firstDenial: string, secondDenial: string) =>
  sighting({
    ref: 'QN-2026-2002',
    file: 'TF-QN-2026-02',
    of: { kind: 'denial', id: firstDenial },
    verdict: 'suspected',
    observed: ['2026-08-19', '2026-08-19'],
    place: { unlocode: 'XVPRT' },
    direction: 'export',
    from: 'XM',
    to: 'XP',
    goods: described(
      'portable-electric-discharge-weapon',
      {
        hs: '854370',
        description: 'Suspected stun pistols: number and value are close to those of a refused export.',
        quantity: [245, 'H87'],
      },
      {
        declared: declaredAs('electrical apparatus n.e.s.', '854370', '205000.00'),
        technical: [{ measureName: 'Net weight of the consignment', value: '171', unit: 'kg' }],
      },
    ),
    confidence: 90,
    preparedBy: 'licensing-officer',
    text: { en: 'Goods like those refused in March seem to travel by another country.' },
    tlp: 'TLP:AMBER+STRICT',
    parties: { consignee: party('consignee', 'XP', 'trader', 'Pellandia Make-Believe Import House') },
    refs: [
      { id: firstDenial, rel: 'about' },
      { id: secondDenial, rel: 'about' },
    ],
    more: { route: ['XMPRT', 'XVPRT', 'XPCAP'], procedure: 'audit' },
  })

const smallParcels = () =>
  sighting({
    ref: 'XD-2026-2001',
    file: 'TF-XD-2026-01',
    verdict: 'detained',
    observed: ['2026-04-22', '2026-04-30'],
    place: { customsOffice: 'XD000007' },
    direction: 'postal',
    from: 'XW',
    to: 'XD',
    goods: described(
      'weighted-baton',
      {
        hs: '930400',
        description:
          'Batons with a metal core, as X-ray shows: 9, 10, 9, 8, 10, 9 and 10 pieces in seven parcels.',
        quantity: [65, 'H87'],
      },
      { declared: declaredAs('sports sticks', '930400', '980.00') },
    ),
    confidence: 90,
    preparedBy: 'customs-officer',
    text: { en: 'Seven small parcels in nine days for one consignee, each under the threshold.' },
    parties: { consignee: party('consignee', 'XD', 'private-person') },
    more: {
      transport: { mode: '5' },
      procedure: 'examination',
      outcome: {
        heldHours: 72,
        disposal: 'Held by the postal customs office; the consignee was asked to explain.',
        sampleTaken: true,
      },
      count: 7,
    },
  })

const mirrorGap = () =>
  sighting({
    ref: 'XE-2026-2005',
    file: 'TF-XE-2026-05',
    verdict: 'suspected',
    observed: ['2025-01-01', '2025-12-31'],
    place: { customsOffice: 'XE000001' },
    direction: 'export',
    from: 'XP',
    to: 'XG',
    goods: described(
      'lathi-sjambok',
      {
        hs: '660200',
        description:
          'Whips exported for 410,000 by one side; the other side reports no import, and has no riding trade.',
        quantity: [8200, 'H87'],
      },
      { declared: declaredAs('whips and riding-crops', '660200', '410000.00') },
    ),
    confidence: 30,
    preparedBy: 'statistics-officer',
    text: { en: 'A year of exports has no mirror in the import statistics of the other side.' },
    tlp: 'TLP:GREEN',
    more: { procedure: 'open-source', count: 12 },
  })

const pepperExtract = () =>
  sighting({
    ref: 'XF-2026-2003',
    file: 'TF-XF-2026-03',
    of: { kind: 'list-item', itemId: 'pava-oc-mixture' },
    verdict: 'detained',
    observed: ['2026-07-07', '2026-07-07'],
    place: { unlocode: 'XFPRT' },
    direction: 'export',
    from: 'XF',
    to: 'XQ',
    goods: described(
      'pava-oc-mixture',
      {
        hs: '330190',
        description: 'Pepper extract in ethanol, 11.8 % by weight, far above the threshold of 0.3 %.',
        quantity: [600, 'LTR'],
      },
      {
        declared: declaredAs('food flavouring, pepper extract', '330190', '54000.00'),
        chemicals: [
          { cas: '8023-77-6', inn: 'oleoresin capsicum', concentration: '11.8', form: 'solution in ethanol' },
        ],
        technical: [{ measureName: 'Net weight of the consignment', value: '480', unit: 'kg' }],
        packaging: 'DR',
      },
    ),
    confidence: 90,
    preparedBy: 'customs-laboratory',
    text: { en: 'A "food flavouring" for a gendarmerie workshop is an irritant concentrate.' },
    parties: {
      workshop: party('consignee', 'XQ', 'law-enforcement-authority', 'Quorrin Mock Gendarmerie Workshop'),
    },
    more: {
      declaredEndUse: 'Food production',
      procedure: 'examination',
      outcome: {
        heldHours: 96,
        disposal: 'Held until the exporter has an authorisation.',
        sampleTaken: true,
      },
    },
  })

const seizedLegIrons = (denial: string) =>
  sighting({
    ref: 'XH-2026-2004',
    file: 'TF-XH-2026-04',
    of: { kind: 'denial', id: denial },
    verdict: 'seized',
    observed: ['2026-07-23', '2026-07-23'],
    place: { unlocode: 'XHHAR' },
    direction: 'transit',
    from: 'XM',
    to: 'XR',
    goods: described(
      'bar-fetters-weighted-leg-restraints',
      {
        hs: '732690',
        description: 'Weighted leg irons, found by physical inspection.',
        quantity: [500, 'SET'],
      },
      { declared: declaredAs('agricultural chain hardware', '732690', '22500.00'), manufacturer: 'maker' },
    ),
    confidence: 100,
    preparedBy: 'customs-officer',
    text: { en: 'The goods of a stopped transit were seized in port.' },
    parties: {
      maker: party('exporter', 'XM', 'manufacturer', 'Marlovia Bogus Metals Co'),
      importer: party('consignee', 'XR', 'trader', 'Rostavel Invented Hardware Imports'),
    },
    readers: ['QM', 'QN', 'XD'],
    refs: [{ id: denial, rel: 'about' }],
    more: {
      transport: { mode: '1', container: 'FICU0000010' },
      route: ['XMPRT', 'XHHAR', 'XRPRT'],
      procedure: 'examination',
      outcome: {
        heldHours: 24,
        disposal: 'In the customs warehouse until the court decides.',
        sampleTaken: true,
      },
      attachments: [
        {
          sha256: `${'0'.repeat(63)}1`,
          mediaType: 'image/jpeg',
          credit: 'Hesperay customs (fictional)',
          alternativeText: 'Steel leg irons in an open crate, beside a ruler.',
        },
      ],
    },
  })

const safetyBeds = () =>
  sighting({
    ref: 'QM-2026-2008',
    file: 'TF-QM-2026-08',
    verdict: 'suspected',
    observed: ['2026-09-09', '2026-09-09'],
    place: { unlocode: 'QMPRT' },
    direction: 'export',
    from: 'QM',
    to: 'XW',
    goods: described(
      'net-bed',
      {
        hs: '940290',
        description:
          'Beds with a net canopy; it could not be seen at once whether the canopy opens from inside.',
        quantity: [6, 'H87'],
      },
      {
        declared: declaredAs('paediatric safety bed with net canopy', '940290', '21600.00'),
        technical: [{ measureName: 'Net weight of the consignment', value: '540', unit: 'kg' }],
        legitimateUse: ['medical'],
      },
    ),
    confidence: 30,
    preparedBy: 'licensing-officer',
    text: { en: 'Six beds with a net canopy: perhaps net beds.' },
    tlp: 'TLP:GREEN',
    parties: {
      hospital: party('consignee', 'XW', 'hospital-or-pharmacy', 'Westermark Pretend Children’s Hospital'),
    },
  })

const safetyBedsCleared = (of: string) =>
  draft('follow-up', {
    body: {
      of,
      finding: 'not-covered',
      outcome: 'Closed: the canopy opens from inside; the consignee is a hospital.',
    },
    text: { en: 'Ordinary medical beds. The list does not cover them.' },
    tlp: 'TLP:GREEN',
    refs: [{ id: of, rel: 'follows' }],
  })

export const sightings: readonly SeedStory[] = [
  { story: 'TF-01', issuer: 'QM', drafts: [heavyAccessories] },
  {
    story: 'TF-02',
    issuer: 'QN',
    drafts: [ids => reroutedStunPistols(idOf(ids, 'DN-02'), idOf(ids, 'DN-03'))],
  },
  { story: 'TF-03', issuer: 'XD', drafts: [smallParcels] },
  { story: 'TF-04', issuer: 'XE', drafts: [mirrorGap] },
  { story: 'TF-05', issuer: 'XF', drafts: [pepperExtract] },
  { story: 'TF-06', issuer: 'XH', drafts: [ids => seizedLegIrons(idOf(ids, 'DN-07'))] },
  { story: 'TF-07', issuer: 'QM', drafts: [safetyBeds, ids => safetyBedsCleared(idOf(ids, 'TF-07'))] },
]
