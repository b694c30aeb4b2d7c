import { describe, expect, it } from 'vitest'
import { piecesOfText, textFault } from '../../protocol/text.ts'

describe('a text of a notice', () => {
  it.each([
    '',
    'An application was refused.',
    'two\nlines',
    'رُفض الطلب.',
    '申请被拒绝。',
    'Dorrënia 🛑',
    'a\u200db',
  ])('may be "%s"', text => {
    expect(textFault(text)).toBeUndefined()
  })

  it.each([
    ['a null character', 'a\u0000'],
    ['a tab', 'a\tb'],
    ['a carriage return', 'a\r\n'],
    ['an escape', '\u001b[31m'],
    ['delete', '\u007f'],
    ['a C1 control', '\u0085'],
    ['an embedding', '\u202aevil'],
    ['an override', '\u202eevil'],
    ['an isolate', '\u2066evil\u2069'],
    ['a direction mark', 'a\u200f'],
    ['an Arabic letter mark', '\u061c'],
    ['a byte order mark', '\ufeffa'],
    ['half of a character', '\ud800'],
    ['the other half', 'a\udc00'],
    ['a letter and its accent apart', 'e\u0301'],
  ])('may not hold %s', (_, text) => {
    expect(textFault(text)).toBeTypeOf('string')
  })
})

describe('a text in pieces', () => {
  it('is itself where everything in it is seen', () => {
    for (const text of ['', 'plain', 'شركة', 'می\u200cخواهم', 'two\nlines', '👩\u200d⚕']) {
      expect(piecesOfText(text).every(({ isUnseen }) => !isUnseen)).toBe(true)
      expect(
        piecesOfText(text)
          .map(piece => piece.text)
          .join(''),
      ).toBe(text)
    }
  })

  it('names what is not seen by its code', () => {
    expect(piecesOfText('a\u202egnp')).toEqual([
      { text: 'a', isUnseen: false },
      { text: 'U+202E', isUnseen: true },
      { text: 'gnp', isUnseen: false },
    ])
    for (const unseen of ['\u0000', '\u200b', '\u2066', '\ufeff', '\u2028', '\ud800', '\u{e0041}', '\t']) {
      expect(piecesOfText(unseen)).toEqual([expect.objectContaining({ isUnseen: true })])
    }
  })
})
