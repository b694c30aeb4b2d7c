import anyAscii from 'any-ascii'

/** Greek writes some sounds with two letters, which a transliteration letter by letter would spell out. */
const greekPairs: readonly (readonly [RegExp, string])[] = [
  [/ου/g, 'u'],
  [/^μπ/g, 'b'],
  [/^ντ/g, 'd'],
  [/^γκ/g, 'g'],
  [/γγ/g, 'ng'],
  [/[αε]υ/g, 'ev'],
  [/χ/g, 'ch'],
  [/ει|οι|υι|η|υ/g, 'i'],
  [/αι/g, 'e'],
]

const plain = /^[a-z]+$/

/** A word in small Latin letters and digits; a number without leading zeros. */
export function lettersOf(run: string): string {
  if (plain.test(run)) return run
  const spelled = /\p{Script=Greek}/u.test(run)
    ? greekPairs.reduce((text, [from, to]) => text.replace(from, to), run)
    : run
  return anyAscii(spelled)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^0+(?=\d)/, '')
}
