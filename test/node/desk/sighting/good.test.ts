import { expect, test } from 'vitest'
import { type JsonObject, sighting } from '#protocol'
import type { Consignment } from '../../../../node/consignment.ts'
import { sightingDraft } from '../../../../node/desk/sighting/draft.ts'
import type { SightingReport } from '../../../../node/desk/sighting/form.ts'
import { sightedGood } from '../../../../node/desk/sighting/good.ts'
import type { MatchedNotice, Sighted } from '../../../../node/desk/sighting/sighted.ts'
import { exampleOf } from '../../api/open-test-api.ts'

const item = 'thumb-finger-cuffs-screws'
const consignment: Consignment = {
  description: 'steel tubes',
  hs: { code: '94032000' },
  quantity: { value: 20, unit: 'H87' },
}
const { hs: _, ...bare } = consignment
const alert: MatchedNotice = { id: 'an-alert', type: 'alert', exercise: false, body: exampleOf('alert').body }

function sightedOf(report: SightingReport, more: Partial<Sighted> = {}): Sighted {
  return {
    report: { about: { item }, ...report },
    consignment,
    notice: undefined,
    day: '2026-11-26',
    ...more,
  }
}

/** Of a report that lacks nothing, as the form of the type takes it. */
function goodOf(report: SightingReport, more: Partial<Sighted> = {}): JsonObject {
  const { value, errors } = sightedGood(sightedOf(report, more))
  expect(errors).toEqual([])
  expect(sighting.body.shape.goods.element.safeParse(value).error).toBeUndefined()
  return value
}

test('a false alarm is of what was declared, and refers to what it was taken for', () => {
  const verdict = 'not-the-product'
  const ofAlert = { verdict, about: { notice: alert.id } } as const
  const [alerted] = exampleOf('alert').body.goods as JsonObject[]
  for (const good of [goodOf({ verdict }), goodOf(ofAlert, { notice: alert })]) {
    expect(good).toMatchObject({ unlisted: { description: 'steel tubes' }, hs: { code: '940320' } })
    expect([good.itemId, good.watchId]).toEqual([undefined, undefined])
  }
  expect(goodOf(ofAlert, { notice: alert }).category).toBe(alerted?.category)
  const of = (sighted: Sighted) => (sightingDraft(sighted).draft.body as JsonObject).of
  expect(of(sightedOf({ verdict }))).toEqual({ kind: 'list-item', itemId: item })
  expect(of(sightedOf(ofAlert, { notice: alert }))).toEqual({ kind: 'alert', id: alert.id })
})

test.each(['not-the-product', 'suspected', 'detained'] as const)(
  'with the verdict "%s" what was found is the good, whatever was matched',
  verdict => {
    const good = goodOf({ verdict, found: { unlisted: 'Bench screws', category: 'TORTURE_CAPABLE' } })
    expect(good).toMatchObject({ unlisted: { description: 'Bench screws' }, category: 'TORTURE_CAPABLE' })
    expect(good).not.toHaveProperty('itemId')
  },
)

test('a false alarm is told where it was raised: in the category of what it was taken for', () => {
  const good = goodOf({ verdict: 'not-the-product', found: { unlisted: 'Bench screws' } })
  expect(good).toMatchObject({ unlisted: { description: 'Bench screws' }, category: 'TORTURE_ONLY' })
})

test('the code is the one that was found, else the declared one, and never one merely usual for what was matched', () => {
  const hs = { code: '820559', edition: 'HS2022', ex: true } as const
  expect(goodOf({ verdict: 'seized' }).hs).toEqual({ code: '940320', edition: 'HS2022', ex: true })
  const declared = { code: '820559', edition: 'HS2022' }
  expect(goodOf({ verdict: 'seized', found: { hs } }, { consignment: bare })).toMatchObject({
    hs,
    declared: { hs: declared },
  })
  const { errors } = sightedGood(sightedOf({ verdict: 'seized' }, { consignment: bare }))
  expect(errors).toMatchObject([{ pointer: '/found/hs', code: 'missing' }])
})
