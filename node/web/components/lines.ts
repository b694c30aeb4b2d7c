import { html } from '../html.ts'

/** A message of several lines as a list. */
export function Lines({ text, isOrdered = false }: { text: string; isOrdered?: boolean }) {
  const items = text.split('\n').map(line => html`<li>${line}</li>`)
  return isOrdered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`
}
