import { z } from 'zod'
import type { Draft } from '../draft.ts'
import { day } from '../fields/day.ts'
import {
  activities,
  activityOf,
  decisionTypes,
  decisionWords,
  endUseFields,
  grounds,
  receiverFaults,
  routeFaults,
  undone,
} from '../fields/decision.ts'
import { bodyOf } from '../fields/general.ts'
import { listedGoods } from '../fields/goods.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { evidenceSource, law } from '../fields/law.ts'
import { keyFaults, parties } from '../fields/party.ts'
import { country, locationOfGoods } from '../fields/place.ts'
import { nationalRef, networkRef } from '../fields/reference.ts'
import { addRule, faultIf, missingIf } from '../fields/rule.ts'
import { located, screeningKeys } from '../fields/screening-keys.ts'
import { capital, goodsInWords, summaryLine } from '../fields/summary.ts'
import { line, oneOf, prose, several, yesNo } from '../fields/text.ts'
import {
  consultContact,
  deadlinesOf,
  validity,
  validityFaults,
  validitySuggestions,
} from '../fields/validity.ts'
import { goodsList } from '../goods/list.ts'
import { defineNoticeType } from '../notice-type.ts'

const form = bodyOf({
  networkRef: networkRef(),
  nationalRef: nationalRef(),
  decisionType: oneOf(decisionTypes, 'Decision', 'What was decided (ATR 23; DUR 16).'),
  activity: oneOf(
    activities,
    'Activity',
    'What was applied for. "technical-assistance" is the controlled service.',
  ),
  decisionDate: day('Date of decision', 'The day of the decision.'),
  notifyBy: day('Notify by', 'Thirty days after the decision (ATR 23(1)).'),
  lateReason: line('Reason for lateness', 'Needed when the notice goes out after that day.', 500).optional(),
  authorisationRef: line(
    'Authorisation',
    'The authorisation that is annulled, suspended, revoked or limited.',
    80,
  ).optional(),
  legalBasis: several(law, 'Legal basis', 'The provisions that the decision rests on.', { least: 1 }),
  nationalProhibition: yesNo(
    'National prohibition only',
    'Rests only on a stricter national rule: no denial under ATR 23(4), kept out of consultation and statistics.',
  ),
  grounds: several(
    oneOf(grounds, 'Ground', 'A ground of the decision.'),
    'Grounds',
    'Why it was decided so (ATR 12, 17).',
    { least: 1, most: grounds.length },
  ),
  groundsSummary: prose('Summary of grounds', 'The grounds in words, without personal data (ATR 26(2)).'),
  evidenceSources: several(
    evidenceSource,
    'Sources',
    'At least one, or "undisclosed" (ATR 12(2); GGE 106, 127).',
    { least: 1 },
  ),
  goods: several(listedGoods, 'Goods', 'The goods of the decision (ATR 26(2)).', { least: 1 }),
  parties,
  consigneeIsEndUser: yesNo(
    'Consignee is end-user',
    'If not, give the end-user as a party of its own (ATR 26(2)).',
  ),
  countryOfDestination: country('Destination', 'Where the goods would go.'),
  countryOfEndUse: country('Country of end-use', 'Where they would be used, if elsewhere.').optional(),
  countryOfOrigin: country(
    'Country of origin',
    'Where they come from; needed for import, transit and brokering.',
  ).optional(),
  locationOfGoods: locationOfGoods.optional(),
  transitCountries: several(
    country('Country', 'A country on the way.'),
    'Transit countries',
    'Needed for transit.',
  ).optional(),
  endUseStated: z
    .strictObject(endUseFields)
    .meta({ title: 'End-use as stated', description: 'What the applicant said.' }),
  endUseAssessed: z
    .strictObject(endUseFields)
    .meta({ title: 'End-use as assessed', description: 'What the authority found.' })
    .optional(),
  validity,
  consultContact,
  museumExemptionAsked: yesNo(
    'Museum exemption asked',
    'Whether display in a museum was given as the use (ATR 3(2)).',
  ).optional(),
})

const dated = addRule(
  form,
  ['decisionDate', 'notifyBy', 'validity'],
  ({ decisionDate, notifyBy, validity }) => validityFaults(decisionDate, notifyBy, validity),
)

const decided = addRule(
  dated,
  ['decisionType', 'activity', 'authorisationRef'],
  ({ decisionType, activity, authorisationRef }) => {
    const only = activityOf[decisionType]
    const needsRef = undone.includes(decisionType) && authorisationRef === undefined
    return [
      ...faultIf(
        only !== undefined && only !== activity,
        ['activity'],
        `This decision is about the activity "${only}".`,
      ),
      ...missingIf(needsRef, 'authorisationRef', 'Say which authorisation this was.'),
    ]
  },
)

const routed = addRule(
  decided,
  ['activity', 'countryOfOrigin', 'locationOfGoods', 'transitCountries'],
  routeFaults,
)

const body = addRule(
  addRule(
    routed,
    ['parties', 'consigneeIsEndUser', 'countryOfDestination', 'countryOfEndUse'],
    receiverFaults,
  ),
  ['parties', 'goods'],
  ({ parties, goods }) =>
    keyFaults(
      parties,
      goods.map(({ manufacturer }, at) => ({ key: manufacturer, path: ['goods', at, 'manufacturer'] })),
    ),
)

const refusal: Draft = {
  type: 'denial',
  exercise: true,
  body: {
    networkRef: 'QM-2026-0007',
    nationalRef: 'QM-LIC-2026-118',
    decisionType: 'refused',
    activity: 'export',
    decisionDate: '2026-02-11',
    notifyBy: '2026-03-13',
    legalBasis: [{ instrument: 'Quillmark Trade Control Act', article: 'Section 4' }],
    nationalProhibition: false,
    grounds: ['torture-or-ill-treatment-risk'],
    groundsSummary: 'The good has no practical use other than torture or other ill-treatment.',
    evidenceSources: [
      { kind: 'un-body-finding', citation: 'Report on instruments of torture, exercise edition, part 2' },
    ],
    goods: [
      {
        listId: goodsList.id,
        listVersion: goodsList.version,
        itemId: 'body-worn-shock-device',
        category: 'TORTURE_ONLY',
        hs: { code: '854370', edition: 'HS2022', ex: true },
        description: 'Electric shock belts worn by prisoners and set off by remote control.',
        quantity: { value: 40, rec20: 'H87' },
        value: { amount: '18400.00', currency: 'XTS', basis: 'contract' },
      },
    ],
    parties: {
      exporter: { role: 'exporter', country: 'QM', kind: 'manufacturer' },
      depot: { role: 'consignee', country: 'XG', kind: 'prison', publicBody: true },
    },
    consigneeIsEndUser: true,
    countryOfDestination: 'XG',
    endUseStated: { code: 'corrections', text: 'Control of prisoners during transport.' },
    validity: { from: '2026-02-20', reviewDue: '2029-02-20', lookbackUntil: '2029-02-11', reviewCount: 0 },
    consultContact: { mailbox: 'licensing@example.org', channel: 'node' },
    lang: 'en',
    text: { en: 'Export of 40 shock belts to a prison depot in XG was refused.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  nominal: {
    exporter: { name: 'Fiktiva Restraint Works Ltd' },
    depot: { name: 'Ministry of Imaginary Prisons, Supply Depot 4' },
  },
  parts: { body: { to: 'channel', until: '2036-12-31' }, nominal: { to: 'channel', until: '2031-12-31' } },
}

/** An authorisation undone, with another end-user, and names for two readers only. */
const annulment: Draft = {
  type: 'denial',
  exercise: true,
  body: {
    ...refusal.body,
    networkRef: 'QM-2026-0008',
    nationalRef: 'QM-LIC-2025-440',
    decisionType: 'annulled',
    authorisationRef: 'QM-AUTH-2025-0440',
    grounds: ['diversion-risk', 'end-user-unverifiable'],
    groundsSummary: 'The goods were about to be sent on to an end-user who cannot be verified.',
    parties: {
      trader: { role: 'consignee', country: 'XV', kind: 'trader' },
      user: { role: 'end-user', country: 'XR', kind: 'unknown' },
    },
    consigneeIsEndUser: false,
    countryOfDestination: 'XV',
    countryOfEndUse: 'XR',
    text: {
      en: 'An authorisation was annulled: risk of diversion.',
      fr: 'Autorisation annulée : risque de détournement.',
    },
    tlp: 'TLP:RED',
    confidence: 80,
  },
  nominal: {
    trader: {
      name: 'Vendalia Sham Trading Free Zone Co',
      ids: [{ scheme: 'national-register', value: 'XV-000000' }],
      address: { street: '1 Example Quay', city: 'Port Placeholder' },
    },
  },
  readers: ['QN', 'XD'],
  parts: { body: { to: 'channel', until: '2036-12-31' }, nominal: { to: 'named', until: '2031-12-31' } },
}

export const denial = defineNoticeType({
  name: 'denial',
  label: 'Denial notice',
  purpose: 'Tells the others that an application was refused or an authorisation undone, and why.',
  body,
  nominal: true,
  summary: ({ activity, decisionType, goods, countryOfDestination }) =>
    summaryLine(
      `${capital(activity)} to ${countryOfDestination} ${decisionWords(decisionType)}: ${goodsInWords(goods)}`,
    ),
  gist: {
    what: ['decisionType', 'activity'],
    goods: ['goods'],
    who: ['parties'],
    where: ['countryOfDestination', 'countryOfEndUse', 'countryOfOrigin'],
    when: ['decisionDate'],
    why: ['grounds', 'groundsSummary'],
  },
  deadlines: ({ nationalProhibition, ...dates }) => deadlinesOf(dates, { isConsulted: !nationalProhibition }),
  keys: body =>
    indexKeys({
      goods: body.goods,
      parties: body.parties,
      countries: [
        body.countryOfDestination,
        body.countryOfEndUse,
        body.countryOfOrigin,
        body.locationOfGoods?.country,
        ...(body.transitCountries ?? []),
      ],
      references: [body.networkRef, body.nationalRef],
    }),
  // A national prohibition is no denial (ATR 23(4)); a denial is looked at for three years (ATR 23(2)).
  screening: body =>
    body.nationalProhibition
      ? undefined
      : screeningKeys({
          until: body.validity.lookbackUntil,
          goods: body.goods,
          destinations: (['countryOfDestination', 'countryOfEndUse'] as const).map(at =>
            located(`/${at}`, body[at]),
          ),
        }),
  faultsOn: ({ decisionDate }, today) =>
    decisionDate !== undefined && decisionDate > today
      ? [{ pointer: '/decisionDate', code: 'rule', detail: 'The decision cannot lie in the future.' }]
      : [],
  suggest: validitySuggestions,
  examples: [refusal, annulment],
})
