import { z } from 'zod'
import type { Draft } from '../draft.ts'
import { day, plusYears } from '../fields/day.ts'
import { attachmentFields, bodyOf } from '../fields/general.ts'
import { alertedGoods, chemical, itemId, likelyHs } from '../fields/goods.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { evidenceSource } from '../fields/law.ts'
import { keyFaults, parties, partyKey } from '../fields/party.ts'
import { country, unlocode } from '../fields/place.ts'
import { nationalRef, networkRef } from '../fields/reference.ts'
import { addRule, faultIf, missingIf } from '../fields/rule.ts'
import { located, screeningKeys } from '../fields/screening-keys.ts'
import { summaryLine } from '../fields/summary.ts'
import { code, line, oneOf, perLanguage, prose, several, yesNo } from '../fields/text.ts'
import { goodsList } from '../goods/list.ts'
import { defineNoticeType } from '../notice-type.ts'

/** For how long an alert counts unless somebody says otherwise. */
const usualYears = 2

const contexts = ['fair', 'web', 'seizure', 'prison-visit', 'ngo', 'tender', 'other'] as const

/** Permissible Actions Protocol: what a reader may do with it without giving the source away. */
const papLabels = ['PAP:RED', 'PAP:AMBER', 'PAP:GREEN', 'PAP:CLEAR'] as const

const identification = z
  .strictObject({
    visualMarks: several(
      line('Mark', 'What the eye sees.', 300),
      'Visual marks',
      'How to recognise it.',
    ).optional(),
    dimensions: line('Dimensions', 'Size and mass.', 300).optional(),
    packaging: line('Packaging', 'How it is packed.', 300).optional(),
    labels: line('Labels', 'What is written on it.', 300).optional(),
    xrayHint: line('Under X-ray', 'What the image shows.', 300).optional(),
    lookalikes: several(
      line('Look-alike', 'What it is easily taken for.', 300),
      'Look-alikes',
      'Harmless goods that look like it.',
    ).optional(),
  })
  .meta({
    title: 'Identification',
    description: 'How an officer recognises it, and what it is mistaken for.',
  })

const photo = z
  .strictObject({
    ...attachmentFields,
    pHash: code(
      'Image fingerprint',
      'Perceptual hash, 16 hexadecimal digits.',
      /^[0-9a-f]{16}$/,
      '00000000ffffffff',
    ).optional(),
  })
  .meta({ title: 'Photo', description: 'A picture by its hash; it is never loaded by itself.' })

const harmDescription = z
  .strictObject({
    text: prose('Harm', 'What it does to people.', 2000),
    contentWarning: yesNo('Content warning', 'Whether readers should be warned before they read it.'),
  })
  .meta({
    title: 'Harm',
    description: 'What it does to people; shown only when asked for if it carries a warning.',
  })

const route = several(unlocode('Place', 'A place on the way.'), 'Route', 'Places in the order of travel.', {
  least: 2,
})

const firstSeen = z
  .strictObject({
    date: day('Day', 'When it was first seen.'),
    place: line('Place', 'Where it was first seen.', 300),
    country: country('Country', 'Where that is.').optional(),
    context: oneOf(contexts, 'Context', 'How it was come across.'),
  })
  .meta({ title: 'First seen', description: 'When, where and how it was come across.' })

const form = bodyOf({
  networkRef: networkRef().optional(),
  nationalRef: nationalRef().optional(),
  title: line('Title', 'What was found, without the name of a person or company.', 110),
  urgency: oneOf(['routine', 'priority', 'flash'], 'Urgency', 'Flash: checked and released within a day.'),
  goods: several(alertedGoods, 'Goods', 'A list item, a watch list item, or what is on no list.', {
    least: 1,
  }),
  closestItems: several(
    itemId('List item'),
    'Nearest list items',
    'Listed goods that come close to it.',
  ).optional(),
  productName: line('Product name', 'As sold.').optional(),
  brandNames: several(
    line('Brand', 'A brand it is sold under.'),
    'Brand names',
    'Every brand that was seen.',
  ).optional(),
  parties: parties.optional(),
  manufacturer: partyKey('Manufacturer', 'Who makes it.').optional(),
  sellers: several(partyKey('Seller', 'Who offers it.'), 'Sellers', 'Who offers it.').optional(),
  urls: several(
    code(
      'Address',
      'A page that offers it; never opened by itself.',
      /^https?:\/\/[^\s"<>]{1,500}$/,
      'https://example.org/',
    ),
    'Web addresses',
    'Pages that offer it.',
  ).optional(),
  designAndCharacteristics: prose(
    'Design and characteristics',
    'What a listing request must say first (ATR 25(1)).',
  ),
  allPurposes: prose('All purposes', 'Every purpose it can serve (ATR 25(1)).'),
  rulesBroken: prose('Rules broken', 'The rules its use would break (ATR 25(1)).'),
  harmDescription: harmDescription.optional(),
  identification: identification.optional(),
  hsLikely: several(likelyHs, 'Likely HS codes', 'Where customs may find it declared, and why.').optional(),
  hsProvisional: yesNo(
    'Codes provisional',
    'Whether no customs laboratory has confirmed these codes.',
  ).optional(),
  chemicals: several(chemical, 'Chemicals', 'Substances in it.').optional(),
  originCountries: several(
    country('Country', 'Where it is made.'),
    'Countries of origin',
    'Where it is made.',
  ).optional(),
  knownRoutes: several(route, 'Known routes', 'How it travels.').optional(),
  photos: several(photo, 'Photos', 'Pictures by their hash.').optional(),
  evidence: several(evidenceSource, 'Evidence', 'What this rests on.').optional(),
  suggestedAction: line('Suggested action', 'What colleagues should do.', 500).optional(),
  pap: oneOf(papLabels, 'Permissible actions', 'How openly one may act on it.').optional(),
  firstSeen,
  validUntil: day('Valid until', 'From then on it is history unless renewed.'),
  cardText: perLanguage('Card text', 'For the printed card that officers carry.', 600).optional(),
})

const coded = addRule(form, ['hsLikely', 'hsProvisional'], ({ hsLikely, hsProvisional }) =>
  missingIf(
    hsLikely !== undefined && hsProvisional === undefined,
    'hsProvisional',
    'Say whether these codes are confirmed.',
  ),
)

const dated = addRule(coded, ['firstSeen', 'validUntil'], ({ firstSeen, validUntil }) =>
  faultIf(validUntil < firstSeen.date, ['validUntil'], 'An alert cannot end before the product was seen.'),
)

const acted = addRule(dated, ['suggestedAction', 'pap'], ({ suggestedAction, pap }) =>
  missingIf(suggestedAction !== undefined && pap === undefined, 'pap', 'Say how openly one may act on it.'),
)

const body = addRule(
  acted,
  ['parties', 'manufacturer', 'sellers'],
  ({ parties, manufacturer, sellers = [] }) =>
    keyFaults(parties, [
      { key: manufacturer, path: ['manufacturer'] },
      ...sellers.map((key, at) => ({ key, path: ['sellers', at] })),
    ]),
)

const glove: Draft = {
  type: 'alert',
  exercise: true,
  body: {
    title: 'Glove with palm electrodes marketed to prison staff',
    urgency: 'priority',
    goods: [
      {
        listId: goodsList.id,
        listVersion: goodsList.version,
        watchId: 'shock-glove',
        category: 'TORTURE_ONLY',
      },
    ],
    designAndCharacteristics: 'A work glove with two electrodes in the palm and a battery in the cuff.',
    allPurposes: 'None but to give electric shocks by touch to a person who is held.',
    rulesBroken:
      'The prohibition of torture and other ill-treatment (Convention against Torture, articles 1 and 16).',
    firstSeen: { date: '2026-02-02', place: 'FictiSec Expo 2026', country: 'XW', context: 'fair' },
    validUntil: '2028-02-02',
    lang: 'en',
    text: { en: 'A glove that gives electric shocks was shown at a fair. It is on no list.' },
    tlp: 'TLP:GREEN',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
}

const anklet: Draft = {
  type: 'alert',
  exercise: true,
  body: {
    ...glove.body,
    networkRef: 'QN-2026-1002',
    title: 'Weighted leg irons sold as "stability anklets"',
    urgency: 'routine',
    goods: [
      {
        listId: goodsList.id,
        listVersion: goodsList.version,
        itemId: 'bar-fetters-weighted-leg-restraints',
        category: 'TORTURE_ONLY',
      },
    ],
    brandNames: ['Stability Anklet Pro (fictional)'],
    parties: { maker: { role: 'manufacturer', country: 'XM', kind: 'manufacturer' } },
    manufacturer: 'maker',
    designAndCharacteristics: 'Steel anklets of 4 kg each with a keyed lock.',
    allPurposes: 'Sold for physiotherapy; the lock can only be opened by another person.',
    identification: {
      visualMarks: ['keyed lock'],
      dimensions: '4 kg each',
      lookalikes: ['training weights with a strap'],
    },
    hsLikely: [{ code: '732690', edition: 'HS2022', ex: true, why: 'Other articles of iron or steel.' }],
    hsProvisional: true,
    text: { en: 'A known good under a harmless name.', es: 'Un producto conocido con un nombre inofensivo.' },
    cardText: { en: 'Steel anklet, 4 kg, keyed lock: hold and ask the focal point.' },
  },
  nominal: { maker: { name: 'Marlovia Bogus Metals Co' } },
  parts: { body: { to: 'channel', until: '2036-12-31' }, nominal: { to: 'channel', until: '2031-12-31' } },
}

export const alert = defineNoticeType({
  name: 'alert',
  label: 'Product alert',
  purpose: 'Warns the others of a product that was seen, above all of one that is on no list yet.',
  body,
  nominal: true,
  intelligence: 'lookout',
  summary: ({ title, urgency }) =>
    summaryLine(urgency === 'routine' ? title : `${urgency === 'flash' ? 'Flash' : 'Priority'}: ${title}`),
  gist: {
    what: ['title', 'urgency'],
    goods: ['goods', 'productName', 'brandNames', 'designAndCharacteristics'],
    who: ['parties'],
    where: ['firstSeen', 'originCountries', 'knownRoutes'],
    why: ['allPurposes', 'rulesBroken'],
    action: ['suggestedAction', 'identification'],
  },
  urgency: ({ urgency }) => urgency,
  deadlines: ({ validUntil }) => [{ day: validUntil, at: '/validUntil', binds: 'readers' }],
  keys: body =>
    indexKeys({
      goods: body.goods,
      parties: body.parties,
      hs: (body.hsLikely ?? []).map(likely => likely.code),
      countries: [...(body.originCountries ?? []), body.firstSeen.country],
      references: [body.networkRef, body.nationalRef],
    }),
  screening: body =>
    screeningKeys({
      until: body.validUntil,
      goods: body.goods,
      hs: (body.hsLikely ?? []).map(({ code }, at) => located(`/hsLikely/${at}/code`, code)),
      products: [
        located('/productName', body.productName),
        ...(body.brandNames ?? []).map((name, at) => located(`/brandNames/${at}`, name)),
      ],
    }),
  suggest: (_body, { day: today }) => ({ usual: { '/validUntil': plusYears(today, usualYears) } }),
  examples: [glove, anklet],
})
