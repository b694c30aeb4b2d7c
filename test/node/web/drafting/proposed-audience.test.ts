import { expect, test } from 'vitest'
import { findNoticeType } from '#protocol'
import { proposedAudience } from '../../../../node/web/drafting/proposed-audience.ts'
import type { Office } from '../../../../node/web/office.ts'
import { memoryDesk } from '../../api/memory-desk.ts'
import { exampleOf } from '../../api/open-test-api.ts'

test('an answer is proposed to be for whom the notice was, and never for more where its readers are gone', () => {
  const desk = memoryDesk()
  desk.notices.text = () => undefined
  const type = findNoticeType('follow-up')
  if (type === undefined) throw new TypeError('no such type')
  const wordsFor = (issuer: string, to: string) => {
    const answered = desk.admit(exampleOf('alert'), { issuer })
    const parts = answered.parts.map(part => ({ ...part, to }))
    const answers = proposedAudience(type, { ...answered, parts }, { desk } as unknown as Office)
    return [answers['/parts/body/to'], answers['/readers/0']]
  }
  expect(wordsFor('QN', 'channel')).toEqual([['channel'], undefined])
  expect(wordsFor('QN', 'named')).toEqual([['named'], ['QN']])
  expect(wordsFor('QM', 'named')).toEqual([['named'], ['QM']])
  expect(wordsFor('QN', 'of a later version')).toEqual([['named'], ['QN']])
})
