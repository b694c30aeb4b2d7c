/** As a notice takes it: in NFC, and without controls and marks of direction, which may not be signed. */
export function proseOf(text: string, most: number): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Bidi_Control}\ufeff]/gu, '')
    .replace(/[\p{Cc}--\n]/gv, ' ')
    .trim()
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).toWellFormed()}…`
}

/** The same on one line. */
export function lineOf(text: string, most: number): string {
  return proseOf(text.replace(/\s+/g, ' '), most)
}
