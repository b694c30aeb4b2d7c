import { describe, expect, test } from 'vitest'
import { setAt } from '../../../../node/cli/notice/set-at.ts'

describe('--set', () => {
  test.each([
    ['text', '/body/decisionDate=2026-05-01', { body: { decisionDate: '2026-05-01' } }],
    ['JSON', '/exercise=true', { exercise: true }],
    ['a text with "="', '/body/note=a=b', { body: { note: 'a=b' } }],
    ['a name with a slash', '/body/a~1b=1', { body: { 'a/b': 1 } }],
  ])('sets %s', (_, assignment, expected) => {
    expect(setAt({}, assignment)).toEqual(expected)
  })

  test('changes an item of a list and adds one at its end, leaving the draft as it was', () => {
    const draft = { goods: [{ itemId: 'a' }] }
    expect(setAt(draft, '/goods/0/itemId=b')).toEqual({ goods: [{ itemId: 'b' }] })
    expect(setAt(draft, '/goods/-={"itemId":"c"}')).toEqual({ goods: [{ itemId: 'a' }, { itemId: 'c' }] })
    expect(draft).toEqual({ goods: [{ itemId: 'a' }] })
  })

  test.each(['body=1', '/body', '=1', '/goods/7=1', '/text/of=1', '/__proto__/x=1'])(
    'refuses "%s"',
    assignment => {
      const draft = { goods: [], text: 'words' }
      expect(() => setAt(draft, assignment)).toThrow(expect.objectContaining({ code: 'usage' }))
    },
  )
})
