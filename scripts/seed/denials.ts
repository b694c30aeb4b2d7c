import { described, draft, party } from './build.ts'
import { denial } from './denial-draft.ts'
import { brokeredStunPistols, stoppedTransit, waterCannonRefit } from './denials-beyond-export.ts'
import { idOf, type SeedStory } from './story.ts'

const shockBelt = () =>
  denial({
    ref: 'QM-2026-0007',
    decided: '2026-02-11',
    notified: '2026-02-20',
    article: 'Section 4, list item 2.1',
    grounds: ['torture-or-ill-treatment-risk'],
    summary: 'A prohibited good: it has no practical use other than torture or other ill-treatment.',
    source: {
      kind: 'un-body-finding',
      citation: 'Fictional report on body-worn shock devices, paragraphs 40 to 44',
    },
    goods: described(
      'body-worn-shock-device',
      {
        hs: '854370',
        description:
          'Remote prisoner control belts: shock belts set off by radio. List item body-worn-shock-device.',
        quantity: [40, 'H87'],
        contract: '18400.00',
      },
      {
        cn: { code: '85437090', year: 2026, ex: true },
        brand: 'HoldFast (fictional)',
        model: 'B-40',
        manufacturer: 'exporter',
        technical: [{ measureName: 'Output voltage', value: '50', unit: 'kV' }],
        packaging: 'CT',
        condition: 'new',
      },
    ),
    parties: {
      exporter: party('exporter', 'QM', 'manufacturer', 'Fiktiva Restraint Works Ltd', { legalForm: 'Ltd' }),
      depot: party('consignee', 'XG', 'prison', 'Ministry of Imaginary Prisons, Supply Depot 4', {
        address: { street: '4 Depot Road', city: 'Garren' },
      }),
      prison: party('end-user', 'XG', 'prison', 'Grimlow Placeholder Prison'),
    },
    destination: 'XG',
    endUse: ['corrections', 'Control of prisoners during transport and in court.'],
    text: {
      en: 'Export of 40 shock belts to a prison service was refused: the good is prohibited.',
      fr: "L'exportation de 40 ceintures à décharges vers une administration pénitentiaire a été refusée.",
    },
    more: {
      endUseAssessed: { code: 'corrections', text: 'Pain compliance of detainees.' },
      museumExemptionAsked: false,
      confidence: 100,
    },
  })

const stunPistols = () =>
  denial({
    ref: 'QN-2026-0031',
    decided: '2026-03-04',
    notified: '2026-03-24',
    article: 'Article 12, end-use assessment',
    grounds: ['torture-or-ill-treatment-risk'],
    summary: 'Public findings report ill-treatment in custody by the unit that would use the goods.',
    source: { kind: 'ngo-report', citation: 'Fictional custody monitor, yearly report 2025, chapter 3' },
    goods: described('portable-electric-discharge-weapon', {
      hs: '930400',
      description: 'Dart-firing stun pistols with cartridges.',
      quantity: [250, 'H87'],
      contract: '212500.00',
    }),
    parties: {
      exporter: party('exporter', 'QN', 'trader', 'Nonesuch Less-Lethal AG'),
      agency: party(
        'consignee',
        'XP',
        'law-enforcement-authority',
        'Pellandia Dummy Police Procurement Agency',
      ),
      unit: party('end-user', 'XP', 'law-enforcement-authority', 'Pellandia Dummy Police, Riot Wing'),
    },
    destination: 'XP',
    endUse: ['law-enforcement', 'Equipment of patrol officers.'],
    text: { en: 'Export of 250 stun pistols was refused because of findings about the end-user.' },
  })

const annulledSprays = () =>
  denial({
    ref: 'XE-2026-0003',
    decided: '2026-01-15',
    notified: '2026-01-16',
    decision: 'annulled',
    article: 'Section 21, annulment',
    grounds: ['diversion-risk', 'end-user-unverifiable'],
    summary:
      'After the authorisation it came out that the free-zone trader would send the goods on to another country.',
    source: { kind: 'intelligence-undisclosed' },
    goods: described('portable-irritant-dispenser', {
      hs: '842420',
      description: 'Police defence spray, 400 ml.',
      quantity: [1200, 'H87'],
      contract: '8400.00',
    }),
    parties: {
      exporter: party('exporter', 'XE', 'manufacturer', 'Example Aerosols Kft (fictional)'),
      trader: party('consignee', 'XV', 'trader', 'Vendalia Sham Trading Free Zone Co'),
      user: party('end-user', 'XR', 'unknown'),
    },
    destination: 'XV',
    endUse: ['resale', 'Sale to security firms in the region.'],
    text: { en: 'An authorisation for 1,200 irritant sprays was annulled: risk of diversion.' },
    tlp: 'TLP:AMBER+STRICT',
    more: { authorisationRef: 'XE-LIC-2025-0440', countryOfEndUse: 'XR', confidence: 80 },
  })

const pentobarbital = () =>
  denial({
    ref: 'QM-2026-0019',
    decided: '2026-04-09',
    notified: '2026-04-30',
    article: 'Section 9, goods for executions',
    grounds: ['capital-punishment-risk'],
    summary:
      'Veterinary grade was ordered by the pharmacy of a corrections department that carries out executions.',
    source: { kind: 'media', citation: 'Fictional court report, Nethermoor Gazette, 2 March 2026' },
    goods: described(
      'pentobarbital',
      {
        hs: '293353',
        description: 'Pentobarbital sodium, veterinary grade.',
        quantity: [25, 'KGM'],
        contract: '31000.00',
      },
      {
        chemicals: [
          {
            cas: '57-33-0',
            inn: 'pentobarbital',
            atc: 'N05CA01',
            concentration: '99.5',
            form: 'sodium salt, powder',
          },
        ],
        legitimateUse: ['veterinary'],
      },
    ),
    parties: {
      exporter: party('exporter', 'QM', 'manufacturer', 'Makebelieve Pharma BV'),
      pharmacy: party('consignee', 'XN', 'hospital-or-pharmacy', 'Nethermoor Pretend Corrections Pharmacy'),
      department: party('end-user', 'XN', 'prison', 'Nethermoor Pretend Corrections Department'),
    },
    destination: 'XN',
    endUse: ['veterinary', 'Stated as care of guard dogs.'],
    text: { en: 'Export of 25 kg of pentobarbital was refused: risk of use in executions.' },
    more: { endUseAssessed: { code: 'corrections', text: 'Lethal injection.' } },
  })

const nationalListHandcuffs = () =>
  denial({
    ref: 'QN-2026-0044',
    decided: '2026-08-03',
    notified: '2026-08-10',
    article: 'Article 30, national list',
    grounds: ['other'],
    summary:
      'Rests only on the stricter national list. For information: no denial under ATR 23(4), no consultation.',
    source: { kind: 'ngo-report', citation: 'Fictional restraint survey 2024, annex 2' },
    goods: described('ordinary-handcuffs', {
      hs: '830150',
      description: 'Chain-link handcuffs.',
      quantity: [3000, 'H87'],
      contract: '27000.00',
    }),
    parties: {
      exporter: party('exporter', 'QN', 'manufacturer', 'Nowhere Cuffs GmbH', { legalForm: 'GmbH' }),
      stores: party(
        'consignee',
        'XG',
        'law-enforcement-authority',
        'Garrendal Fake Interior Ministry Stores',
      ),
      police: party('end-user', 'XG', 'law-enforcement-authority', 'Garrendal Fake Police'),
    },
    destination: 'XG',
    endUse: ['law-enforcement', 'Equipment of police stations.'],
    text: { en: 'Export of 3,000 handcuffs was refused under a national rule only.' },
    tlp: 'TLP:GREEN',
    more: { nationalProhibition: true },
  })

const oldSpitHoods = () =>
  denial({
    ref: 'XD-2022-0090',
    decided: '2022-09-30',
    notified: '2022-10-14',
    article: 'Title II, export',
    grounds: ['torture-or-ill-treatment-risk'],
    summary: 'Deaths in custody after use of such hoods by the end-user.',
    source: { kind: 'national-judgment', citation: 'Fictional inquest, Westermark, 2021' },
    goods: described('spit-hood', {
      hs: '650500',
      description: 'Spit guards that cover the head.',
      quantity: [800, 'H87'],
      contract: '6400.00',
    }),
    parties: {
      exporter: party('exporter', 'XD', 'manufacturer', 'Ficta Textiles SARL'),
      supplies: party('consignee', 'XW', 'trader', 'Westermark Pretend Custody Supplies'),
      police: party('end-user', 'XW', 'law-enforcement-authority', 'Westermark Pretend Police'),
    },
    destination: 'XW',
    endUse: ['law-enforcement', 'Protection of officers from spitting.'],
    text: { en: 'Export of 800 spit hoods was refused in 2022; the look-back of three years is over.' },
    more: {
      lateReason: 'Entered from the paper archive.',
      validity: { from: '2022-10-14', reviewDue: '2028-10-14', lookbackUntil: '2025-09-30', reviewCount: 1 },
    },
  })

const batons = () =>
  denial({
    ref: 'XE-2026-0011',
    decided: '2026-03-27',
    notified: '2026-04-02',
    article: 'Section 12, end-use assurance',
    grounds: ['end-user-unverifiable', 'incomplete-information'],
    summary: 'The city guard gave no assurance about the end-use.',
    source: { kind: 'media', citation: 'Fictional report, Hesperay Morning, 10 January 2026' },
    goods: described('ordinary-baton', {
      hs: '930400',
      description: 'Expandable batons, 12 inch.',
      quantity: [600, 'H87'],
      contract: '15000.00',
    }),
    parties: {
      exporter: party('exporter', 'XE', 'manufacturer', 'Example Batons Kft (fictional)'),
      guard: party('consignee', 'XH', 'law-enforcement-authority', 'Hesperay Made-up City Guard'),
    },
    destination: 'XH',
    endUse: ['law-enforcement', 'Equipment of the city guard.'],
    text: { en: 'Export of 600 expandable batons was refused: no assurance about the end-use.' },
  })

const batonsCorrected = (target: string) =>
  draft('correction', {
    body: {
      target,
      kind: 'clerical',
      reason: 'The length of the batons was mistyped.',
      patch: [{ op: 'replace', path: '/goods/0/description', value: 'Expandable batons, 21 inch.' }],
    },
    text: { en: 'The batons are of 21 inches, not 12.' },
    tlp: 'TLP:AMBER',
    refs: [{ id: target, rel: 'corrects' }],
  })

const batonsWithdrawn = (target: string) =>
  draft('withdrawal', {
    body: {
      target,
      kind: 'court-ordered',
      reason: 'The refusal was overturned on appeal on 1 September 2026.',
      requiredAction: 'stop-acting',
      confirmBy: '2026-10-01',
    },
    text: { en: 'The denial no longer counts: it was overturned on appeal.' },
    tlp: 'TLP:AMBER',
    refs: [{ id: target, rel: 'withdraws' }],
  })

export const denials: readonly SeedStory[] = [
  { story: 'DN-01', issuer: 'QM', drafts: [shockBelt] },
  { story: 'DN-02', issuer: 'QN', drafts: [stunPistols] },
  { story: 'DN-03', issuer: 'XD', drafts: [ids => brokeredStunPistols(idOf(ids, 'DN-02'))] },
  { story: 'DN-04', issuer: 'XE', drafts: [annulledSprays] },
  { story: 'DN-05', issuer: 'QM', drafts: [pentobarbital] },
  { story: 'DN-06', issuer: 'XF', drafts: [waterCannonRefit] },
  { story: 'DN-07', issuer: 'XH', drafts: [stoppedTransit] },
  { story: 'DN-08', issuer: 'QN', drafts: [nationalListHandcuffs] },
  { story: 'DN-09', issuer: 'XD', drafts: [oldSpitHoods] },
  {
    story: 'DN-10',
    issuer: 'XE',
    drafts: [batons, ids => batonsCorrected(idOf(ids, 'DN-10')), ids => batonsWithdrawn(idOf(ids, 'DN-10'))],
  },
]
