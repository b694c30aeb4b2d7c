/** Unicode that may not stand in a notice: controls (but line feed), direction controls, byte order mark. */
const forbidden = /[[\p{Cc}--[\n]]\p{Bidi_Control}\ufeff]/v

/** Most texts of most notices: nothing in here can be wrong. */
const plain = /^[ -~\n]*$/

/** Beside those, what stands in a text unseen or breaks its lines: zero width, tags, line separators, half characters. */
const unseen =
  /[[\p{Cc}--[\n]]\p{Bidi_Control}\ufeff\u00ad\u034f\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u206f\u3164\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gv

/** The text in pieces: what is seen, and by itself each character that is not, as "U+202E". */
export function piecesOfText(text: string): { text: string; isUnseen: boolean }[] {
  const pieces: { text: string; isUnseen: boolean }[] = []
  let from = 0
  for (const { 0: character, index } of text.matchAll(unseen)) {
    if (index > from) pieces.push({ text: text.slice(from, index), isUnseen: false })
    pieces.push({ text: codeOf(character), isUnseen: true })
    from = index + character.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isUnseen: false })
  return pieces
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** What is wrong with a text of a notice, or undefined: it must be NFC and free of invisible controls. */
export function textFault(text: string): string | undefined {
  if (plain.test(text)) return undefined
  if (!text.isWellFormed()) return 'holds half of a character (a lone surrogate)'
  if (forbidden.test(text)) return 'holds invisible control characters'
  if (text.normalize('NFC') !== text) return 'is not in Unicode normal form NFC'
  return undefined
}
