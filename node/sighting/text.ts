/** As a notice takes it: in NFC and without marks of direction, which may not be signed. */
export function proseOf(text: string, most: number): string {
  const plain = text
    .normalize('NFC')
    .replace(/[[\p{Cc}--\n]\p{Bidi_Control}\ufeff]/gv, ' ')
    .trim()
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).toWellFormed()}…`
}

/** The same on one line. */
export function lineOf(text: string, most: number): string {
  return proseOf(text.replace(/\s+/g, ' '), most)
}
