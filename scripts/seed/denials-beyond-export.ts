import { described, party } from './build.ts'
import { denial } from './denial-draft.ts'

export const brokeredStunPistols = (about: string) =>
  denial({
    ref: 'XD-2026-0112',
    decided: '2026-06-18',
    notified: '2026-07-02',
    decision: 'brokering-refused',
    activity: 'brokering',
    article: 'Title III, brokering',
    grounds: ['torture-or-ill-treatment-risk'],
    summary:
      'Another participant refused an essentially identical transaction; it was consulted from 29 May to 12 June 2026.',
    source: { kind: 'ngo-report', citation: 'Fictional custody monitor, yearly report 2025, chapter 3' },
    goods: described('portable-electric-discharge-weapon', {
      hs: '854370',
      description: 'Electro-muscular control devices: dart-firing stun pistols.',
      quantity: [240, 'H87'],
      contract: '199000.00',
    }),
    parties: {
      broker: party('broker', 'XD', 'trader', 'Ficta Intermediaries SARL', { legalForm: 'SARL' }),
      agency: party('consignee', 'XP', 'law-enforcement-authority', 'Pelandia Dumy Police Procurment Agcy.'),
      unit: party('end-user', 'XP', 'law-enforcement-authority', 'Pellandia Dummy Police – Riot Wing'),
    },
    destination: 'XP',
    endUse: ['law-enforcement', 'Equipment of patrol officers.'],
    text: { en: 'Brokering of 240 stun pistols from a third country was refused, after consultation.' },
    more: {
      countryOfOrigin: 'XM',
      locationOfGoods: { country: 'XM', unlocode: 'XMPRT', place: 'Bonded warehouse 2' },
    },
    refs: [{ id: about, rel: 'about' }],
  })

export const waterCannonRefit = () =>
  denial({
    ref: 'XF-2026-0021',
    decided: '2026-05-05',
    notified: '2026-05-21',
    decision: 'ta-refused',
    activity: 'technical-assistance',
    article: 'Section 7, services for controlled goods',
    grounds: ['torture-or-ill-treatment-risk'],
    summary: 'The gendarmerie used water monitors against people who could not get away.',
    source: { kind: 'srt', citation: 'Fictional communication 14/2025' },
    goods: described('water-cannon', {
      hs: '842489',
      description: 'Refit and crew training for two vehicle-mounted water monitors; no goods move.',
      quantity: [2, 'H87'],
    }),
    parties: {
      supplier: party('ta-supplier', 'XF', 'trader', 'Phantom Vehicle Services ApS'),
      workshop: party('consignee', 'XQ', 'law-enforcement-authority', 'Quorrin Mock Gendarmerie Workshop'),
      gendarmerie: party('end-user', 'XQ', 'law-enforcement-authority', 'Quorrin Mock Gendarmerie'),
    },
    destination: 'XQ',
    endUse: ['law-enforcement', 'Repair of two vehicles and training of their crews.'],
    text: { en: 'Repair of two water cannon and training of their crews was refused.' },
  })

export const stoppedTransit = () =>
  denial({
    ref: 'XH-2026-0008',
    decided: '2026-07-22',
    notified: '2026-07-23',
    decision: 'transit-prohibited',
    activity: 'transit',
    article: 'Section 2, prohibited transit',
    grounds: ['torture-or-ill-treatment-risk', 'other'],
    summary: 'A prohibited good under a false description: weighted leg irons declared as farm hardware.',
    source: { kind: 'national-judgment', citation: 'Fictional order of the port court, 22 July 2026' },
    goods: described(
      'bar-fetters-weighted-leg-restraints',
      {
        hs: '732690',
        description: 'Weighted leg irons, declared as agricultural chain hardware.',
        quantity: [500, 'SET'],
        contract: '22500.00',
      },
      { manufacturer: 'maker' },
    ),
    parties: {
      maker: party('exporter', 'XM', 'manufacturer', 'Marlovia Bogus Metals Co'),
      importer: party('consignee', 'XR', 'trader', 'Rostavel Invented Hardware Imports'),
      user: party('end-user', 'XR', 'unknown'),
    },
    destination: 'XR',
    endUse: ['other', 'Stated as use on farms.'],
    text: { en: 'Transit of 500 sets of weighted leg irons was stopped in a port.' },
    more: {
      countryOfOrigin: 'XM',
      transitCountries: ['XH'],
      locationOfGoods: { country: 'XH', unlocode: 'XHHAR' },
    },
  })
