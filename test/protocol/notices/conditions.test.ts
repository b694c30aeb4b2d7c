import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../protocol/canonical.ts'
import type { Draft } from '../../../protocol/draft.ts'
import type { NoticeType } from '../../../protocol/notice-type.ts'
import { acknowledgement } from '../../../protocol/notices/acknowledgement.ts'
import { alert } from '../../../protocol/notices/alert.ts'
import { correction } from '../../../protocol/notices/correction.ts'
import { followUp } from '../../../protocol/notices/follow-up.ts'
import { sighting } from '../../../protocol/notices/sighting.ts'
import { errorsOf } from './every-type.ts'

/** The pointers and codes of a type's first example with these fields instead; `null` takes one away. */
function wrongWith({ examples }: Pick<NoticeType, 'examples'>, fields: JsonObject): string[] {
  const [example] = examples
  const body = Object.fromEntries(
    Object.entries({ ...example?.body, ...fields }).filter(([, value]) => value !== null),
  )
  return errorsOf({ ...example, body } as Draft).map(({ pointer, code }) => `${pointer} ${code}`)
}

function firstGoods({ examples }: Pick<NoticeType, 'examples'>): JsonObject {
  return ((examples[0]?.body.goods as JsonObject[]) ?? [])[0] ?? {}
}

describe('an alert', () => {
  test('is of exactly one of a list item, a watch list item and a thing on no list', () => {
    const { watchId, ...none } = firstGoods(alert)
    expect(watchId).toBe('shock-glove')
    expect(wrongWith(alert, { goods: [none] })).toEqual(['/body/goods/0/itemId missing'])
    expect(
      wrongWith(alert, {
        goods: [{ ...none, watchId: 'shock-glove', unlisted: { description: 'A glove' } }],
      }),
    ).toEqual(['/body/goods/0/unlisted rule'])
    expect(wrongWith(alert, { goods: [{ ...none, unlisted: { description: 'A glove' } }] })).toEqual([])
    expect(wrongWith(alert, { goods: [{ ...none, watchId: 'no-such-thing' }] })).toEqual([
      '/body/goods/0/watchId rule',
    ])
  })

  test('prints cards of at most 600 characters', () => {
    expect(wrongWith(alert, { cardText: { en: 'x'.repeat(601) } })).toEqual(['/body/cardText/en too-much'])
  })

  test('says whether its codes are confirmed, and how openly one may act', () => {
    const hsLikely = [{ code: '854370', edition: 'HS2022', ex: true, why: 'Its battery.' }]
    expect(wrongWith(alert, { hsLikely })).toEqual(['/body/hsProvisional missing'])
    expect(wrongWith(alert, { suggestedAction: 'Hold it.' })).toEqual(['/body/pap missing'])
  })
})

describe('a sighting', () => {
  test('of goods that were held tells for how long and what came of them', () => {
    expect(wrongWith(sighting, { verdict: 'seized' })).toEqual(['/body/outcome missing'])
  })

  test('of a notice gives its id, and of nothing gives none', () => {
    expect(wrongWith(sighting, { of: { kind: 'denial' } })).toEqual(['/body/of/id missing'])
    expect(wrongWith(sighting, { of: { kind: 'none', itemId: 'net-bed' } })).toEqual(['/body/of/itemId rule'])
  })

  test('has a place: a code or a customs office, not both', () => {
    expect(wrongWith(sighting, { place: {} })).toEqual(['/body/place/unlocode missing'])
    expect(wrongWith(sighting, { place: { unlocode: 'XHHAR', customsOffice: 'XH000004' } })).toEqual([
      '/body/place/customsOffice rule',
    ])
  })

  test('does not end before it began', () => {
    expect(wrongWith(sighting, { observedAt: { from: '2026-02-18', to: '2026-02-17' } })).toEqual([
      '/body/observedAt/to rule',
    ])
  })

  test('sets what was declared beside what was found', () => {
    const { declared, ...found } = firstGoods(sighting)
    expect(declared).toHaveProperty('hs.code', '621710')
    expect(wrongWith(sighting, { goods: [found] })).toEqual(['/body/goods/0/declared missing'])
  })
})

describe('an acknowledgement', () => {
  test('says what was done, or why nothing could be', () => {
    expect(wrongWith(acknowledgement, { actionCode: null })).toEqual(['/body/actionCode missing'])
    expect(wrongWith(acknowledgement, { level: 'cannot-comply' })).toEqual(['/body/obstacle missing'])
  })

  test('never tells that a notice was received or read', () => {
    expect(wrongWith(acknowledgement, { level: 'read' })).toEqual(['/body/level vocabulary'])
  })
})

describe('a follow-up', () => {
  test('that closes a case says what came of it', () => {
    expect(wrongWith(followUp, { finding: 'closed' })).toEqual(['/body/outcome missing'])
  })
})

describe('a correction', () => {
  test('holds single changes or the whole body, and not both', () => {
    expect(wrongWith(correction, { patch: null })).toEqual(['/body/replacement missing'])
    expect(wrongWith(correction, { targetType: 'denial', replacement: {} })).toContain('/body/patch rule')
  })

  test('checks a whole body by the form of its type', () => {
    const [glove] = alert.examples
    const { title, ...untitled } = glove?.body ?? {}
    expect(title).toBeTypeOf('string')
    expect(wrongWith(correction, { patch: null, targetType: 'alert', replacement: untitled })).toEqual([
      '/body/replacement/title missing',
    ])
  })

  test('is found by the goods that it says instead', () => {
    const [, full] = correction.examples
    const keys = correction.keys(full?.body as Parameters<typeof correction.keys>[0])
    expect(keys.goods).toEqual(['body-worn-shock-device'])
  })

  test('hides nothing in a patch: no control characters, nothing too deep', () => {
    const hidden = [{ op: 'replace', path: '/title', value: 'a\u2066b' }]
    expect(wrongWith(correction, { patch: hidden })).toContain('/body/patch/0/value rule')
    const deep = [{ op: 'replace', path: '/goods', value: [[[[1]]]] }]
    expect(wrongWith(correction, { patch: deep })).toContain('/body/patch/0/value/0/0/0 rule')
  })
})
