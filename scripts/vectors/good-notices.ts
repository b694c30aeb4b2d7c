import { canonical, type Draft, findNoticeType, type Json, sha256 } from '#protocol'
import { namedBody, names, nested, noticeIds, readers, threeParts } from './notice-parts.ts'
import type { Vector } from './vector.ts'
import { base64url, bodyForAll, type NoticePlan, type PartPlan, saltOf, write } from './writing.ts'

/** A notice as it travels in catch-up, and what a reader finds in it. */
function good(name: string, what: string, noticePlan: NoticePlan): Vector {
  const { text, id, payload, contents, disclosures } = write(noticePlan)
  const carried = contents.filter((_, at) => text.includes(`~${disclosures[at]}~`))
  return { name, what, text, expect: 'accepted', drops: [], reads: { id, payload, parts: carried } }
}

/** In catch-up a bad part is dropped, and its envelope kept: `drops` are the codes, `parts` what is left. */
function dropped(
  name: string,
  what: string,
  { drops, left = [], ...noticePlan }: NoticePlan & { drops: string[]; left?: number[] },
): Vector {
  const { text, id, payload, contents } = write(noticePlan)
  const parts = contents.filter((_, at) => left.includes(at))
  return { name: `dropped-${name}`, what, text, expect: 'accepted', drops, reads: { id, payload, parts } }
}

function whole(type: string): NoticePlan {
  const [example] = findNoticeType(type)?.examples ?? []
  if (example === undefined) throw new TypeError(`${type} has no example.`)
  return { parts: partsOf(example), payload: { type, exercise: true, ...refsOf(example) } }
}

function partsOf({ body, nominal, parts }: Draft): PartPlan[] {
  const rule = (name: string) => ({ ...parts[name] })
  return [
    { name: 'body', value: body, ...rule('body') },
    ...(nominal ? [{ name: 'nominal', value: nominal, ...rule('nominal') }] : []),
  ]
}

function refsOf({ refs }: Draft): { refs?: Json } {
  return refs && refs.length > 0 ? { refs: refs.map(ref => ({ ...ref })) } : {}
}

export const goodOnes: Vector[] = [
  good('minimal', 'The fewest members that a notice can have.', {}),
  good('every-member', 'Three parts, a reference, a drill; not the first of its log.', {
    parts: threeParts,
    payload: {
      exercise: true,
      prev: noticeIds[0],
      seq: 2,
      refs: [{ id: noticeIds[0] ?? '', rel: 'about' }],
    },
  }),
  good('denial', 'A whole denial notice.', whole('denial')),
  good('alert', 'A whole product alert.', whole('alert')),
  good('sighting', 'A whole sighting.', whole('sighting')),
  good('withdrawal', 'A whole withdrawal, with its reference.', whole('withdrawal')),
  good('capital', 'A notice of the opt-in channel.', { payload: { channel: 'capital' } }),
  good('type-unknown', 'A type that no version of today knows is carried.', {
    payload: { type: 'heartbeat' },
  }),
  good('relation-unknown', 'A relation that no version of today knows is carried.', {
    payload: { refs: [{ id: noticeIds[0] ?? '', rel: 'disputes' }] },
  }),
  good('audience-unknown', 'An audience that no version of today knows is carried, and counts as named.', {
    parts: [bodyForAll, { ...names, to: 'observers' }],
  }),
  good('part-unknown', 'A part whose name no version of today knows is carried.', {
    parts: [{ ...bodyForAll, name: 'annex' }],
  }),
  good(
    'version-2',
    'A later version with members unknown today is carried; only what is said of every version is checked.',
    {
      payload: { v: 2, urgency: { level: 'flash' }, members: 'm-1', type: 'denial', refs: undefined },
      parts: [bodyForAll],
    },
  ),
  good(
    'version-2-without-type',
    'A later version need not have the members that are not said of every version.',
    {
      payload: { v: 2, type: undefined, members: undefined },
    },
  ),
  good('sealed', 'No part is for the channel: the true type and references stand in the body.', {
    parts: [
      {
        ...namedBody,
        value: {
          body: { text: { en: 'Is this still so?' } },
          refs: [{ id: noticeIds[0] ?? '', rel: 'answers' }],
          type: 'acknowledgement',
        },
      },
      readers,
    ],
    payload: { type: 'sealed' },
  }),
  good('sealed-withheld', 'The same notice as others than its readers have it: the envelope alone.', {
    parts: [
      {
        ...namedBody,
        value: {
          body: { text: { en: 'Is this still so?' } },
          refs: [{ id: noticeIds[0] ?? '', rel: 'answers' }],
          type: 'acknowledgement',
        },
      },
      readers,
    ],
    payload: { type: 'sealed' },
    carried: () => [],
  }),
  good('named-withheld', 'The parts for named readers stay away; signature, id and place are as before.', {
    parts: threeParts,
    carried: ([body = '']) => [body],
  }),
  good('erased', 'Every part has been erased; the envelope still verifies.', {
    parts: threeParts,
    carried: () => [],
  }),
  good('24-references', 'The most references that a notice may have.', {
    payload: { refs: noticeIds.map(id => ({ id, rel: 'about' })) },
  }),
  good('four-parts', 'The most parts that a notice may have.', {
    parts: [{ ...bodyForAll, name: 'annex' }, bodyForAll, names, readers],
  }),
  good('unicode', 'Text of several scripts, beyond the basic plane too, is written as itself.', {
    parts: [
      {
        ...bodyForAll,
        value: { text: { ar: 'رُفض الطلب.', en: 'Dorrënia — 10 × 50 kV 🛑', zh: '申请被拒绝。' } },
      },
    ],
  }),
  good(
    'control-characters',
    'A part may break the rules of texts: it is kept and flagged, for a signed statement is not judged.',
    {
      parts: [{ ...bodyForAll, value: { text: { en: 'left\u202eright\u0000' } } }],
    },
  ),
  good('time-zero', 'A claimed time is never a reason to refuse.', { payload: { iat: 0 } }),
  good('time-far', 'Nor one of a far future.', { payload: { iat: 9_007_199_254_740_991 } }),
  good('nested-8', 'A part nested as deep as is allowed.', {
    parts: [{ ...bodyForAll, value: nested(7) }],
  }),
]

const digestOfBody = sha256(
  base64url(canonical([saltOf(bodyForAll.name), bodyForAll.name, bodyForAll.value])),
)

export const dropping: Vector[] = [
  dropped(
    'part-not-committed',
    'A part whose digest the envelope does not list is dropped; @sd-jwt/core 0.19 lets it pass.',
    {
      carried: () => [
        base64url(`["${saltOf('forged')}","body",{"text":{"en":"An application was granted."}}]`),
      ],
      drops: ['part-not-committed'],
    },
  ),
  dropped(
    'part-not-listed',
    'A part whose digest is listed, but whose name is not among the parts, is dropped.',
    {
      payload: { parts: { annex: { digest: digestOfBody, to: 'channel' } } },
      drops: ['part-not-committed'],
    },
  ),
  dropped('part-twice', 'The same part twice: the second is dropped.', {
    carried: ([body = '']) => [body, body],
    drops: ['part-duplicated'],
    left: [0],
  }),
  dropped('parts-out-of-order', 'Parts stand in the order of their names: what comes too late is dropped.', {
    parts: threeParts,
    carried: all => [...all].reverse(),
    drops: ['part-duplicated', 'part-duplicated'],
    left: [2],
  }),
  dropped('salt-short', 'A salt of 120 bits: the part is dropped.', {
    parts: [{ ...bodyForAll, salt: saltOf('short').slice(0, 20) }],
    drops: ['part-malformed'],
  }),
  dropped('salt-bits', 'A salt whose last character carries stray bits: the part is dropped.', {
    parts: [{ ...bodyForAll, salt: `${saltOf('bits').slice(0, 21)}B` }],
    drops: ['part-malformed'],
  }),
  dropped('nested-9', 'A part nested deeper than is allowed is dropped.', {
    parts: [{ ...bodyForAll, value: nested(8) }],
    drops: ['payload-too-deep'],
  }),
]
