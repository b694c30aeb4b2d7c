/** Unicode that may not stand in a notice: C0 and C1 controls (but line feed), bidi controls, BOM, lone surrogates. */
const forbidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

/** What is wrong with a text of a notice, or undefined: it must be NFC and free of invisible controls. */
export function textFault(text: string): string | undefined {
  if (!text.isWellFormed()) return 'holds half of a character (a lone surrogate)'
  if (forbidden.test(text)) return 'holds invisible control characters'
  if (text.normalize('NFC') !== text) return 'is not in Unicode normal form NFC'
  return undefined
}
