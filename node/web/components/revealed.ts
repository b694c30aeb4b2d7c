import { piecesOfText } from '#protocol'
import { html, type Markup } from '../html.ts'

/** What turns text round or is not seen, made visible: U+202E as "⟨U+202E⟩". */
export function revealed(text: string): string {
  return piecesOfText(text)
    .map(piece => (piece.isUnseen ? `⟨${piece.text}⟩` : piece.text))
    .join('')
}

/** The same for a page, where such a code stands out from the text around it. */
export function seen(text: string): Markup {
  const pieces = piecesOfText(text)
  if (pieces.every(({ isUnseen }) => !isUnseen)) return text
  return pieces.map(piece =>
    piece.isUnseen ? html`<span class="unseen" dir="ltr">${piece.text}</span>` : piece.text,
  )
}
