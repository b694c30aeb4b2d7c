import { describe, expect, test } from 'vitest'
import { findNoticeType, noticeTypes } from '../../../protocol/notices/index.ts'
import { describeNoticeType } from './every-type.ts'

for (const type of noticeTypes) describeNoticeType(type)

describe('the list of notice types', () => {
  test('has each name once', () => {
    const names = noticeTypes.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
    expect(names).toHaveLength(7)
  })

  test('finds a type by its name, and nothing for a name of tomorrow', () => {
    expect(findNoticeType('denial')?.label).toBe('Denial notice')
    expect(findNoticeType('consultation')).toBe(undefined)
  })

  test('only lets the issuer withdraw and correct', () => {
    const effects = noticeTypes.flatMap(({ name, answers }) =>
      answers?.status ? [[name, answers.from, answers.status]] : [],
    )
    expect(effects).toEqual([
      ['correction', 'issuer', 'corrected'],
      ['withdrawal', 'issuer', 'withdrawn'],
    ])
  })
})
