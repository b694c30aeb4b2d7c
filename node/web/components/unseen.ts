import { piecesOfText } from '#protocol'
import { html, type Markup } from '../html.ts'

/** A text in which what cannot be seen (controls, turned directions, zero width) stands as its code. */
export function seen(text: string): Markup {
  const pieces = piecesOfText(text)
  if (pieces.every(({ isUnseen }) => !isUnseen)) return text
  return pieces.map(piece =>
    piece.isUnseen ? html`<span class="unseen" dir="ltr">${piece.text}</span>` : piece.text,
  )
}
