import { expect, test } from 'vitest'
import { afterCorrections, findNoticeType, type JsonObject, noticeTypes } from '#protocol'

const denial = { type: 'denial', body: findNoticeType('denial')?.examples[0]?.body as JsonObject }
const correction = (seq: number, patch: object[]) => {
  const example = findNoticeType('correction')?.examples.find(({ body }) => 'patch' in body)
  return { id: `c${seq}`, seq, type: 'correction', body: { ...example?.body, patch } as JsonObject }
}
const summaryTo = (value: unknown) => [{ op: 'replace', path: '/goods/0/description', value }]
const describedAs = ({ body }: { body: JsonObject }) => (body.goods as JsonObject[])[0]?.description

test('corrections count in the order of the log, whatever order they come in', () => {
  const given = [correction(7, summaryTo('Seven.')), correction(5, summaryTo('Five.'))]
  const after = afterCorrections(denial, given, noticeTypes)
  expect(describedAs(after)).toBe('Seven.')
  expect(after.applied).toEqual([
    { id: 'c5', places: ['/goods/0/description'] },
    { id: 'c7', places: ['/goods/0/description'] },
  ])
})

test('one that breaks the form of what it corrects, or its own, or does not fit, changes nothing', () => {
  const broken = { ...correction(6, summaryTo('Six.')), body: { patch: summaryTo('Six.') } as JsonObject }
  const after = afterCorrections(
    denial,
    [
      correction(4, summaryTo('Four.')),
      correction(5, summaryTo(5)),
      broken,
      correction(8, [{ op: 'remove', path: '/nothing/here' }]),
      { id: 'erased', seq: 9, type: 'correction' },
    ],
    noticeTypes,
  )
  expect(describedAs(after)).toBe('Four.')
  expect(after.applied.map(({ id }) => id)).toEqual(['c4'])
})
