import { z } from 'zod'
import { isObject } from '../canonical.ts'
import type { Draft } from '../draft.ts'
import { day } from '../fields/day.ts'
import { bodyOf } from '../fields/general.ts'
import { itemId, sightedGoods } from '../fields/goods.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { carriersOf, declaration, placeSeen, transport } from '../fields/movement.ts'
import { keyFaults, parties } from '../fields/party.ts'
import { country, unlocode } from '../fields/place.ts'
import { nationalRef, networkRef, noticeId } from '../fields/reference.ts'
import { addRule, type Fault, faultIf, missingIf } from '../fields/rule.ts'
import { located, screeningKeys } from '../fields/screening-keys.ts'
import { capital, goodsInWords, summaryLine } from '../fields/summary.ts'
import { line, oneOf, several, yesNo } from '../fields/text.ts'
import { goodsList } from '../goods/list.ts'
import { defineNoticeType } from '../notice-type.ts'

const verdicts = [
  'seen',
  'suspected',
  'not-the-product',
  'detained',
  'seized',
  'released',
  'refused-entry',
  'destroyed',
] as const

/** The verdicts that found nothing wrong. */
const harmless: readonly string[] = ['not-the-product', 'released']

/** The verdicts after which the goods were, for a time at least, in the hands of an authority. */
const held: readonly string[] = ['detained', 'seized', 'released', 'refused-entry', 'destroyed']

const directions = [
  'export',
  'import',
  'transit',
  'transhipment',
  'postal',
  'courier',
  'fair',
  'online',
] as const

const of = addRule(
  z
    .strictObject({
      kind: oneOf(['alert', 'denial', 'list-item', 'none'], 'Kind', 'What the sighting is a sighting of.'),
      id: noticeId('Notice', 'The alert or denial.').optional(),
      itemId: itemId().optional(),
    })
    .meta({
      title: 'Sighting of',
      description: 'The alert, denial or list item that made officers look, if any.',
    }),
  ['kind', 'id', 'itemId'],
  ({ kind, id, itemId }): Fault[] => {
    const notice = kind === 'alert' || kind === 'denial'
    return [
      ...missingIf(notice && id === undefined, 'id', 'Give the id of the notice.'),
      ...faultIf(!notice && id !== undefined, ['id'], 'Only an alert or a denial has an id.'),
      ...missingIf(
        kind === 'list-item' && itemId === undefined,
        'itemId',
        'Give the item of the goods list.',
      ),
      ...faultIf(kind !== 'list-item' && itemId !== undefined, ['itemId'], 'Give this only for a list item.'),
    ]
  },
)

const observedAt = addRule(
  z
    .strictObject({
      from: day('From', 'The first day.'),
      to: day('To', 'The last day; the same for a single one.'),
    })
    .meta({ title: 'Observed', description: 'From the first to the last day.' }),
  ['from', 'to'],
  ({ from, to }) => faultIf(to < from, ['to'], 'The last day comes before the first.'),
)

const outcome = z
  .strictObject({
    heldHours: z
      .int()
      .min(0)
      .max(100_000)
      .meta({ title: 'Hours held', description: 'How long trade was held up.' }),
    disposal: line('Disposal', 'What became of the goods.', 300),
    sampleTaken: yesNo('Sample taken', 'Whether a sample was kept.'),
  })
  .meta({ title: 'Outcome', description: 'Needed when the goods were held.' })

const form = bodyOf({
  networkRef: networkRef().optional(),
  nationalRef: nationalRef().optional(),
  of,
  verdict: oneOf(verdicts, 'Verdict', 'What was found; "not-the-product" is worth as much as a find.'),
  observedAt,
  place: placeSeen,
  direction: oneOf(directions, 'Direction', 'The way of the goods as seen from there.'),
  countryOfDispatch: country('From', 'Where the goods came from.').optional(),
  countryOfDestination: country('To', 'Where the goods were bound.').optional(),
  transport: transport.optional(),
  declaration: declaration.optional(),
  route: several(
    unlocode('Place', 'A place on the way.'),
    'Route',
    'Places in the order of travel.',
  ).optional(),
  goods: several(sightedGoods, 'Goods', 'What was found or suspected, beside what was declared.', {
    least: 1,
  }),
  parties: parties.optional(),
  declaredEndUse: line('Declared end-use', 'The use that was declared.', 500).optional(),
  procedure: oneOf(['examination', 'audit', 'open-source'], 'Procedure', 'How it came to light.').optional(),
  outcome: outcome.optional(),
  count: z
    .int()
    .min(1)
    .max(1e9)
    .meta({ title: 'Count', description: 'How many consignments this stands for.' })
    .optional(),
})

const concluded = addRule(form, ['verdict', 'outcome'], ({ verdict, outcome }) =>
  missingIf(
    held.includes(verdict) && outcome === undefined,
    'outcome',
    'The goods were held: say for how long and what came of it.',
  ),
)

const body = addRule(concluded, ['parties', 'goods'], ({ parties, goods }) =>
  keyFaults(
    parties,
    goods.map(({ manufacturer }, at) => ({ key: manufacturer, path: ['goods', at, 'manufacturer'] })),
  ),
)

const suspicion: Draft = {
  type: 'sighting',
  exercise: true,
  body: {
    of: { kind: 'none' },
    verdict: 'suspected',
    observedAt: { from: '2026-02-18', to: '2026-02-18' },
    place: { unlocode: 'QMPRT' },
    direction: 'export',
    countryOfDispatch: 'XM',
    countryOfDestination: 'XR',
    goods: [
      {
        listId: goodsList.id,
        listVersion: goodsList.version,
        itemId: 'bar-fetters-weighted-leg-restraints',
        category: 'TORTURE_ONLY',
        declared: { description: 'garment accessories, metal', hs: { code: '621710', edition: 'HS2022' } },
        hs: { code: '732690', edition: 'HS2022', ex: true },
        description: 'Suspected weighted leg restraints: 4.3 kg a set is too heavy for garment accessories.',
        quantity: { value: 500, rec20: 'SET' },
      },
    ],
    lang: 'en',
    text: { en: 'Weight and description of a consignment do not fit.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'customs-officer',
    releasedBy: 'releaser',
    confidence: 60,
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
}

const seizure: Draft = {
  type: 'sighting',
  exercise: true,
  body: {
    ...suspicion.body,
    networkRef: 'XH-2026-2004',
    of: { kind: 'list-item', itemId: 'bar-fetters-weighted-leg-restraints' },
    verdict: 'seized',
    place: { customsOffice: 'XH000004' },
    direction: 'transit',
    transport: { mode: '1', container: 'FICU0000010' },
    declaration: { hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    route: ['XMPRT', 'XHHAR', 'XRPRT'],
    parties: {
      shipper: { role: 'exporter', country: 'XM', kind: 'manufacturer' },
      importer: { role: 'consignee', country: 'XR', kind: 'trader' },
    },
    procedure: 'examination',
    outcome: { heldHours: 30, disposal: 'In a customs warehouse until a court decides.', sampleTaken: true },
    text: { en: 'Weighted leg restraints were found by physical inspection.' },
    confidence: 100,
  },
  nominal: {
    shipper: { name: 'Marlovia Bogus Metals Co' },
    importer: { name: 'Rostavel Invented Hardware Imports' },
  },
  readers: ['XD'],
  parts: { body: { to: 'channel', until: '2036-12-31' }, nominal: { to: 'named', until: '2031-12-31' } },
}

export const sighting = defineNoticeType({
  name: 'sighting',
  label: 'Trade-flow sighting',
  purpose: 'Tells the others what was seen moving, offered or held, and also what turned out to be harmless.',
  body,
  nominal: true,
  intelligence: 'seen',
  summary: ({ verdict, direction, goods, place }) =>
    summaryLine(
      `${capital(verdict)}, ${direction} at ${place.unlocode ?? place.customsOffice ?? 'an unnamed place'}: ${goodsInWords(goods)}`,
    ),
  gist: {
    what: ['verdict', 'direction'],
    goods: ['goods'],
    who: ['parties'],
    where: ['place', 'countryOfDispatch', 'countryOfDestination', 'route'],
    when: ['observedAt'],
    why: ['of'],
    action: ['outcome'],
  },
  keys: body =>
    indexKeys({
      goods: body.goods,
      parties: body.parties,
      countries: [
        body.countryOfDispatch,
        body.countryOfDestination,
        body.place.unlocode?.slice(0, 2),
        ...(body.route ?? []).map(stop => stop.slice(0, 2)),
      ],
      references: [body.networkRef, body.nationalRef],
    }),
  tradeFlow: ({ verdict, observedAt, countryOfDispatch, countryOfDestination, ...body }) => ({
    goods:
      verdict === 'not-the-product'
        ? []
        : [...new Set(body.goods.map(({ itemId, watchId }) => itemId ?? watchId ?? 'unlisted'))],
    dispatch: countryOfDispatch,
    destination: countryOfDestination,
    direction: body.direction,
    month: observedAt.from.slice(0, 7),
    verdict,
    isBurden: verdict !== 'seen',
    isFalseAlarm: harmless.includes(verdict),
    heldHours: body.outcome?.heldHours,
    count: body.count ?? 1,
    of: body.of,
  }),
  screening: ({ verdict, goods, countryOfDestination, transport, declaration }) =>
    screeningKeys({
      isHarmless: harmless.includes(verdict),
      goods,
      destinations: [located('/countryOfDestination', countryOfDestination)],
      carriers: carriersOf(transport, declaration),
    }),
  suggest: ({ observedAt }) => {
    const from = isObject(observedAt) ? observedAt.from : undefined
    return { usual: { '/of/kind': 'none', ...(typeof from === 'string' && { '/observedAt/to': from }) } }
  },
  examples: [suspicion, seizure],
})
