/** Unicode that may not stand in a notice: controls (but line feed), direction controls, byte order mark. */
const forbidden = /[[\p{Cc}--[\n]]\p{Bidi_Control}\ufeff]/v

/** Most texts of most notices: nothing in here can be wrong. */
const plain = /^[ -~\n]*$/

/** What is wrong with a text of a notice, or undefined: it must be NFC and free of invisible controls. */
export function textFault(text: string): string | undefined {
  if (plain.test(text)) return undefined
  if (!text.isWellFormed()) return 'holds half of a character (a lone surrogate)'
  if (forbidden.test(text)) return 'holds invisible control characters'
  if (text.normalize('NFC') !== text) return 'is not in Unicode normal form NFC'
  return undefined
}
