import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../protocol/canonical.ts'
import { denial } from '../../../protocol/notices/denial.ts'
import { errorsOf } from './every-type.ts'

const [refusal] = denial.examples

/** The pointers and codes of the example with these fields instead. */
function wrongWith(fields: JsonObject): string[] {
  return errorsOf({ ...refusal, body: { ...refusal?.body, ...fields } }).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )
}

const [goods] = (refusal?.body.goods ?? []) as JsonObject[]

describe('a denial notice', () => {
  test('is notified within thirty days of its decision (ATR 23(1))', () => {
    expect(wrongWith({ notifyBy: '2026-03-14' })).toEqual(['/body/notifyBy rule'])
  })

  test('keeps both clocks of three years', () => {
    const validity = {
      from: '2026-02-20',
      reviewDue: '2029-02-21',
      lookbackUntil: '2029-02-12',
      reviewCount: 0,
    }
    expect(wrongWith({ validity })).toEqual([
      '/body/validity/reviewDue rule',
      '/body/validity/lookbackUntil rule',
    ])
  })

  test('says which authorisation was annulled', () => {
    expect(wrongWith({ decisionType: 'annulled' })).toEqual(['/body/authorisationRef missing'])
  })

  test('refuses transit only for transit', () => {
    expect(wrongWith({ decisionType: 'transit-prohibited' })).toEqual(['/body/activity rule'])
  })

  test('of brokering says where goods come from and where they are (ATR 20(8))', () => {
    expect(wrongWith({ activity: 'brokering', decisionType: 'brokering-refused' })).toEqual([
      '/body/countryOfOrigin missing',
      '/body/locationOfGoods missing',
    ])
  })

  test('locates no goods in a post box', () => {
    const locationOfGoods = { country: 'XM', place: 'P.O. Box 12' }
    expect(wrongWith({ locationOfGoods })).toEqual(['/body/locationOfGoods/place rule'])
  })

  test('names the end-user apart from the consignee unless they are one (ATR 26(2))', () => {
    expect(wrongWith({ consigneeIsEndUser: false })).toEqual(['/body/parties missing'])
  })

  test('cites its sources unless they are undisclosed', () => {
    expect(wrongWith({ evidenceSources: [{ kind: 'cpt' }] })).toEqual([
      '/body/evidenceSources/0/citation missing',
    ])
    expect(wrongWith({ evidenceSources: [{ kind: 'intelligence-undisclosed' }] })).toEqual([])
  })

  test('puts goods in the category of the list, and takes no other item', () => {
    expect(wrongWith({ goods: [{ ...goods, category: 'TORTURE_CAPABLE' }] })).toEqual([
      '/body/goods/0/category rule',
    ])
    expect(wrongWith({ goods: [{ ...goods, itemId: 'shock-glove' }] })).toEqual(['/body/goods/0/itemId rule'])
  })

  test('gives the chemicals of goods that are listed by CAS number', () => {
    const pepper = { ...goods, itemId: 'oleoresin-capsicum', category: 'TORTURE_CAPABLE' }
    expect(wrongWith({ goods: [pepper] })).toEqual(['/body/goods/0/chemicals missing'])
  })

  test('refers to parties by their keys only', () => {
    expect(wrongWith({ goods: [{ ...goods, manufacturer: 'nobody' }] })).toEqual([
      '/body/goods/0/manufacturer rule',
    ])
  })

  test('takes no marking for granted and no label of its own making', () => {
    expect(wrongWith({ tlp: 'TLP:WHITE' })).toEqual(['/body/tlp vocabulary'])
  })

  test('has its text in the authoritative language', () => {
    expect(wrongWith({ lang: 'es' })).toEqual(['/body/text/es missing'])
  })

  test('is found by its goods, codes, countries and references', () => {
    expect(denial.keys(refusal?.body as Parameters<typeof denial.keys>[0])).toEqual({
      category: ['TORTURE_ONLY'],
      goods: ['body-worn-shock-device'],
      hs: ['854370'],
      country: ['XG', 'QM'],
      reference: ['QM-2026-0007', 'QM-LIC-2026-118'],
    })
  })
})
