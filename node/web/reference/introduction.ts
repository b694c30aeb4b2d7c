import { html, type Markup } from '../html.ts'

/** Of Markdown what our introduction uses: headings, lists, paragraphs, bold and code. */
export function Introduction({ text }: { text: string }) {
  return html`${text
    .trim()
    .split(/\n{2,}/)
    .map(Block)}`
}

function Block(block: string): Markup {
  if (block.startsWith('## ')) return html`<h2>${block.slice(3)}</h2>`
  if (!block.startsWith('- ')) return html`<p>${inline(block)}</p>`
  const items = block.split(/\n(?=- )/).map(item => html`<li>${inline(item.slice(2))}</li>`)
  return html`<ul>${items}</ul>`
}

function inline(text: string): Markup[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map(piece => {
    if (piece.startsWith('**')) return html`<strong>${piece.slice(2, -2)}</strong>`
    if (piece.startsWith('`')) return html`<code>${piece.slice(1, -1)}</code>`
    return piece
  })
}
