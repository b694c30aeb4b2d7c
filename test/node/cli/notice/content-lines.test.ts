import { expect, test } from 'vitest'
import { contentLines } from '../../../../node/cli/notice/content-lines.ts'

test('fields come in the order of the form, under their titles, nested ones indented', () => {
  const titles = {
    properties: {
      verdict: { title: 'Verdict' },
      goods: { title: 'Goods', items: { properties: { hs: { title: 'HS code' } } } },
    },
  }
  const value = {
    extra: true,
    goods: [{ hs: '854370' }, { hs: '732690' }],
    verdict: 'seen',
    words: ['a', 'b'],
  }
  expect(contentLines(value, titles)).toEqual([
    'Verdict: seen',
    'Goods 1',
    '  HS code: 854370',
    'Goods 2',
    '  HS code: 732690',
    'extra: true',
    'words: a, b',
  ])
})
