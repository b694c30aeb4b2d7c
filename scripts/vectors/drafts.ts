import { type Category, channelOfCategory, type Draft, type Json, noticeTypes } from '#protocol'
import type { Vector, VectorFile } from './vector.ts'

const goodOfCapital = { itemId: 'gallows-guillotine', category: 'EXECUTION_ONLY' }
const goodOfTorture = { itemId: 'body-worn-shock-device', category: 'TORTURE_ONLY' }

type Loose = { [member: string]: Json }

function example(type: string): Draft {
  const [first] = noticeTypes.find(({ name }) => name === type)?.examples ?? []
  if (first === undefined) throw new TypeError(`${type} has no example.`)
  return structuredClone(first)
}

function draftOf(type: string, change: (draft: Loose & { body: Loose; parts: Loose }) => void): Json {
  const draft = JSON.parse(JSON.stringify(example(type)))
  change(draft)
  return draft
}

function wrong(pointers: string[], name: string, what: string, draft: Json): Vector {
  return { name, what, draft, expect: 'draft-invalid', pointers }
}

const examples = noticeTypes.flatMap(({ name, label, examples: drafts }) =>
  drafts.map((draft, at) => ({
    name: `${name}-${at + 1}`,
    what: `${label}: complete and valid.`,
    draft: JSON.parse(JSON.stringify(draft)) as Json,
    expect: 'accepted',
  })),
)

export const draftVectors: VectorFile = {
  about:
    'Each `draft` is what a person has written. Where it is refused as draft-invalid, `pointers` are all the wrong fields, ' +
    'sorted (RFC 6901).',
  vectors: [
    ...examples,
    wrong(
      ['/body/tlp'],
      'tlp-missing',
      'A missing label is never taken as clear.',
      draftOf('withdrawal', ({ body }) => delete body.tlp),
    ),
    wrong(
      ['/body/tlp', '/body/urgencey', '/confidence'],
      'three-wrong',
      'Every wrong field at once.',
      draftOf('withdrawal', draft => {
        draft.body.tlp = 'CLEAR'
        draft.body.urgencey = 'flash'
        draft.confidence = 1
      }),
    ),
    wrong(
      ['/parts/body'],
      'no-rule',
      'A draft says whom each part is for: there is no default.',
      draftOf('withdrawal', ({ parts }) => delete parts.body),
    ),
    wrong(
      ['/parts/body/until'],
      'until-no-date',
      'A last day that the calendar does not have.',
      draftOf('withdrawal', ({ parts }) => {
        parts.body = { to: 'channel', until: '2026-02-30' }
      }),
    ),
    wrong(
      ['/readers'],
      'readers-missing',
      'A part for named readers, and nobody named.',
      draftOf('withdrawal', ({ parts }) => {
        parts.body = { to: 'named' }
      }),
    ),
    wrong(
      ['/refs'],
      'reference-missing',
      'An answer refers to what it answers.',
      draftOf('withdrawal', draft => delete draft.refs),
    ),
    wrong(
      ['/body/text/en'],
      'bidi',
      'Invisible direction marks have no place in a draft.',
      draftOf('withdrawal', ({ body }) => {
        body.text = { en: 'left\u202eright' }
      }),
    ),
    {
      name: 'type-unknown',
      what: 'Unknown types are carried from others, and never drafted.',
      draft: draftOf('withdrawal', draft => {
        draft.type = 'heartbeat'
      }),
      expect: 'type-unknown',
    },
    {
      name: 'channel-mixed',
      what: 'Goods for the death penalty travel in a channel of their own.',
      draft: mixed(),
      expect: 'channel-mixed',
    },
  ],
}

/** A denial of a good of each channel. */
function mixed(): Json {
  return draftOf('denial', ({ body }) => {
    const [good] = body.goods as Loose[]
    if (good === undefined) throw new TypeError('The denial has no goods.')
    const other = channelOfCategory(good.category as Category) === 'torture' ? goodOfCapital : goodOfTorture
    body.goods = [good, { ...good, ...other }]
  })
}
